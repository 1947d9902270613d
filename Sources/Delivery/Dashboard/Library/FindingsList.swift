public import HTML

/// What the sync could not decide by itself, with the choices a person has.
public struct FindingsList: Component, Sendable {
    /// One page of open findings.
    public struct Model: Sendable {
        public var findings: [Finding] = []
        public var total: Int64 = 0
        /// The cursor this page was asked with.
        public var after: String?
        /// The cursor of the next page.
        public var next: String?

        public init() {}
    }

    let model: Model
    let page: PageContext

    /// The list of `model`.
    public init(_ model: Model, _ page: PageContext) {
        self.model = model
        self.page = page
    }

    public var body: Markup {
        section(.id("findings"), .class("block"), .data("region", "findings"), .aria("labelledby", "findings-title")) {
            header(.class("block-head")) {
                h2(.id("findings-title")) {
                    page[.findingsTitle]
                    if model.total > 0 { span(.class("count")) { NumberText.grouped(model.total) } }
                }
                p(.class("muted")) { page[.findingsLead] }
            }
            if model.findings.isEmpty {
                EmptyState(.check, page[.findingsEmpty])
            } else {
                for finding in model.findings { FindingCard(finding, page) }
                Pager(
                    page: page, shown: model.findings.count, total: NumberText.grouped(model.total),
                    firstURL: model.after == nil ? nil : page.url("/library") + "#findings",
                    nextURL: model.next.map { page.url("/library", [("findings_after", $0)]) + "#findings" })
            }
        }
    }
}
