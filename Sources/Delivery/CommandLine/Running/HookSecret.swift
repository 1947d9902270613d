import Cryptography
import Glibc
import Settings

/// The secret that senders of webhooks show: configured, or generated once and kept in the data directory.
enum HookSecret {
    /// Beside the database, readable by the owner only.
    static let fileName = "marquee.hooks"

    static func load(_ configuration: Configuration) throws -> String {
        if let token = configuration.webhooks.token { return token }
        let path = configuration.dataDirectory + "/" + fileName
        if let known = try? FileText.read(path), known.utf8.count >= 32 { return known }
        let fresh = HexEncoding.encode(randomBytes(24))
        try FileText.write(fresh, to: path)
        return fresh
    }
}

/// A small file of the data directory that only its owner may read.
enum FileText {
    static func read(_ path: String) throws(FileFailure) -> String {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw FileFailure("read", path) }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 4_096)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe Glibc.read(file, $0.baseAddress, $0.count) }
        guard count >= 0 else { throw FileFailure("read", path) }
        let text = String(decoding: bytes[..<count], as: UTF8.self)
        return text.last == "\n" ? String(text.dropLast()) : text
    }

    static func write(_ text: String, to path: String) throws(FileFailure) {
        let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw FileFailure("write", path) }
        defer { close(file) }
        let bytes = Array((text + "\n").utf8)
        let count = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) }
        guard count == bytes.count, fsync(file) == 0 else { throw FileFailure("write", path) }
    }
}

/// A file that could not be read or written, and the system's reason.
struct FileFailure: Error, CustomStringConvertible {
    let description: String

    init(_ doing: String, _ path: String) {
        description = "Cannot \(doing) \(path): \(unsafe String(cString: strerror(errno)))"
    }
}
