import Glibc
import Settings

/// The one secret of all webhooks that earlier versions made and kept in the data directory.
///
/// It stays valid, so that services set up with it keep being heard; new secrets are made per instance.
enum HookToken {
    /// The token in `marquee.hook-token`; nil where there is none.
    ///
    /// - Throws: `LockError` when the file cannot be read, `HookTokenError` when what is there cannot be trusted.
    static func kept(in directory: String) throws -> String? {
        let path = directory + "/marquee.hook-token"
        var info = stat()
        guard unsafe stat(path, &info) == 0 else {
            let code = errno
            if code == ENOENT { return nil }
            throw LockError(path: path, code: code)
        }
        guard info.st_mode & 0o077 == 0 else {
            throw HookTokenError(sentence: "\(path) can be read by others; run: chmod 600 \(path)")
        }
        let bytes = try readSmallFile(path)
        let token = String(decoding: bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...], as: UTF8.self)
        guard token.utf8.count >= 32, token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw HookTokenError(sentence: "\(path) holds no token; remove it")
        }
        return token
    }
}

/// Why the kept token is not used.
struct HookTokenError: Error, CustomStringConvertible {
    var sentence: String

    var description: String { sentence }
}
