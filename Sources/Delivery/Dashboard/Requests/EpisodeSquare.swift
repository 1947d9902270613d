public import HTML

/// One episode: number, colour and letter; opened, its title, stage, file and reason.
///
/// A page may hold a thousand of them within 200 kB, so each is as few bytes as can be.
public struct EpisodeSquare: Component, Sendable {
    /// The episode.
    public struct Model: Sendable {
        public var number: Int64
        public var title: String?
        public var stage: StageBadge.Stage
        /// Whether it is still to be aired.
        public var isUnaired = false
        /// Unix milliseconds.
        public var airsAt: Int64?
        public var percent: Int64?
        /// The file's name, without its folders.
        public var file: String?
        public var reason: String?

        public init(number: Int64, title: String?, stage: StageBadge.Stage) {
            self.number = number
            self.title = title
            self.stage = stage
        }
    }

    /// The place in the bracket around the episodes of one download.
    enum Place: String { case first, inside, last }

    let model: Model
    let page: PageContext
    let place: Place?
    /// The whole code of an episode outside its season, such as "S02E01".
    let prefix: String?

    init(_ model: Model, _ page: PageContext, place: Place? = nil, prefix: String? = nil) {
        self.model = model
        self.page = page
        self.place = place
        self.prefix = prefix
    }

    public var body: Markup {
        details(cssClass.map { .class($0) } ?? .none) {
            summary {
                prefix ?? String(model.number)
                b { mark }
            }
            p {
                if let title = model.title { bdi { title } }
                state
                if let file = model.file { bdi { file } }
                if let reason = model.reason { bdi { reason } }
            }
        }
    }

    /// None for the most frequent square, an available one.
    private var cssClass: String? {
        let tone = model.isUnaired ? "hollow" : StageBadge.tone(model.stage).rawValue
        let bracket = place.map { "pack " + $0.rawValue }
        let words = [tone == "good" ? nil : tone, bracket].compactMap(\.self)
        return words.isEmpty ? nil : words.joined(separator: " ")
    }

    private var mark: String {
        guard model.isUnaired else { return Self.letter(model.stage, page) }
        // Month and day: the year stands in the details.
        return model.airsAt.map { String(Moment.rfc3339($0).dropFirst(5).prefix(5)) } ?? "?"
    }

    @MarkupBuilder private var state: Markup {
        if model.isUnaired {
            page[.episodeUnaired]
            if let airs = model.airsAt {
                ", "
                Moment(airs)
            }
        } else {
            StageBadge.word(model.stage, page)
            if let percent = model.percent, model.stage == .downloading {
                ", " + page[.jobPercent, ["count": String(percent)]]
            }
        }
    }

    /// The letter of a stage, so that its colour is never alone.
    static func letter(_ stage: StageBadge.Stage, _ page: PageContext) -> String {
        switch stage {
        case .requested: page[.letterRequested]
        case .approved: page[.letterApproved]
        case .indexed: page[.letterIndexed]
        case .downloading: page[.letterDownloading]
        case .downloadDone: page[.letterDownloadDone]
        case .importing: page[.letterImporting]
        case .animeMatching: page[.letterAnimeMatching]
        case .syncingLibrary: page[.letterSyncingLibrary]
        case .available: page[.letterAvailable]
        case .failed: page[.letterFailed]
        case .declined, .deleted: page[.letterGone]
        }
    }
}
