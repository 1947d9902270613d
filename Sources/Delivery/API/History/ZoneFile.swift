/// The distances from UTC that a zone has had, read from a compiled file of the time zone database (RFC 9636).
struct ZoneFile: Sendable {
    /// From when on local time is how far ahead of UTC, both in milliseconds; ascending.
    private(set) var changes: [(at: Int64, offset: Int64)] = []
    /// The distance before the first change.
    private(set) var earliest: Int64 = 0

    /// Reads the part with 64-bit times.
    ///
    /// The rule for the time after the last change is not read: Debian's files list the changes up to 2037, and a
    /// zone without changes needs none.
    /// - Returns: nil when the bytes are no such file.
    init?(_ bytes: [UInt8]) {
        guard let old = Header(bytes, at: 0), old.version >= UInt8(ascii: "2"),
            let header = Header(bytes, at: Header.size + old.bodySize(timeSize: 4))
        else { return nil }
        let times = header.start
        let kinds = times + header.times * 8
        let types = kinds + header.times
        guard header.types > 0, types + header.types * 6 <= bytes.count else { return nil }
        func offset(_ type: Int) -> Int64 {
            let raw = Self.number(bytes, types + type * 6, 4)
            return Int64(Int32(truncatingIfNeeded: raw)) * 1_000
        }
        earliest = offset(0)
        for index in 0..<header.times {
            let type = Int(bytes[kinds + index])
            guard type < header.types else { return nil }
            let at = Self.number(bytes, times + index * 8, 8)
            // Some files begin with a change before all time; what would overflow lies outside of it.
            guard at > -1 << 50, at < 1 << 50 else { continue }
            changes.append((at * 1_000, offset(type)))
        }
    }

    /// Big-endian.
    private static func number(_ bytes: [UInt8], _ start: Int, _ size: Int) -> Int64 {
        bytes[start..<start + size].reduce(0) { $0 << 8 | Int64($1) }
    }

    private struct Header {
        static let size = 44
        var version: UInt8
        var start: Int
        var times: Int
        var types: Int
        private var rest: (utc: Int, standard: Int, leaps: Int, letters: Int)

        init?(_ bytes: [UInt8], at start: Int) {
            guard start >= 0, start + Self.size <= bytes.count, bytes[start..<start + 4].elementsEqual("TZif".utf8)
            else { return nil }
            let counts = (0..<6).map { Int(ZoneFile.number(bytes, start + 20 + $0 * 4, 4)) }
            // The largest real file has some 240 changes.
            guard counts.allSatisfy({ $0 < 10_000 }) else { return nil }
            version = bytes[start + 4]
            self.start = start + Self.size
            (times, types) = (counts[3], counts[4])
            rest = (counts[0], counts[1], counts[2], counts[5])
        }

        func bodySize(timeSize: Int) -> Int {
            times * (timeSize + 1) + types * 6 + rest.letters + rest.leaps * (timeSize + 4) + rest.standard + rest.utc
        }
    }
}
