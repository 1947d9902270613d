/// The generated library: titles, seasons and episodes computed on demand, four bytes a series stored.
public final class Library: Sendable {
    /// What the library was made from.
    public let plan: LibraryPlan
    let dice: Dice
    /// Numbers of the titles that Jellyfin has twice: duplicates and 4K halves, ascending.
    let copies: [UInt32]
    /// `episodeStarts[s]..<episodeStarts[s + 1]` are the episodes of series `s`; likewise the seasons.
    let episodeStarts: [UInt32]
    let seasonStarts: [UInt32]

    /// Lays out a library; one pass over its titles.
    public init(_ plan: LibraryPlan) {
        self.plan = plan
        dice = Dice(seed: plan.seed)
        var copies: [UInt32] = []
        for number in 0..<(plan.size.films + plan.size.series) {
            let odd = Self.oddCases(number, plan: plan, dice: dice)
            if odd.contains(.duplicate) || odd.contains(.pair4K) { copies.append(UInt32(number)) }
        }
        self.copies = copies
        episodeStarts = Self.episodeStarts(plan, dice: dice)
        var seasons: [UInt32] = [0]
        for series in 0..<plan.size.series {
            let count = Int(episodeStarts[series + 1] - episodeStarts[series])
            let layout = SeasonLayout(series: series, episodes: count, plan: plan, dice: dice)
            seasons.append(seasons[series] + UInt32(layout.seasons.count))
        }
        seasonStarts = seasons
    }

    /// Films and series together.
    public var titleCount: Int { plan.size.films + plan.size.series }

    /// Episodes of all series together.
    public var episodeCount: Int { Int(episodeStarts.last ?? 0) }

    /// The title with this number, as generated; `World` applies what tests changed.
    public func title(_ number: Int) -> Title {
        let isFilm = number < plan.size.films
        return Title(
            number: number, kind: isFilm ? .movie : .series, ordinal: isFilm ? number : number - plan.size.films,
            odd: Self.oddCases(number, plan: plan, dice: dice), isPlain: plan.isPlain, dice: dice)
    }

    /// The film or series with a number at TMDB; the numbers follow the places.
    func title(tmdb: Int, isFilm: Bool) -> Title? {
        for base in isFilm ? [2_000] : [5_000_000, 2_000] where tmdb >= base {
            let ordinal = (tmdb - base) / 2
            guard ordinal < (isFilm ? plan.size.films : plan.size.series) else { continue }
            let found = title(isFilm ? ordinal : plan.size.films + ordinal)
            if found.ids.tmdb == tmdb { return found }
        }
        return nil
    }

    /// The seasons of a series, by its place among the series.
    func seasons(ofSeries ordinal: Int) -> SeasonLayout {
        SeasonLayout(
            series: ordinal, episodes: Int(episodeStarts[ordinal + 1] - episodeStarts[ordinal]), plan: plan, dice: dice)
    }

    /// The series an episode or a season belongs to, by binary search, and its place there.
    static func owner(of index: Int, in starts: [UInt32]) -> (series: Int, place: Int) {
        var low = 0
        var high = starts.count - 1
        while high - low > 1 {
            let middle = (low + high) / 2
            if Int(starts[middle]) <= index { low = middle } else { high = middle }
        }
        return (low, index - Int(starts[low]))
    }

    private static func oddCases(_ number: Int, plan: LibraryPlan, dice: Dice) -> OddCases {
        guard !plan.isPlain else { return [] }
        let isFilm = number < plan.size.films
        let kind: Title.Kind = isFilm ? .movie : .series
        let fixture = OddCases.fixture(
            kind, isFilm ? number : number - plan.size.films, of: isFilm ? plan.size.films : plan.size.series,
            contradictions: plan.contradictions)
        return fixture ?? OddCases.drawn(number, kind, dice: dice, contradictions: plan.contradictions)
    }

    // Shares of 1 to 8 per series, scaled so that the sum is exact and no series is empty.
    private static func episodeStarts(_ plan: LibraryPlan, dice: Dice) -> [UInt32] {
        let count = plan.size.series
        let isLong = !plan.isPlain && count >= 10 && plan.size.episodes >= count + 2 * SeasonLayout.longEpisodes
        let first = isLong ? SeasonLayout.longEpisodes : 1
        let spare = plan.size.episodes - count - (first - 1)
        let shares = (0..<count).map { isLong && $0 == 0 ? 0 : dice.number($0, .episodeShare, in: 1..<9) }
        let whole = max(1, shares.reduce(0, +))
        var starts: [UInt32] = [0]
        starts.reserveCapacity(count + 1)
        var passed = 0
        for series in 0..<count {
            let before = passed * spare / whole
            passed += shares[series]
            let own = (series == 0 ? first : 1) + passed * spare / whole - before
            starts.append(starts[series] + UInt32(own))
        }
        return starts
    }
}
