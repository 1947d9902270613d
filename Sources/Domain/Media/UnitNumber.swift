/// An episode's place in its series: season and number; specials are season 0.
public struct UnitNumber: Sendable, Hashable, Comparable {
    public var season: Int
    public var episode: Int

    public init(_ season: Int, _ episode: Int) {
        self.season = season
        self.episode = episode
    }

    public static func < (a: Self, b: Self) -> Bool { (a.season, a.episode) < (b.season, b.episode) }
}

extension [UnitNumber] {
    /// `1.3,1.4`, in order and without repetition: the stored form.
    public var packed: String {
        var text = ""
        for unit in Set(self).sorted() {
            if !text.isEmpty { text += "," }
            text += String(unit.season) + "." + String(unit.episode)
        }
        return text
    }

    /// Reads the stored form; parts that are none are left out.
    public init(packed text: String) {
        self = text.split(separator: ",").compactMap { part in
            let numbers = part.split(separator: ".")
            guard numbers.count == 2, let season = Int(numbers[0]), let episode = Int(numbers[1]) else { return nil }
            return UnitNumber(season, episode)
        }
    }
}
