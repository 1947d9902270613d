import Glibc

/// Why a file could not be read.
public enum FileReadError: Error, Sendable, Hashable, CustomStringConvertible {
    case missing
    case tooLarge(limit: Int)
    /// Any other answer of the system, as `errno` has it.
    case unreadable(code: Int32)

    public var description: String {
        switch self {
        case .missing: "no such file"
        case .tooLarge(let limit): "larger than \(limit) bytes"
        case .unreadable(let code): unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
        }
    }
}

/// Reads one small file: the configuration, or a secret.
///
/// Blocks; meant for the start of the program, before anything runs beside it.
/// - Throws: `FileReadError`.
public func readSmallFile(_ path: String) throws -> [UInt8] {
    let limit = 1 << 20
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw errno == ENOENT ? FileReadError.missing : .unreadable(code: errno) }
    defer { close(file) }
    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16_384)
    while content.count <= limit {
        let count = unsafe chunk.withUnsafeMutableBytes { unsafe read(file, $0.baseAddress, $0.count) }
        if count == 0 { return content }
        guard count > 0 else {
            if errno == EINTR { continue }
            throw FileReadError.unreadable(code: errno)
        }
        content += chunk.prefix(count)
    }
    throw FileReadError.tooLarge(limit: limit)
}
