public import HTML

/// What has ended: as a list with filters, and as figures of a period.
public struct HistoryPage: Component, Sendable {
    /// The page's model.
    public struct Model: Sendable {
        public var filters = Filters()
        public var rows: [RequestsPage.Row] = []
        public var total: Int64 = 0
        /// Whether there are at least that many, counted no further.
        public var totalIsMinimum = false
        /// The cursor of the next page.
        public var next: String?
        /// Who may be filtered by; empty for who sees own requests only.
        public var requesters: [String] = []
        /// The figures of the period; nil where only the list is shown.
        public var charts: HistoryCharts.Model?
        /// Whether what ends now belongs into the period.
        public var includesNow = true

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
            h1 { page[.historyTitle] }
            p(.class("lead")) { page[.historyLead] }
        }
        HistoryFilters(filters: model.filters, requesters: model.requesters, page: page)
        charts
        list
    }

    /// One region of the page, for `?fragment=`; nil if there is no region of that name.
    public func fragment(_ region: String) -> Markup? {
        switch region {
        case "main": Layout.main(body)
        case "list": list
        case "charts": charts
        default: nil
        }
    }

    private var charts: Markup { model.charts.map { HistoryCharts($0, page).body } ?? Markup() }

    /// The list; what ends while it is shown is counted above it, and waits until it is asked for.
    private var list: Markup {
        section(
            .id("list"), .class("block"), .data("region", "list"), .aria("labelledby", "history-list"),
            .data("holds", model.includesNow ? HistoryRow.listID : nil), .flag("data-still", model.includesNow)
        ) {
            header(.class("band-head")) {
                h2(.id("history-list")) {
                    page[.historyList]
                    span(.class("count")) { totalText }
                }
                if model.includesNow {
                    a(
                        .class("button quiet waiting"), .href(model.filters.url(page)), .flag("hidden"),
                        .data("waiting", HistoryRow.listID), .data("text", page[.historyNew])
                    ) { page[.historyNew] }
                }
            }
            if model.rows.isEmpty {
                div(.id(HistoryRow.listID), .class("block")) { empty }
            } else {
                if page.mayOperate { BulkBar(query: "", page: page, onlyDeletes: true) }
                HistoryRows(rows: model.rows, page: page)
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
            EmptyState(.history, page[.historyEmpty], page[.historyEmptyHint])
        } else {
            EmptyState(.search, page[.historyNoMatch])
            HistoryChips(filters: model.filters, page: page)
        }
    }
}
