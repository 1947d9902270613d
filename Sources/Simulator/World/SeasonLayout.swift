/// How the episodes of one series are spread over its seasons.
///
/// Episodes are counted from 0 through the whole series: the numbered seasons first, the specials (season 0) last.
struct SeasonLayout: Sendable {
    /// Episodes of the fixed long series (simulator.md §6: over 1,000, seasons above 20).
    static let longEpisodes = 1_040

    let episodes: Int
    let specials: Int
    let perSeason: Int
    /// Season numbers in order, 0 first where there are specials.
    let seasons: Range<Int>

    init(series: Int, episodes: Int, plan: LibraryPlan, dice: Dice) {
        self.episodes = episodes
        let number = plan.size.films + series
        let drawn = dice.perMille(number, .specials) < 300 ? dice.number(number, .specials, in: 1..<4) : 0
        specials = plan.isPlain || episodes < 8 ? 0 : drawn
        let isLong = episodes == Self.longEpisodes && series == 0
        perSeason = isLong ? 40 : dice.number(number, .seasons, in: 6..<25)
        let regular = (episodes - specials + perSeason - 1) / perSeason
        seasons = (specials > 0 ? 0 : 1)..<(regular + 1)
    }

    /// Season and number within it of the episode at `place`, both as shown by every service.
    func numbers(at place: Int) -> (season: Int, episode: Int) {
        let regular = episodes - specials
        return place < regular ? (place / perSeason + 1, place % perSeason + 1) : (0, place - regular + 1)
    }

    /// The places of the episodes of one season.
    func places(ofSeason season: Int) -> Range<Int> {
        let regular = episodes - specials
        guard season > 0 else { return regular..<episodes }
        let start = min((season - 1) * perSeason, regular)
        return start..<min(start + perSeason, regular)
    }

    /// The last numbered episode: the one that is missing where a series misses one.
    var lastPlace: Int { max(0, episodes - specials - 1) }
}
