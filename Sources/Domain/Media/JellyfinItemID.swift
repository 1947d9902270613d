/// A Jellyfin item's id: 32 hexadecimal digits, held as 16 bytes; Emby's shorter ids are held as their text.
///
/// Jellyfin writes ids without dashes and accepts both forms; compared here without dashes and case.
/// It is the MD5 of type and path, so it changes on rename, move, and upgrade (upstreams.md §6.6).
public struct JellyfinItemID: Sendable, Hashable {
    /// 16 bytes, or the text of an id that is no GUID after a zero byte; two of them where one would make it 16 bytes.
    public let bytes: [UInt8]

    /// Reads an id as the server sends it.
    ///
    /// - Returns: nil for an empty id.
    public init?(_ text: some Collection<UInt8>) {
        guard !text.isEmpty else { return nil }
        // Both ways lead to one concrete reader: generic code would run unspecialised for callers in other modules.
        let guid =
            unsafe text.withContiguousStorageIfAvailable { unsafe Self.guid($0) }
            ?? Array(text).withUnsafeBufferPointer { unsafe Self.guid($0) }
        bytes = guid ?? (text.count == 15 ? [0, 0] : [0]) + text
    }

    public init?(_ text: String) { self.init(text.utf8) }

    /// Takes bytes as they were stored.
    public init(stored bytes: [UInt8]) { self.bytes = bytes }

    private static func guid(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var result: [UInt8] = []
        result.reserveCapacity(16)
        var high: UInt8?
        for unsafebyte in unsafe text where byte != UInt8(ascii: "-") {
            guard let digit = ASCII.hexValue(byte), result.count < 16 else { return nil }
            if let first = high {
                result.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        return result.count == 16 && high == nil ? result : nil
    }

    /// The id as Jellyfin writes it: lower case, no dashes.
    public var text: String {
        guard bytes.count == 16 else { return String(decoding: bytes.drop { $0 == 0 }, as: UTF8.self) }
        return unsafe String(unsafeUninitializedCapacity: 32) { text in
            for (index, byte) in bytes.enumerated() {
                unsafe text[2 * index] = ASCII.hexDigit(byte >> 4)
                unsafe text[2 * index + 1] = ASCII.hexDigit(byte & 15)
            }
            return 32
        }
    }

    var hash: UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return hash ^ hash >> 32
    }
}
