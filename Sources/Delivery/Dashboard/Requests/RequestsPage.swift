public import HTML

/// Everything Marquee tracks, as a table with filters.
public struct RequestsPage: Component, Sendable {
    /// Where a row came from.
    public enum Origin: String, Sendable, CaseIterable {
        case request
        case librarySync = "library_sync"
    }

    /// The filters of the address; an empty one is nil.
    public struct Filters: Sendable {
        public var kind: MediaLabel.Kind?
        public var stage: StageBadge.Stage?
        public var origin: Origin?
        public var search: String?
        public var after: String?

        public init() {}

        var isEmpty: Bool { kind == nil && stage == nil && origin == nil && (search ?? "").isEmpty }
    }

    /// One row.
    public struct Row: Sendable {
        public var id: Int64
        public var title: String
        public var year: Int64?
        public var kind: MediaLabel.Kind
        public var stage: StageBadge.Stage
        public var origin: Origin
        public var requestedBy: String
        /// Playable and aired episodes of a series; nil where nothing is counted.
        public var episodes: (available: Int64, aired: Int64)?
        public var quality: String?
        /// Unix milliseconds.
        public var stageChangedAt: Int64
        public var updatedAt: Int64
        /// The event id it was read at.
        public var version: Int64 = 0

        public init(
            id: Int64, title: String, year: Int64?, kind: MediaLabel.Kind, stage: StageBadge.Stage, origin: Origin,
            requestedBy: String, updatedAt: Int64
        ) {
            self.id = id
            self.title = title
            self.year = year
            self.kind = kind
            self.stage = stage
            self.origin = origin
            self.requestedBy = requestedBy
            self.updatedAt = updatedAt
            stageChangedAt = updatedAt
        }
    }

    /// The page's model.
    public struct Model: Sendable {
        public var filters = Filters()
        public var rows: [Row] = []
        public var total: Int64 = 0
        /// Whether there are at least that many, counted no further.
        public var totalIsMinimum = false
        /// The cursor of the next page.
        public var next: String?

        public init() {}
    }

    let model: Model
    let page: PageContext

    /// The page's main part, without the layout.
    public init(_ model: Model, _ page: PageContext) {
        self.model = model
        self.page = page
    }

    public var body: Markup {
        header(.class("page-head")) {
            h1 { page[.requestsTitle] }
            p(.class("lead")) { page[.requestsLead] }
        }
        RequestFilters(filters: model.filters, page: page)
        list
    }

    /// One region of the page, for `?fragment=`; nil if there is no region of that name.
    public func fragment(_ region: String) -> Markup? {
        switch region {
        case "main": Layout.main(body)
        case "list": list
        default: nil
        }
    }

    private var list: Markup {
        section(.id("list"), .class("block"), .data("region", "list"), .aria("label", page[.requestsTitle])) {
            if model.rows.isEmpty {
                empty
            } else {
                RequestRows(rows: model.rows, page: page)
                Pager(
                    page: page, shown: model.rows.count, total: totalText,
                    firstURL: model.filters.after == nil ? nil : model.filters.url(page),
                    nextURL: model.next.map { model.filters.url(page, after: $0) })
            }
        }
    }

    private var totalText: String {
        NumberText.grouped(model.total) + (model.totalIsMinimum ? "+" : "")
    }

    @MarkupBuilder private var empty: Markup {
        if model.filters.isEmpty {
            EmptyState(.requests, page[.requestsEmpty], page[.requestsEmptyHint])
            p(.class("actions centred")) {
                a(.class("button primary"), .href(page.url("/library"))) { page[.requestsEmptyAction] }
            }
        } else {
            EmptyState(.search, page[.requestsNoMatch])
            FilterChips(filters: model.filters, page: page)
        }
    }
}

extension RequestsPage.Filters {
    func url(_ page: PageContext, after: String? = nil) -> String {
        page.url(
            "/requests",
            [
                ("q", search), ("media_type", kind?.rawValue), ("state", stage?.rawValue), ("origin", origin?.rawValue),
                ("after", after),
            ])
    }
}
