/// One file the browser may keep for ever, because its name holds the hash of its content.
public struct Asset: Sendable {
    /// For example `app-4f1c09a2b7e6d310.css`; served under `/assets/`.
    public let name: String
    /// For the `Content-Type` header.
    public let contentType: String
    /// The file itself.
    public let bytes: [UInt8]

    init(_ stem: String, _ suffix: String, _ contentType: String, _ bytes: [UInt8]) {
        let hash = String(ContentHash.fnv1a(bytes), radix: 16)
        name = stem + "-" + String(repeating: "0", count: 16 - hash.count) + hash + "." + suffix
        self.contentType = contentType
        self.bytes = bytes
    }
}

/// A short name for content: not a defence, only a cache key.
enum ContentHash {
    /// FNV-1a, 64 bits (draft-eastlake-fnv).
    static func fnv1a(_ bytes: [UInt8]) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes {
            hash ^= UInt64(byte)
            hash &*= 0x0000_0100_0000_01B3
        }
        return hash
    }
}
