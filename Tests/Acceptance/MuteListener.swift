import Glibc

/// A port where connections are taken by the kernel and nobody ever answers.
final class MuteListener: Sendable {
    let port: UInt16
    private let descriptor: Int32

    init() throws {
        let opened = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        descriptor = opened
        guard opened >= 0 else { throw NotStarted(log: "no socket") }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { name in
                unsafe bind(opened, name, size) == 0 && listen(opened, 512) == 0
                    && getsockname(opened, name, &size) == 0
            }
        }
        guard status else { throw NotStarted(log: "the port could not be opened") }
        port = UInt16(bigEndian: address.sin_port)
    }

    deinit { close(descriptor) }
}
