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
        self = text.utf8.split(separator: UInt8(ascii: ",")).compactMap { part in
            let numbers = part.split(separator: UInt8(ascii: "."))
            guard numbers.count == 2, let season = Int(Substring(numbers[0])), let episode = Int(Substring(numbers[1]))
            else { return nil }
            return UnitNumber(season, episode)
        }
    }
}

extension [UnitNumber: Double] {
    /// `1.3=0.5,1.4=1.0`, in order: the stored form, to a thousandth.
    public var packed: String {
        sorted { $0.key < $1.key }.map { unit, share in
            "\(unit.season).\(unit.episode)=\(Int((share * 1_000).rounded()))"
        }.joined(separator: ",")
    }

    /// Reads the stored form; parts that are none are left out.
    public init(packed text: String) {
        self.init()
        for part in text.split(separator: ",") {
            let sides = part.split(separator: "=")
            guard sides.count == 2, let unit = [UnitNumber](packed: String(sides[0])).first, let share = Int(sides[1])
            else { continue }
            self[unit] = Double(share) / 1_000
        }
    }
}
