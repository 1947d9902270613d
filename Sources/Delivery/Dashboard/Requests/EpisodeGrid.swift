public import HTML

/// The episodes of a show, one square each, grouped by season.
public struct EpisodeGrid: Component, Sendable {
    /// The grid's model.
    public struct Model: Sendable {
        /// In their order; those not asked for may be without their episodes.
        public var seasons: [SeasonGrid.Model] = []
        /// What came in the same pack without being asked for.
        public var notRequested: [(season: Int64, episode: EpisodeSquare.Model)] = []

        public init() {}
    }

    /// The id of the element, which is always there, and hidden without episodes.
    public static let elementID = "episodes"

    let model: Model
    let request: Int64
    let page: PageContext

    public init(_ model: Model, request: Int64, _ page: PageContext) {
        self.model = model
        self.request = request
        self.page = page
    }

    private var isEmpty: Bool { model.seasons.isEmpty && model.notRequested.isEmpty }

    public var body: Markup {
        section(
            .class("card"), .id(Self.elementID), .flag("hidden", isEmpty),
            .aria("labelledby", isEmpty ? nil : "episodes-title")
        ) {
            if !isEmpty {
                h2(.id("episodes-title")) { page[.columnEpisodes] }
                legend
                for season in model.seasons { SeasonGrid(season, request: request, page) }
                extras
            }
        }
    }

    private var legend: Markup {
        ul(.class("legend"), .aria("label", page[.episodeLegend])) {
            for stage in StageBadge.Stage.moving + [.available, .failed] {
                li {
                    span(.class("key \(StageBadge.tone(stage).rawValue)")) { EpisodeSquare.letter(stage, page) }
                    StageBadge.word(stage, page)
                }
            }
            li {
                span(.class("key hollow"))
                page[.episodeUnaired]
            }
        }
    }

    @MarkupBuilder private var extras: Markup {
        if !model.notRequested.isEmpty {
            div(.class("season")) {
                h3 { page[.episodesNotRequested] }
                p(.class("muted small")) { page[.episodesNotRequestedText] }
                div(.class("squares")) {
                    for extra in model.notRequested {
                        EpisodeSquare(extra.episode, page, prefix: EpisodeText.code(extra.season, extra.episode.number))
                    }
                }
            }
        }
    }
}

/// Episode numbers as releases write them.
enum EpisodeText {
    /// "S01E05".
    static func code(_ season: Int64, _ episode: Int64) -> String { "S\(pad(season))E\(pad(episode))" }

    /// "E01–E13".
    static func range(_ first: Int64, _ last: Int64) -> String {
        first == last ? "E\(pad(first))" : "E\(pad(first))–E\(pad(last))"
    }

    /// Values whose `units` are as stored ("1.1,1.2") with them named ("S01E01–E02") and counted.
    static func named(_ values: [String: String]) -> [String: String] {
        guard let packed = values["units"] else { return values }
        let units = packed.split(separator: ",").compactMap { part -> (season: Int64, episode: Int64)? in
            let numbers = part.split(separator: ".").map { Int64($0) }
            guard numbers.count == 2, let season = numbers[0], let episode = numbers[1] else { return nil }
            return (season, episode)
        }
        guard let first = units.min(by: <), let last = units.max(by: <) else { return values }
        var values = values
        values["units"] =
            first.season == last.season
            ? "S\(pad(first.season))" + range(first.episode, last.episode)
            : code(first.season, first.episode) + "–" + code(last.season, last.episode)
        values["count"] = values["count"] ?? String(units.count)
        return values
    }

    private static func pad(_ number: Int64) -> String { (0..<10).contains(number) ? "0\(number)" : String(number) }
}
