public import Cryptography
import Glibc
import Settings

/// The file that holds the key of stored secrets (security.md §10).
public enum KeyFile {
    /// Reads the key, or makes one where there is none.
    ///
    /// - Parameter path: `MARQUEE_KEY_FILE`; its folder exists.
    /// - Returns: the key, the same each time.
    /// - Throws: `KeyFileError` when the file cannot be read or made, can be read by others, or holds no key.
    public static func key(at path: String) throws(KeyFileError) -> SealingKey {
        var info = stat()
        if unsafe stat(path, &info) != 0 {
            let code = errno
            guard code == ENOENT else { throw KeyFileError(path: path, trouble: "cannot be read: \(words(code))") }
            try make(at: path)
        } else if info.st_mode & 0o077 != 0 {
            throw KeyFileError(path: path, trouble: "can be read by others; run: chmod 600 \(path)")
        }
        let text: String
        do {
            text = String(decoding: try readSmallFile(path), as: UTF8.self)
        } catch {
            throw KeyFileError(path: path, trouble: "cannot be read: \(error)")
        }
        let digits = text.last == "\n" ? String(text.dropLast()) : text
        guard let key = HexEncoding.decode(digits).flatMap({ SealingKey(bytes: $0) }) else {
            throw KeyFileError(
                path: path,
                trouble: "holds no key of 64 hexadecimal digits; restore it from a backup of the data directory, "
                    + "or remove it and enter the secrets of the Settings page again")
        }
        return key
    }

    /// Written under another name first: two processes that start together end up with one key.
    private static func make(at path: String) throws(KeyFileError) {
        let draft = "\(path).\(getpid()).new"
        let file = unsafe open(draft, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw KeyFileError(path: path, trouble: "cannot be made: \(words(errno))") }
        let bytes = Array((HexEncoding.encode(randomBytes(SealingKey.byteCount)) + "\n").utf8)
        let written = unsafe write(file, bytes, bytes.count)
        let isSafe = written == bytes.count && fsync(file) == 0
        close(file)
        let isOurs = unsafe isSafe && link(draft, path) == 0
        let code = errno
        unsafe unlink(draft)
        if !isOurs && !(isSafe && code == EEXIST) {
            throw KeyFileError(path: path, trouble: "cannot be made: \(words(code))")
        }
    }

    private static func words(_ code: Int32) -> String { FileReadError.unreadable(code: code).description }
}

/// Why the key of stored secrets cannot be used.
public struct KeyFileError: Error, Sendable, Hashable, CustomStringConvertible {
    public let path: String
    let trouble: String

    public var description: String { "MARQUEE_KEY_FILE: \(path) \(trouble)." }
}
