public import HTML

/// What a run would change or has changed, before → after with its source; filtered and paged.
public struct PlanTable: Component, Sendable {
    /// The kinds of entries one can filter by (library-sync.md §3).
    public enum Action: String, Sendable, CaseIterable {
        case add, fill, conflict, quarantined, drift
        case skipped = "skip"
    }

    /// What a stored id no longer names (library-sync.md §7).
    public enum Drift: String, Sendable, CaseIterable {
        case itemMissing = "item_missing"
        case itemReplaced = "item_replaced"
        case arrMissing = "arr_missing"
        case idReassigned = "id_reassigned"
    }

    /// One page of entries.
    public struct Model: Sendable {
        public var jobID: Int64
        /// Planned, or done.
        public var isApplied: Bool
        /// nil shows all.
        public var filter: Action?
        /// Entries per action, from the query of the list.
        public var counts: [(action: Action, count: Int64)] = []
        public var entries: [Entry] = []
        /// The cursor this page was asked with.
        public var after: String?
        /// The cursor of the next page.
        public var next: String?

        public init(jobID: Int64, isApplied: Bool) {
            self.jobID = jobID
            self.isApplied = isApplied
        }
    }

    /// One medium and everything the run says about it.
    public struct Entry: Sendable {
        public var action: Action
        public var requestID: Int64?
        public var kind: MediaLabel.Kind
        public var title: String
        public var year: Int64?
        public var fields: [Field] = []
        public var conflicts: [Conflict] = []
        public var drift: Drift?
        /// Why it is quarantined or skipped, where a sentence is needed.
        public var reason: String?

        public init(action: Action, requestID: Int64?, kind: MediaLabel.Kind, title: String, year: Int64?) {
            self.action = action
            self.requestID = requestID
            self.kind = kind
            self.title = title
            self.year = year
        }
    }

    /// One field and its value on either side.
    public struct Field: Sendable {
        /// The stored name, such as `jellyfin_id`.
        public var name: String
        public var before: String?
        public var after: String?
        /// The service it comes from, such as `jellyfin`.
        public var source: String
        public var evidence: String?

        public init(name: String, before: String?, after: String?, source: String, evidence: String? = nil) {
            self.name = name
            self.before = before
            self.after = after
            self.source = source
            self.evidence = evidence
        }
    }

    /// A stored value that differs from the one found; it is kept.
    public struct Conflict: Sendable {
        public var name: String
        public var stored: String
        public var found: String
        public var source: String?

        public init(name: String, stored: String, found: String, source: String? = nil) {
            self.name = name
            self.stored = stored
            self.found = found
            self.source = source
        }
    }

    let model: Model
    let page: PageContext

    /// The table of `model`.
    public init(_ model: Model, _ page: PageContext) {
        self.model = model
        self.page = page
    }

    public var body: Markup {
        section(.id("plan"), .class("block"), .data("region", "plan"), .aria("labelledby", "plan-title")) {
            header(.class("block-head")) {
                h2(.id("plan-title")) { model.isApplied ? page[.changesTitle] : page[.planTitle] }
                p(.class("muted")) { model.isApplied ? page[.changesLead] : page[.planLead] }
            }
            FilterTabs(label: page[.planFilter], tabs: tabs)
            if model.entries.isEmpty {
                EmptyState(.check, total == 0 ? page[.planEmpty] : page[.planEmptyFilter])
            } else {
                PlanRows(entries: model.entries, isApplied: model.isApplied, page: page)
                Pager(
                    page: page, shown: model.entries.count, total: NumberText.grouped(shownTotal),
                    firstURL: model.after == nil ? nil : url(model.filter),
                    nextURL: model.next.map { url(model.filter, after: $0) })
            }
        }
    }

    private var total: Int64 { model.counts.reduce(0) { $0 + $1.count } }

    private var shownTotal: Int64 {
        guard let filter = model.filter else { return total }
        return model.counts.first { $0.action == filter }?.count ?? 0
    }

    private var tabs: [FilterTabs.Tab] {
        let all = FilterTabs.Tab(
            word: page[.filterAll], count: total, url: url(nil), isActive: model.filter == nil)
        return [all]
            + model.counts.filter { $0.count > 0 || $0.action == model.filter }.map { entry in
                FilterTabs.Tab(
                    word: ActionWords.word(entry.action, page), count: entry.count, url: url(entry.action),
                    isActive: model.filter == entry.action)
            }
    }

    private func url(_ filter: Action?, after: String? = nil) -> String {
        page.url("/library", [("job", String(model.jobID)), ("action", filter?.rawValue), ("after", after)]) + "#plan"
    }
}
