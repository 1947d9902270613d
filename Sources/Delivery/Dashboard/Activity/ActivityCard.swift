public import HTML

/// One request on the Activity page, as page and as live patch.
///
/// The module puts a card that is not in the list of its band there, at its place in the order: so a card moves
/// between bands by one patch, and a new one appears by it.
public struct ActivityCard: Component, Sendable {
    /// The id of a card's element, for live patches.
    public static func elementID(_ request: Int64) -> String { "activity-card-\(request)" }

    let row: RequestsPage.Row
    let band: ActivityBand.Kind
    let page: PageContext

    /// The card of a request that stands in `band`.
    public init(_ row: RequestsPage.Row, in band: ActivityBand.Kind, _ page: PageContext) {
        self.row = row
        self.band = band
        self.page = page
    }

    private var elementID: String { Self.elementID(row.id) }

    public var body: Markup {
        article(
            .id(elementID), .class("request-card"), .data("version", String(row.version)),
            .data("list", band.listID), .data("order", String(band.order(of: row))), .data("stage", row.stage.rawValue),
            .flag("data-row")
        ) {
            Poster(row, page, width: 64)
            div(.class("request-card-text")) {
                h3 { a(.href(page.url("/request/\(row.id)"))) { bdi { row.title } } }
                div(.class("card-line")) {
                    facts
                    if band == .moving { InStage(since: row.stageChangedAt, page: page) }
                }
                switch band {
                case .attention: trouble
                case .moving: progressLine
                case .arrived: arrival
                }
            }
        }
    }

    private var facts: Markup {
        p(.class("media-facts")) {
            if let year = row.year { span { String(year) } }
            if !row.seasons.isEmpty {
                span { SeasonText.words(row.seasons, page) }
            } else {
                span { MediaLabel.word(row.kind, page) }
            }
            if !row.requestedBy.isEmpty { span { bdi { row.requestedBy } } }
        }
    }

    // MARK: Needs attention

    @MarkupBuilder private var trouble: Markup {
        if let attention = row.attention {
            p(.class("reason")) { bdi { attention.reason } }
            p(.class("card-line")) {
                Badge(.attention, .alert, AttentionWords.word(attention.code, page))
                span(.class("muted")) {
                    ActionWords.service(attention.source, page) + " · "
                    Moment(attention.since, isSpan: true)
                }
            }
            AttentionActions(row, attention, page, limit: 2)
        }
    }

    // MARK: Moving

    @MarkupBuilder private var progressLine: Markup {
        p(.class("card-line")) {
            StageMeter(page, row.stage, row.progress)
            if row.stage == .downloading, let progress = row.progress { TransferText(page: page, transfer: progress) }
        }
        if let episodes = row.episodes, episodes.aired > 1 {
            p(.class("card-line")) {
                span(.class("muted")) { EpisodeCount.words(episodes, page) }
                if !row.episodeStages.isEmpty { EpisodeBar(page: page, stages: row.episodeStages) }
            }
        }
    }

    // MARK: Just arrived

    private var arrival: Markup {
        p(.class("card-line")) {
            StageBadge(page, .available)
            span(.class("muted")) { Moment(row.availableAt ?? row.stageChangedAt) }
            WatchLink(row, page)
        }
    }
}
