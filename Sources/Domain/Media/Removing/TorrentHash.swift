/// A torrent's info hash: 40 hexadecimal digits (version 1, or a version 2 cut short) or all 64 of version 2.
///
/// A torrent client takes the word `all` for every torrent it has, and hashes joined by `|` for several; of those
/// nothing can be made here, so neither can be sent (deletion.md §10).
public struct TorrentHash: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The digits in lower case.
    public let text: String

    /// Reads a hash in either case.
    ///
    /// - Returns: nil for everything but exactly 40 or 64 hexadecimal digits.
    public init?(_ text: some StringProtocol) {
        let bytes = text.utf8.map(ASCII.lowercased)
        guard bytes.count == 40 || bytes.count == 64, bytes.allSatisfy({ ASCII.hexValue($0) != nil }) else {
            return nil
        }
        self.text = String(decoding: bytes, as: UTF8.self)
    }

    /// The first 40 digits: what qBittorrent lists and takes a torrent by, version 2 included (upstreams.md §4).
    public var listed: String { String(text.prefix(40)) }

    public var description: String { text }

    public static func < (a: Self, b: Self) -> Bool { a.text < b.text }
}
