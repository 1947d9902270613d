public import HTML

/// One band of the Activity page: its heading with the count, and its cards.
public struct ActivityBand: Component, Sendable {
    /// The bands, top first.
    public enum Kind: String, Sendable, CaseIterable {
        case attention, moving, arrived

        /// The most cards it shows.
        public var limit: Int {
            switch self {
            case .attention: 20
            case .moving: 50
            case .arrived: 12
            }
        }

        /// The element its cards are in.
        var listID: String { "cards-" + rawValue }

        /// Its heading's element, for live patches.
        public var headID: String { "band-" + rawValue }

        /// Where a card stands, lowest first: oldest trouble, most advanced stage, newest arrival.
        func order(of row: RequestsPage.Row) -> Int64 {
            switch self {
            case .attention: row.attention?.since ?? row.stageChangedAt
            case .moving: (StageBadge.Stage.available.rank - row.stage.rank) * 10_000_000_000_000 + row.stageChangedAt
            case .arrived: -(row.availableAt ?? row.stageChangedAt)
            }
        }

        /// The band a request stands in at `now` (Unix milliseconds); nil: in none.
        public static func of(_ row: RequestsPage.Row, now: Int64) -> Kind? {
            if row.attention != nil { return .attention }
            switch row.stage {
            case .requested, .approved, .indexed, .downloading, .downloadDone, .importing, .animeMatching,
                .syncingLibrary:
                return .moving
            case .available:
                return (row.availableAt ?? row.stageChangedAt) > now - 48 * 3_600_000 ? .arrived : nil
            case .declined, .failed, .deleted: return nil
            }
        }
    }

    /// The band's model.
    public struct Model: Sendable {
        /// In their order, at most the band's limit.
        public var rows: [RequestsPage.Row] = []
        /// Of the same query as `rows`.
        public var total: Int64 = 0

        public init(rows: [RequestsPage.Row] = [], total: Int64? = nil) {
            self.rows = rows
            self.total = total ?? Int64(rows.count)
        }
    }

    let kind: Kind
    let model: Model
    let version: Int64
    let page: PageContext

    init(_ kind: Kind, _ model: Model, version: Int64, _ page: PageContext) {
        self.kind = kind
        self.model = model
        self.version = version
        self.page = page
    }

    public var body: Markup {
        section(
            .class("band \(kind.rawValue)"), .flag("hidden", model.rows.isEmpty),
            .aria("labelledby", kind.headID + "-title"),
            .data("holds", kind.listID)
        ) {
            ActivityBandHead(kind, total: model.total, version: version, page)
            div(.class("cards"), .id(kind.listID), .data("limit", String(kind.limit))) {
                for row in model.rows.prefix(kind.limit) { ActivityCard(row, in: kind, page) }
            }
        }
    }
}

/// A band's heading: its name, how many there are in all, and where to see them.
public struct ActivityBandHead: Component, Sendable {
    let kind: ActivityBand.Kind
    let total: Int64
    let version: Int64
    let page: PageContext

    /// The heading, patched under `kind.headID`; `version` is the event id the count was read at.
    public init(_ kind: ActivityBand.Kind, total: Int64, version: Int64, _ page: PageContext) {
        self.kind = kind
        self.total = total
        self.version = version
        self.page = page
    }

    public var body: Markup {
        header(.class("band-head"), .id(kind.headID), .data("version", String(version))) {
            h2(.id(kind.headID + "-title")) {
                word
                span(.class("count")) { NumberText.grouped(total) }
            }
            button(
                .type("button"), .class("button quiet waiting"), .flag("hidden"), .data("waiting", kind.listID),
                .data("text", page[.activityNew])
            ) { page[.activityNew] }
            if total > Int64(kind.limit) {
                a(.href(filters.url(page))) { page[.activityAll, ["count": NumberText.grouped(total)]] }
            }
        }
    }

    private var word: String {
        switch kind {
        case .attention: page[.attentionTitle]
        case .moving: page[.activityMoving]
        case .arrived: page[.activityArrived]
        }
    }

    private var filters: RequestsPage.Filters {
        var filters = RequestsPage.Filters()
        switch kind {
        case .attention: filters.attention = .any
        case .moving: filters.stages = StageBadge.Stage.moving
        case .arrived: filters.stages = [.available]
        }
        return filters
    }
}

extension StageBadge.Stage {
    /// The stages of what is on its way, least advanced first.
    static let moving = allCases.filter { (2..<10).contains($0.rank) }.sorted { $0.rank < $1.rank }
}
