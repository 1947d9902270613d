import CCrypto

/// A key that seals small secrets with AES-256-GCM of libcrypto, each for one place.
///
/// What is sealed for one place does not open at another: whoever can write to a table cannot move a secret about.
public struct SealingKey: Sendable {
    /// Length of the key in bytes.
    public static let byteCount = 32
    private static let nonceCount = 12
    private static let tagCount = 16

    private let key: [UInt8]

    /// - Returns: nil unless there are exactly 32 bytes.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        key = bytes
    }

    /// The text sealed: 12 bytes of nonce, the ciphertext, 16 bytes of tag; different each time.
    public func seal(_ text: String, for place: String) -> [UInt8] {
        let plain = Array(text.utf8)
        let nonce = randomBytes(Self.nonceCount)
        let context = CipherContext()
        precondition(context.start(key, nonce, isSealing: true), "libcrypto does not offer AES-256-GCM")
        guard context.authenticate(Array(place.utf8)), let sealed = context.run(plain), let tag = context.tag() else {
            // proof: libcrypto refuses to seal only without memory or with a key of another size, and the key has 32 bytes
            preconditionFailure("AES-256-GCM could not seal")
        }
        return nonce + sealed + tag
    }

    /// The text; nil when it was sealed with another key, for another place, or has been changed.
    public func open(_ sealed: [UInt8], for place: String) -> String? {
        guard sealed.count >= Self.nonceCount + Self.tagCount else { return nil }
        let nonce = Array(sealed.prefix(Self.nonceCount))
        let body = Array(sealed.dropFirst(Self.nonceCount).dropLast(Self.tagCount))
        let context = CipherContext()
        guard context.start(key, nonce, isSealing: false), context.authenticate(Array(place.utf8)),
            let plain = context.run(body), context.hasTag(Array(sealed.suffix(Self.tagCount)))
        else { return nil }
        return String(validating: plain, as: UTF8.self)
    }
}

/// One run of the cipher.
@safe
private final class CipherContext {
    private let context: OpaquePointer
    private var isSealing = true

    init() {
        // proof: OpenSSL answers nil only when memory is exhausted; no input reaches it.
        guard let context = unsafe EVP_CIPHER_CTX_new() else { preconditionFailure("out of memory") }
        unsafe self.context = unsafe context
    }

    deinit { unsafe EVP_CIPHER_CTX_free(context) }

    func start(_ key: [UInt8], _ nonce: [UInt8], isSealing: Bool) -> Bool {
        self.isSealing = isSealing
        return unsafe EVP_CipherInit_ex(context, EVP_aes_256_gcm(), nil, key, nonce, isSealing ? 1 : 0) == 1
    }

    /// Covers bytes that are not part of the text.
    func authenticate(_ bytes: [UInt8]) -> Bool {
        if bytes.isEmpty { return true }
        var count: Int32 = 0
        return unsafe EVP_CipherUpdate(context, nil, &count, bytes, Int32(bytes.count)) == 1
    }

    func run(_ bytes: [UInt8]) -> [UInt8]? {
        var output = [UInt8](repeating: 0, count: bytes.count + 16)
        var count: Int32 = 0
        guard unsafe EVP_CipherUpdate(context, &output, &count, bytes, Int32(bytes.count)) == 1 else { return nil }
        return Array(output.prefix(Int(count)))
    }

    /// Ends sealing.
    func tag() -> [UInt8]? {
        var rest = [UInt8](repeating: 0, count: 16)
        var count: Int32 = 0
        guard unsafe EVP_CipherFinal_ex(context, &rest, &count) == 1 else { return nil }
        var tag = [UInt8](repeating: 0, count: 16)
        let got = unsafe EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, 16, &tag)
        return got == 1 ? tag : nil
    }

    /// Ends opening: whether nothing was changed.
    func hasTag(_ tag: [UInt8]) -> Bool {
        var tag = tag
        guard unsafe EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, 16, &tag) == 1 else { return false }
        var rest = [UInt8](repeating: 0, count: 16)
        var count: Int32 = 0
        return unsafe EVP_CipherFinal_ex(context, &rest, &count) == 1
    }
}
