public import HTML

/// Everything Marquee tracks, as a table with filters.
public struct RequestsPage: Component, Sendable {
    /// Where a row came from.
    public enum Origin: String, Sendable, CaseIterable {
        case request
        case librarySync = "library_sync"
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
        /// Who has asked for something; empty for a viewer who sees only their own.
        public var requesters: [String] = []
        /// The service instances that requests belong to, as `radarr/4k`.
        public var places: [String] = []
        /// The filters this viewer keeps.
        public var saved: [ListTools.Saved] = []
        /// The columns this viewer does without.
        public var hidden: Set<Column> = []
        /// What came of the last bulk action.
        public var outcome: BulkOutcome?

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
        if let outcome = model.outcome { outcome.notice(page) }
        RequestFilters(model: model, page: page)
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
            if !model.rows.isEmpty || !model.filters.isEmpty || !model.saved.isEmpty || model.filters.whose != nil {
                ListTools(model: model, page: page)
            }
            if model.rows.isEmpty {
                empty
            } else {
                if page.mayVerify { BulkBar(query: model.filters.query, page: page) }
                RequestRows(rows: model.rows, hidden: model.hidden, page: page)
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
