/// What names of releases and files tell of their contents.
public enum ReleaseNames {
    /// The episodes a file name names, in order and each once: `S01E02`, `S01E02E03`, `S01E02-E05`, `S01E02-05`,
    /// `S01E02.S01E03` and, only where none of these stands, `1x02`, `1x02-05`, `1x02x03`.
    ///
    /// Of a path the last component that names any counts: packs hold `Show.S01/Show.S01E02.mkv` as well as
    /// `Show.S01E02/abc.mkv`. These are all forms Sonarr itself writes. Absolute numbers ("- 07") are not read: they say
    /// nothing without the series (upstreams.md §0, rule 15).
    public static func units(in fileName: String) -> [UnitNumber] {
        for component in fileName.utf8.split(whereSeparator: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") })
            .reversed()
        {
            let bytes = component.map(ASCII.lowercased)
            var found = EpisodeScan(bytes, separator: UInt8(ascii: "e"), leader: UInt8(ascii: "s")).units()
            if found.isEmpty { found = EpisodeScan(bytes, separator: UInt8(ascii: "x"), leader: nil).units() }
            if !found.isEmpty { return found.sorted() }
        }
        return []
    }
}

/// One pass over a lower-case name for one way of writing: `s01e02` with its leader, or `1x02` without.
private struct EpisodeScan {
    /// No file holds more; a larger step is a mistake in reading.
    private static let longestRange = 100

    private let bytes: [UInt8]
    private let separator: UInt8
    private let leader: UInt8?

    init(_ bytes: [UInt8], separator: UInt8, leader: UInt8?) {
        self.bytes = bytes
        self.separator = separator
        self.leader = leader
    }

    func units() -> Set<UnitNumber> {
        var found: Set<UnitNumber> = []
        var at = 0
        while at < bytes.count {
            guard !isWord(at - 1), let (first, end) = unit(at) else {
                at += 1
                continue
            }
            found.insert(first)
            at = continuation(of: first, from: end, into: &found)
        }
        return found
    }

    /// The numbers behind the first: `e03` adds one, `-e05`, `-05` and `-s01e05` all up to there.
    private func continuation(of first: UnitNumber, from start: Int, into found: inout Set<UnitNumber>) -> Int {
        var last = first
        var at = start
        while let next = following(last, at) {
            let isRange =
                next.isRange && next.episode > last.episode && next.episode - last.episode <= Self.longestRange
            for episode in (isRange ? last.episode + 1 : next.episode)...next.episode {
                found.insert(UnitNumber(first.season, episode))
            }
            last.episode = next.episode
            at = next.end
        }
        return at
    }

    private func following(_ last: UnitNumber, _ start: Int) -> (episode: Int, isRange: Bool, end: Int)? {
        guard start < bytes.count else { return nil }
        let isRange = bytes[start] == UInt8(ascii: "-")
        let at = isRange ? start + 1 : start
        if isRange, let (unit, end) = unit(at) {
            return unit.season == last.season ? (unit.episode, true, end) : nil
        }
        if let byte = at < bytes.count ? bytes[at] : nil, byte == separator, let (episode, end) = number(at + 1, 1...4)
        {
            return (episode, isRange, end)
        }
        // A bare number is one only between word boundaries: not the 720 of "S01E02-720p".
        guard isRange, let (episode, end) = number(at, 2...3), !isWord(end) else { return nil }
        return (episode, true, end)
    }

    /// A whole `s01e02` or `1x02` at an index.
    private func unit(_ start: Int) -> (UnitNumber, end: Int)? {
        var at = start
        if let leader {
            guard at < bytes.count, bytes[at] == leader else { return nil }
            at += 1
        }
        guard let (season, afterSeason) = number(at, leader == nil ? 1...2 : 1...4) else { return nil }
        at = afterSeason
        if leader != nil, at < bytes.count, " ._-".utf8.contains(bytes[at]) { at += 1 }
        guard at < bytes.count, bytes[at] == separator,
            let (episode, end) = number(at + 1, leader == nil ? 2...3 : 1...4)
        else { return nil }
        // "5.1x264" names a codec.
        if leader == nil, isWord(end) && bytes[end] != separator || episode == 264 || episode == 265 { return nil }
        return (UnitNumber(season, episode), end)
    }

    /// A run of digits of an allowed length.
    private func number(_ start: Int, _ lengths: ClosedRange<Int>) -> (Int, end: Int)? {
        var value = 0
        var at = start
        while at < bytes.count, isDigit(bytes[at]), at - start <= lengths.upperBound {
            value = value * 10 + Int(bytes[at] - UInt8(ascii: "0"))
            at += 1
        }
        return lengths.contains(at - start) ? (value, at) : nil
    }

    private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private func isWord(_ index: Int) -> Bool {
        guard bytes.indices.contains(index) else { return false }
        return isDigit(bytes[index]) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(bytes[index])
    }
}
