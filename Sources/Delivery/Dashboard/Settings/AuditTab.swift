public import HTML

/// Who did what, the newest first.
public struct AuditTab: Component, Sendable {
    /// One line of the log.
    public struct Entry: Sendable {
        public var id: Int64
        /// Unix milliseconds.
        public var at: Int64
        public var who: String
        public var address: String?
        public var action: String
        public var object: String?
        public var before: String?
        public var after: String?

        public init(id: Int64, at: Int64, who: String, action: String) {
            self.id = id
            self.at = at
            self.who = who
            self.action = action
        }
    }

    /// The part's model.
    public struct Model: Sendable {
        public var entries: [Entry]
        /// Where the next page begins.
        public var next: String?

        public init(entries: [Entry], next: String?) {
            self.entries = entries
            self.next = next
        }
    }

    let model: Model
    let page: PageContext

    public init(_ model: Model, _ page: PageContext) {
        self.model = model
        self.page = page
    }

    public var body: Markup {
        if model.entries.isEmpty {
            EmptyState(.shield, page[.auditEmpty])
        } else {
            list
        }
        if let next = model.next {
            nav(.class("pager"), .aria("label", page[.pagerLabel])) {
                a(
                    .class("button secondary"), .named("rel", "next"),
                    .href(page.url("/settings/audit", [("after", next)]))
                ) { page[.pagerNext] }
            }
        }
    }

    private var list: Markup {
        div(.class("table-frame")) {
            table(.class("requests")) {
                caption(.class("hidden")) { page[.settingsAudit] }
                thead {
                    tr {
                        th(.scope("col")) { page[.auditAction] }
                        th(.scope("col")) { page[.auditWho] }
                        th(.scope("col")) { page[.columnWhen] }
                        th(.scope("col")) { page[.columnBefore] }
                        th(.scope("col")) { page[.columnAfter] }
                    }
                }
                tbody { for entry in model.entries { row(entry) } }
            }
        }
    }

    private func row(_ entry: Entry) -> Markup {
        tr(.id("audit-\(entry.id)"), .flag("data-row")) {
            th(.scope("row")) {
                span(.class("media-title")) { bdi { entry.action.split(separator: "_").joined(separator: " ") } }
                if let object = entry.object { div(.class("muted small")) { bdi { object } } }
            }
            td(.data("label", page[.auditWho])) {
                bdi { entry.who }
                if let address = entry.address { div(.class("muted small")) { address } }
            }
            td(.data("label", page[.columnWhen])) { Moment(entry.at) }
            td(.data("label", page[.columnBefore])) { if let text = entry.before { bdi { text } } else { "–" } }
            td(.data("label", page[.columnAfter])) { if let text = entry.after { bdi { text } } else { "–" } }
        }
    }
}
