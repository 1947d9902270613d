public import HTML

/// Where each value comes from: every field a run has written, with its source.
public struct ChangesTable: Component, Sendable {
    /// One field written by one run.
    public struct Change: Sendable {
        public var field: PlanTable.Field
        public var jobID: Int64
        /// Unix milliseconds.
        public var at: Int64
        public var isUndone = false

        public init(field: PlanTable.Field, jobID: Int64, at: Int64) {
            self.field = field
            self.jobID = jobID
            self.at = at
        }
    }

    let changes: [Change]
    let page: PageContext

    /// The table of `changes`.
    public init(_ changes: [Change], _ page: PageContext) {
        self.changes = changes
        self.page = page
    }

    public var body: Markup {
        section(.class("block"), .id("changes"), .aria("labelledby", "changes-title")) {
            header(.class("block-head")) {
                h2(.id("changes-title")) { page[.provenanceTitle] }
                p(.class("muted")) { page[.provenanceLead] }
            }
            if changes.isEmpty {
                EmptyState(.pen, page[.provenanceEmpty])
            } else {
                div(.class("table-frame")) { rows }
            }
        }
    }

    private var rows: Markup {
        table(.class("changes")) {
            caption(.class("hidden")) { page[.provenanceTitle] }
            thead {
                tr {
                    th(.scope("col")) { page[.columnField] }
                    th(.scope("col")) { page[.columnBefore] }
                    th(.scope("col")) { page[.columnAfter] }
                    th(.scope("col")) { page[.columnSource] }
                    th(.scope("col")) { page[.columnRun] }
                    th(.scope("col"), .class("when")) { page[.columnWhen] }
                }
            }
            tbody {
                for change in changes { row(change) }
            }
        }
    }

    private func row(_ change: Change) -> Markup {
        tr(.class(change.isUndone ? "undone" : "kept")) {
            th(.scope("row")) { ActionWords.field(change.field.name, page) }
            td(.class("before"), .data("label", page[.columnBefore])) {
                FieldValue(page: page, field: change.field.name, value: change.field.before)
            }
            td(.class("after"), .data("label", page[.columnAfter])) {
                FieldValue(page: page, field: change.field.name, value: change.field.after)
                if change.isUndone { span(.class("evidence")) { page[.provenanceUndone] } }
            }
            td(.data("label", page[.columnSource])) { ActionWords.service(change.field.source, page) }
            td(.data("label", page[.columnRun])) {
                a(.href(page.url("/library", [("job", String(change.jobID))]))) { "#\(change.jobID)" }
            }
            td(.class("when")) { Moment(change.at) }
        }
    }
}
