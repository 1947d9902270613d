import Glibc

enum Processors {
    /// Cores that this process may use, at least 1.
    static let count = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
}
