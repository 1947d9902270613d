import Cryptography
import FoundationEssentials
import Glibc

/// The lock of a data directory: one process works on it, and tells others where it listens (operations.md §4).
@safe
final class InstanceLock: Sendable {
    private let descriptor: Int32
    private let directory: String

    /// Takes the lock.
    ///
    /// - Returns: nil when another process holds it.
    /// - Throws: `LockError` when the directory cannot be used.
    static func take(in directory: String) throws -> InstanceLock? {
        try makeDirectory(directory)
        let path = directory + "/marquee.lock"
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw LockError(path: path, code: errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
        return InstanceLock(descriptor, directory)
    }

    private init(_ descriptor: Int32, _ directory: String) {
        self.descriptor = descriptor
        self.directory = directory
    }

    /// Says where this process listens and with which token the command line may come in.
    func announce(url: String, token: String) throws {
        try Self.write("\(getpid()) \(url)\n", to: descriptor, directory + "/marquee.lock")
        let path = directory + "/marquee.token"
        unsafe unlink(path)
        let file = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw LockError(path: path, code: errno) }
        defer { close(file) }
        try Self.write(token, to: file, path)
    }

    private static func write(_ text: String, to descriptor: Int32, _ path: String) throws {
        guard ftruncate(descriptor, 0) == 0 else { throw LockError(path: path, code: errno) }
        let bytes = Array(text.utf8)
        let count = unsafe bytes.withUnsafeBytes { unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0) }
        guard count == bytes.count else { throw LockError(path: path, code: errno) }
    }

    private static func makeDirectory(_ directory: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        } catch {
            throw LockError(path: directory, code: errno)
        }
    }

    /// Lets go; the token is of no use to anybody any more.
    func release() {
        unsafe unlink(directory + "/marquee.token")
        _ = ftruncate(descriptor, 0)
        close(descriptor)
    }

    /// Where the process that holds the lock listens, and the token for it.
    static func holder(of directory: String) -> (url: String, token: String)? {
        guard let lock = try? String(contentsOfFile: directory + "/marquee.lock", encoding: .utf8),
            let token = try? String(contentsOfFile: directory + "/marquee.token", encoding: .utf8)
        else { return nil }
        let words = lock.split(whereSeparator: \.isWhitespace)
        return words.count == 2 ? (String(words[1]), token) : nil
    }
}

/// The data directory or a file in it cannot be used.
struct LockError: Error, CustomStringConvertible {
    var path: String
    var code: Int32

    var description: String {
        let why = unsafe String(cString: strerror(code))
        guard code == EACCES || code == EPERM else { return "\(path) cannot be used: \(why)." }
        return "\(path) cannot be written (\(why)); run: chown -R \(getuid()):\(getgid()) \(path)"
    }
}
