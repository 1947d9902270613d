import FoundationEssentials
import Media
import Store

/// The time zone a viewer lives in, as far as the server must know it: for weeks and days that are counted in SQL.
struct ViewerZone: Sendable {
    /// As the viewer's browser calls it, such as `Asia/Kathmandu`.
    let name: String
    private let changes: [(at: Int64, offset: Int64)]
    private let earliest: Int64

    static let utc = ViewerZone(name: "UTC", changes: [], earliest: 0)

    init(name: String, changes: [(at: Int64, offset: Int64)], earliest: Int64) {
        self.name = name
        self.changes = changes
        self.earliest = earliest
    }

    /// The zone of the cookie that the module sets; UTC without one, or for a name that this machine does not know.
    init(cookie name: String?) {
        guard let name, let file = Zones.installed.file(name) else {
            self = .utc
            return
        }
        self.init(name: name, changes: file.changes, earliest: file.earliest)
    }

    /// How many milliseconds local time is ahead of UTC.
    func offset(at moment: Timestamp) -> Int64 {
        let later = changes.count(before: { $0.at > moment.milliseconds })
        return later == 0 ? earliest : changes[later - 1].offset
    }

    /// The moment in which a clock of the zone shows `local`, which is told as if it were UTC.
    func moment(atLocal local: Timestamp) -> Timestamp {
        let first = Timestamp(milliseconds: local.milliseconds - offset(at: local))
        return Timestamp(milliseconds: local.milliseconds - offset(at: first))
    }

    /// What a clock of the zone shows, told as if it were UTC.
    func local(_ moment: Timestamp) -> Timestamp {
        Timestamp(milliseconds: moment.milliseconds + offset(at: moment))
    }

    /// The first moment of a local day: `days` before or after the one of `moment`.
    func midnight(of moment: Timestamp, plusDays days: Int64 = 0) -> Timestamp {
        let now = local(moment).milliseconds
        let day = now >= 0 ? now / 86_400_000 : -((86_399_999 - now) / 86_400_000)
        return self.moment(atLocal: Timestamp(milliseconds: (day + days) * 86_400_000))
    }

    /// A span of time cut at every change of the clocks.
    func stretches(from since: Timestamp, until: Timestamp) -> [ZoneStretch] {
        var stretches: [ZoneStretch] = []
        var start = since
        let cuts = changes.map { Timestamp(milliseconds: $0.at) }.filter { $0 > since && $0 < until }
        for end in cuts + [until] where start < end {
            stretches.append(ZoneStretch(Period(since: start, until: end), offset: offset(at: start)))
            start = end
        }
        return stretches
    }
}

extension [(at: Int64, offset: Int64)] {
    /// How many come before the first that is `beyond`, of elements in order.
    fileprivate func count(before isBeyond: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBeyond(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

/// The time zones this machine knows.
///
/// A name from outside is looked up among the files that are there; it never becomes a path (security.md §8).
struct Zones: Sendable {
    private let paths: [String: String]

    /// Where Debian's `tzdata` puts them.
    static let installed = Zones(folder: "/usr/share/zoneinfo")

    init(folder: String) {
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
        let known = names.filter { !$0.hasPrefix("posix/") && !$0.hasPrefix("right/") }
        paths = Dictionary(known.map { ($0, folder + "/" + $0) }) { first, _ in first }
    }

    func file(_ name: String) -> ZoneFile? {
        guard let path = paths[name], let data = FileManager.default.contents(atPath: path) else { return nil }
        return ZoneFile([UInt8](data))
    }
}
