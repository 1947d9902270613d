public import HTML

/// What was deleted, by whom, and what each service answered.
public struct DeletionsPage: Component, Sendable {
    /// The page's model.
    public struct Model: Sendable {
        public var filters = Filters()
        /// Newest first.
        public var rows: [DeletionModel] = []
        public var total: Int64 = 0
        /// The cursor of the next page.
        public var next: String?
        /// False where only Marquee's own rows go, and no service is called.
        public var isEnabled = true
        /// How many of them wait for an answer.
        public var asked: Int64 = 0
        /// The one whose course is shown from the start.
        public var opened: Int64?

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
            h1 { page[.deletionsTitle] }
            p(.class("lead")) { page[.deletionsLead] }
        }
        if !model.isEnabled { Notice(.attention, title: page[.deletionDisabled], text: page[.deletionDisabledHint]) }
        DeletionFilters(filters: model.filters, asked: model.asked, page: page)
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
        section(
            .id("list"), .class("block"), .data("region", "list"), .aria("labelledby", "deletions-list"),
            .data("holds", DeletionRow.listID)
        ) {
            header(.class("band-head")) {
                h2(.id("deletions-list")) {
                    page[.deletionsTitle]
                    span(.class("count")) { NumberText.grouped(model.total) }
                }
                button(
                    .type("button"), .class("button quiet waiting"), .flag("hidden"),
                    .data("waiting", DeletionRow.listID), .data("text", page[.activityNew])
                ) { page[.activityNew] }
            }
            if model.rows.isEmpty {
                div(.id(DeletionRow.listID), .class("block")) {
                    EmptyState(.trash, model.filters.isEmpty ? page[.deletionsEmpty] : page[.historyNoMatch])
                }
            } else {
                table
                Pager(
                    page: page, shown: model.rows.count, total: NumberText.grouped(model.total),
                    firstURL: model.filters.after == nil ? nil : model.filters.url(page),
                    nextURL: model.next.map { model.filters.url(page, after: $0) })
            }
        }
    }

    private var table: Markup {
        div(.class("table-frame")) {
            HTML.table(.class("requests deletions")) {
                caption(.class("hidden")) { page[.deletionsTitle] }
                thead {
                    tr {
                        th(.scope("col")) { page[.columnTitle] }
                        th(.scope("col")) { page[.deletionSource] }
                        th(.scope("col")) { page[.deletionStatus] }
                        th(.scope("col"), .class("when")) { page[.deletionStarted] }
                        th(.scope("col")) { page[.deletionFreed] }
                        for service in DeletionRow.columns {
                            th(.scope("col")) { ActionWords.service(service, page) }
                        }
                    }
                }
                tbody(.id(DeletionRow.listID)) {
                    for row in model.rows { DeletionRow(row, isOpened: row.id == model.opened, page) }
                }
            }
        }
    }
}
