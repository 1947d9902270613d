public import HTML

/// Webhooks that concern no request Marquee knows, with a way to try them again.
public struct UnmatchedList: Component, Sendable {
    /// One of them.
    public struct Entry: Sendable {
        public var id: Int64
        public var service: String
        public var instance: String
        /// The upstream's name of the event.
        public var event: String
        /// What it is about, as far as it says.
        public var title: String?
        /// Unix milliseconds.
        public var receivedAt: Int64
        /// Whether its body is still kept.
        public var canReplay = true

        public init(id: Int64, service: String, instance: String, event: String, receivedAt: Int64) {
            self.id = id
            self.service = service
            self.instance = instance
            self.event = event
            self.receivedAt = receivedAt
        }
    }

    let entries: [Entry]
    let total: Int64
    let page: PageContext

    public init(_ entries: [Entry], total: Int64, _ page: PageContext) {
        self.entries = entries
        self.total = total
        self.page = page
    }

    public var body: Markup {
        section(.class("block"), .id("unmatched"), .aria("labelledby", "unmatched-title")) {
            header(.class("block-head")) {
                h2(.id("unmatched-title")) {
                    page[.unmatchedTitle]
                    if total > 0 { span(.class("count")) { NumberText.grouped(total) } }
                }
                p(.class("muted")) { page[.unmatchedLead] }
            }
            if entries.isEmpty {
                EmptyState(.check, page[.unmatchedEmpty])
            } else {
                div(.class("table-frame")) {
                    table(.class("requests")) {
                        caption(.class("hidden")) { page[.unmatchedTitle] }
                        thead {
                            tr {
                                th(.scope("col")) { page[.unmatchedEvent] }
                                th(.scope("col")) { page[.columnTitle] }
                                th(.scope("col")) { page[.statusService] }
                                th(.scope("col")) { page[.columnWhen] }
                                th(.scope("col")) { page[.unmatchedAction] }
                            }
                        }
                        tbody {
                            for entry in entries { row(entry) }
                        }
                    }
                }
            }
        }
    }

    private func row(_ entry: Entry) -> Markup {
        tr(.id("inbox-\(entry.id)"), .flag("data-row")) {
            th(.scope("row")) { span(.class("media-title")) { bdi { entry.event } } }
            td(.data("label", page[.columnTitle])) {
                if let title = entry.title { bdi { title } } else { "–" }
            }
            td(.data("label", page[.statusService])) {
                ActionWords.service(entry.service, page)
                if entry.instance != "default" { bdi { " " + entry.instance } }
            }
            td(.data("label", page[.columnWhen])) { Moment(entry.receivedAt) }
            td {
                if entry.canReplay {
                    ActionForm(page, action: "/api/inbox/\(entry.id)/replay", cssClass: "action") {
                        ActionButton(
                            .secondary, page[.unmatchedReplay], icon: .undo,
                            label: page[.actionOf, ["action": page[.unmatchedReplay], "title": entry.event]])
                    }
                } else {
                    span(.class("muted")) { page[.unmatchedGone] }
                }
            }
        }
    }
}
