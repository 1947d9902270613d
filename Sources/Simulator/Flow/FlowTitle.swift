/// A film or series somebody asks for: invented like the library's titles, and beside them.
struct FlowTitle: Sendable, Hashable {
    /// Its number in the flow, from 1.
    let number: Int
    let isFilm: Bool
    let isAnime: Bool
    var name: String
    let year: Int
    let tmdb: Int
    let tvdb: Int?
    let imdb: String
    let anidb: Int?
    /// Of a series, specials not among them; a film has none.
    var episodes: [FlowEpisode]
    let runtimeMinutes: Int

    /// A film is one unit, a series as many as it has episodes.
    var units: Range<Int> { 0..<(isFilm ? 1 : episodes.count) }
    /// The seasons there are.
    var seasons: [Int] { Set(episodes.map(\.season)).sorted() }
    /// The folder's name, as every service spells it.
    var folder: String { "\(MediaFile.safe(name)) (\(year))" }

    /// The units of these seasons; of a film, it.
    func units(ofSeasons wanted: [Int]) -> [Int] {
        isFilm ? [0] : units.filter { wanted.contains(episodes[$0].season) }
    }

    // Shoko's and AniDB's numbers are made from the title's.
    var shokoSeries: Int { 500 + number }
    func shokoEpisode(_ unit: Int) -> Int { 40_000 + number * 100 + unit }
    func anidbEpisode(_ unit: Int) -> Int { 260_000 + number * 100 + unit }
}

/// One episode of a requested series.
struct FlowEpisode: Sendable, Hashable {
    let season: Int
    let number: Int
    let name: String
    let tvdb: Int
    /// When it is first shown; in the future for an episode that is not out yet.
    var airs: Int64
}

/// What a scenario or a request says about the title it wants.
struct FlowWish: Sendable, Hashable {
    var isFilm = true
    var isAnime = false
    /// Nil for an invented name.
    var name: String?
    var year: Int?
    var tmdb: Int?
    var tvdb: Int?
    var imdb: String?
    /// Episodes of each season.
    var seasons = [8]
    /// How many of the last episodes are not out yet.
    var unaired = 0
    /// When the unaired ones come, from now, one after the other, in seconds.
    var airsIn = 7 * 86_400.0
}

extension FlowTitle {
    /// Invents the title with this number.
    init(_ number: Int, _ wish: FlowWish, now: Int64, dice: Dice) {
        let key = 900_000 + number
        self.number = number
        isFilm = wish.isFilm
        isAnime = wish.isAnime
        name = wish.name ?? TitleName.latin(key, dice: dice)
        year = wish.year ?? dice.number(key, .year, in: 1990..<2026)
        tmdb = wish.tmdb ?? (wish.isFilm ? 7_000_000 : 7_500_000) + number
        tvdb = wish.isFilm ? nil : wish.tvdb ?? 700_000 + number
        imdb = wish.imdb ?? Title.Identifiers.imdb(20_000_000 + number)
        anidb = wish.isAnime ? 19_000 + number : nil
        runtimeMinutes = dice.number(key, .runtime, in: wish.isFilm ? 80..<150 : 22..<60)
        let numbers =
            wish.isFilm
            ? []
            : wish.seasons.enumerated().flatMap { season, count in
                (1...max(1, count)).map { (season: season + 1, number: $0) }
            }
        let count = numbers.count
        episodes = numbers.enumerated().map { unit, place in
            let late = unit - (count - wish.unaired)
            let airs =
                late >= 0
                ? now + Int64(wish.airsIn * Double(late + 1)) * Ticks.perSecond
                : now - Int64(count - unit) * 7 * Ticks.perDay
            let roll = Int(dice.roll(key &* 4_096 &+ unit, .name) >> 1)
            return FlowEpisode(
                season: place.season, number: place.number,
                name: "The \(Words.adjectives[roll & 63]) \(Words.nouns[(roll >> 6) & 63])",
                tvdb: 8_000_000 + number * 1_000 + unit, airs: airs)
        }
    }
}
