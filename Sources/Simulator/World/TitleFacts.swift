/// What the services tell of a series as a whole.
struct SeriesFacts {
    let isContinuing: Bool

    init(_ title: Title) { isContinuing = title.number(.status, in: 0..<100) < 30 }
}

/// What the services tell of one episode.
enum EpisodeFacts {
    /// The invented name of an episode.
    static func name(_ title: Title, place: Int) -> String {
        let roll = Int(title.dice.roll(title.number &* 4_096 &+ place, .name) >> 1)
        return "The \(Words.adjectives[roll & 63]) \(Words.nouns[(roll >> 6) & 63])"
    }

    /// First aired: a week after the one before, in 100 ns since 1970.
    static func aired(_ title: Title, place: Int) -> Int64 {
        title.premiere + Int64(place) * 7 * Ticks.perDay
    }

    /// Size of the file in bytes.
    static func size(_ title: Title, place: Int) -> Int64 {
        300_000_000 + Int64(title.dice.roll(title.number &* 4_096 &+ place, .size) % 3_000_000_000)
    }
}

/// Writes an invented overview of 200 to 400 characters.
enum Overview {
    static func write(_ title: Title, padding: Int = 0, _ out: inout JSONText) {
        let roll = title.dice.roll(title.number, .overview)
        let step = Int(roll >> 8 & 7) * 2 + 1  // odd: no sentence comes twice
        for place in 0..<(3 + Int(roll % 3)) {
            out.put(Words.sentences[(Int(roll >> 16 & 15) + place * step) & 15])
        }
        if !title.odd.isEmpty { out.put(#"\"Unmissable\", says nobody.\n"#) }
        for _ in 0..<(padding / 64) { out.put("A very long overview goes on and on, and on, and on, and so on. ") }
    }
}
