public import HTML

/// Poster, title, stage and facts of one request; live patches replace it whole.
public struct RequestHead: Component, Sendable {
    /// The id of the element, for live patches.
    public static func elementID(_ request: Int64) -> String { "request-\(request)-head" }

    let model: RequestPage.Model
    let page: PageContext

    /// The head of one request.
    public init(_ model: RequestPage.Model, _ page: PageContext) {
        self.model = model
        self.page = page
    }

    private var row: RequestsPage.Row { model.row }

    public var body: Markup {
        header(
            .class("request-head"), .id(Self.elementID(row.id)), .data("version", String(row.version)),
            .data("stage", row.stage.rawValue)
        ) {
            Poster(row, page, width: 160)
            div(.class("request-text")) {
                p(.class("crumb")) { a(.href(page.url("/requests"))) { page[.requestsTitle] } }
                h1 {
                    bdi { row.title }
                    if let year = row.year { span(.class("year")) { String(year) } }
                }
                if let original = model.originalTitle { p(.class("muted")) { bdi { original } } }
                badges
                if row.isUncertain { p(.class("muted small")) { page[.uncertainText] } }
                if let note { p(.class("muted small")) { note } }
                if let overview = model.overview { p(.class("overview")) { bdi { overview } } }
                facts
                links
            }
        }
    }

    private var note: String? {
        switch model.note {
        case .removedInSeerr: page[.noteRemovedInSeerr]
        case .seasonsDiffer: page[.noteSeasonsDiffer]
        case nil: nil
        }
    }

    private var badges: Markup {
        p(.class("badges")) {
            StageMeter(page, row.stage, row.progress)
            if row.stage == .downloading, let progress = row.progress { TransferText(page: page, transfer: progress) }
            if let episodes = row.episodes { Badge(.plain, .check, EpisodeCount.words(episodes, page)) }
            if row.isUncertain { Badge(.attention, .alert, page[.uncertain]) }
            Badge(.plain, row.kind == .movie ? .film : .tv, MediaLabel.word(row.kind, page))
            if row.origin == .librarySync { Badge(.plain, .library, OriginWords.word(.librarySync, page)) }
            if model.isAnime == true { Badge(.plain, .dot, page[.requestAnime]) }
        }
    }

    private var facts: Markup {
        dl(.class("facts inline")) {
            fact(page[.columnRequestedBy]) { bdi { row.requestedBy } }
            if !row.seasons.isEmpty { fact(page[.requestSeasons]) { SeasonText.words(row.seasons, page) } }
            if let quality = row.quality { fact(page[.columnQuality]) { bdi { quality } } }
            if let release = model.release { fact(page[.requestRelease]) { bdi { release } } }
            if let indexer = model.indexer { fact(page[.requestIndexer]) { bdi { indexer } } }
            if let size = BytesText.size(model.size) { fact(page[.requestSize]) { size } }
            if let (service, instance) = model.instance {
                fact(page[.requestInstance]) {
                    ActionWords.service(service, page)
                    if instance != "default" { bdi { " " + instance } }
                }
            }
            fact(page[.requestTracked]) { Moment(row.createdAt) }
            if let airs = model.firstAirsAt { fact(page[.requestFirstAirs]) { Moment(airs) } }
            if let available = row.availableAt { fact(page[.fieldAvailableAt]) { Moment(available) } }
            fact(page[.requestInStage]) { Moment(row.stageChangedAt) }
        }
    }

    private func fact(_ name: String, @MarkupBuilder _ value: () -> Markup) -> Markup {
        div {
            dt { name }
            dd { value() }
        }
    }

    private var links: Markup {
        p(.class("actions")) {
            WatchLink(row, page)
            for (service, url) in row.links where !(service == "jellyfin" && row.stage == .available) {
                a(.class("button secondary"), .href(url), .named("rel", "noreferrer")) {
                    page[.openIn, ["service": ActionWords.service(service, page)]]
                    Icon.link.markup
                }
            }
        }
    }
}
