/// What is strange about a title, on purpose.
public struct OddCases: OptionSet, Sendable, Hashable {
    /// One bit per case, in the order of `names`.
    public let rawValue: UInt32

    /// Makes a set from its bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Jellyfin knows no provider id at all.
    public static let withoutIDs = OddCases(rawValue: 1 << 0)
    /// Anime of which Jellyfin knows the AniDB number only.
    public static let anidbOnly = OddCases(rawValue: 1 << 1)
    /// Provider ids with blanks around them.
    public static let blankedID = OddCases(rawValue: 1 << 2)
    /// A provider id that is the empty text.
    public static let emptyID = OddCases(rawValue: 1 << 3)
    /// `IMDB` in place of `Imdb`, as Emby wrote it.
    public static let wrongCaseID = OddCases(rawValue: 1 << 4)
    /// A second item with the same ids, in a second folder.
    public static let duplicate = OddCases(rawValue: 1 << 5)
    /// A second item in 4K, in a second library, held by a second Radarr.
    public static let pair4K = OddCases(rawValue: 1 << 6)
    /// One item with two media sources.
    public static let twoSources = OddCases(rawValue: 1 << 7)
    /// A name in another script.
    public static let nonLatin = OddCases(rawValue: 1 << 8)
    /// Added to the library in the future.
    public static let futureDate = OddCases(rawValue: 1 << 9)
    /// Added to the library at the beginning of Unix time.
    public static let ancientDate = OddCases(rawValue: 1 << 10)
    /// An item with neither path nor media source.
    public static let stub = OddCases(rawValue: 1 << 11)
    /// Name in Unicode's composed form; its twin is the next title.
    public static let composedTwin = OddCases(rawValue: 1 << 12)
    /// Name in Unicode's decomposed form.
    public static let decomposedTwin = OddCases(rawValue: 1 << 13)
    /// More than a thousand episodes, seasons above twenty.
    public static let longSeries = OddCases(rawValue: 1 << 14)
    /// The last episode is a missing-episode item (Virtual).
    public static let missingEpisode = OddCases(rawValue: 1 << 15)
    /// Contradiction: Jellyfin holds this title's TMDB number and another film's IMDb number.
    public static let crossedIDs = OddCases(rawValue: 1 << 16)
    /// Contradiction: the *arr has two entries for the title.
    public static let doubledInArr = OddCases(rawValue: 1 << 17)
    /// Contradiction: the *arr knows another IMDb number than Jellyfin.
    public static let otherIMDbInArr = OddCases(rawValue: 1 << 18)
    /// Contradiction: the series carries an episode's TVDB number.
    public static let episodeID = OddCases(rawValue: 1 << 19)

    private static let allNames = [
        "without_ids", "anidb_only", "blanked_id", "empty_id", "wrong_case_id", "duplicate", "pair_4k", "two_sources",
        "non_latin", "future_date", "ancient_date", "stub", "composed_twin", "decomposed_twin", "long_series",
        "missing_episode", "crossed_ids", "doubled_in_arr", "other_imdb_in_arr", "episode_id",
    ]

    /// The names of the cases in the set, as the control API shows them.
    public var names: [String] {
        Self.allNames.indices.filter { rawValue & (1 << UInt32($0)) != 0 }.map { Self.allNames[$0] }
    }
}
