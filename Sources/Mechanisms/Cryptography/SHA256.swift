import CCrypto

/// A SHA-256 digest computed piece by piece by libcrypto.
///
/// A single owner holds the state, so it is not copyable. Out of memory ends the process: there is nothing to hash with.
@safe
public struct SHA256: ~Copyable {
    /// Length of a digest in bytes.
    public static let byteCount = 32

    private let context: OpaquePointer

    /// Starts an empty digest.
    public init() {
        // proof: OpenSSL answers nil only when memory is exhausted; no input reaches it.
        guard let context = unsafe EVP_MD_CTX_new() else { preconditionFailure("SHA256: out of memory") }
        unsafe self.context = unsafe context
        start()
    }

    deinit { unsafe EVP_MD_CTX_free(context) }

    /// Adds the bytes of a buffer, which is only read during the call.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        let result = unsafe EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
        precondition(result == 1, "SHA256: EVP_DigestUpdate failed")
    }

    /// Adds bytes.
    public mutating func update(_ bytes: [UInt8]) {
        unsafe bytes.withUnsafeBytes { buffer in unsafe update(buffer) }
    }

    /// Returns the digest of everything added, and starts over with an empty one.
    public mutating func finalize() -> [UInt8] {
        let digest = unsafe [UInt8](unsafeUninitializedCapacity: Self.byteCount) { buffer, count in
            let result = unsafe EVP_DigestFinal_ex(context, buffer.baseAddress, nil)
            precondition(result == 1, "SHA256: EVP_DigestFinal_ex failed")
            count = Self.byteCount
        }
        start()
        return digest
    }

    /// Returns the digest of some bytes.
    public static func digest(of bytes: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        hash.update(bytes)
        return hash.finalize()
    }

    /// Returns the digest of some bytes as 64 lower-case hex digits.
    public static func hex(of bytes: [UInt8]) -> String { HexEncoding.encode(digest(of: bytes)) }

    /// Returns the digest of a text's UTF-8 as 64 lower-case hex digits.
    public static func hex(of text: String) -> String { hex(of: Array(text.utf8)) }

    private func start() {
        let result = unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil)
        precondition(result == 1, "SHA256: EVP_DigestInit_ex failed")
    }
}
