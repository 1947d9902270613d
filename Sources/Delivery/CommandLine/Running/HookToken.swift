import Cryptography
import Glibc
import Settings

/// The secret of all webhooks where `MARQUEE_WEBHOOK_TOKEN` sets none: made once, then kept in the data directory.
///
/// It is kept as text, for its owner alone, because whoever sets up a service by hand must be able to read it.
enum HookToken {
    /// The token in `marquee.hook-token`, made if there is none.
    ///
    /// - Throws: `LockError` when the file cannot be made, `HookTokenError` when what is there cannot be trusted.
    static func kept(in directory: String) throws -> String {
        let path = directory + "/marquee.hook-token"
        let file = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            guard errno == EEXIST else { throw LockError(path: path, code: errno) }
            return try read(path)
        }
        defer { close(file) }
        let token = HexEncoding.encode(randomBytes(32))
        let bytes = Array(token.utf8)
        let count = unsafe bytes.withUnsafeBytes { unsafe write(file, $0.baseAddress, $0.count) }
        guard count == bytes.count, fsync(file) == 0 else {
            let code = errno
            unsafe unlink(path)
            throw LockError(path: path, code: code)
        }
        return token
    }

    private static func read(_ path: String) throws -> String {
        var info = stat()
        guard unsafe stat(path, &info) == 0 else { throw LockError(path: path, code: errno) }
        guard info.st_mode & 0o077 == 0 else {
            throw HookTokenError(sentence: "\(path) can be read by others; run: chmod 600 \(path)")
        }
        let bytes = try readSmallFile(path)
        let token = String(decoding: bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...], as: UTF8.self)
        guard token.utf8.count >= 32, token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw HookTokenError(sentence: "\(path) holds no token; remove it and a new one is made")
        }
        return token
    }
}

/// Why the kept token is not used.
struct HookTokenError: Error, CustomStringConvertible {
    var sentence: String

    var description: String { sentence }
}
