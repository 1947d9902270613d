import HTML

/// The table of entries: one group of rows per medium, one row per field.
struct PlanRows: Component {
    let entries: [PlanTable.Entry]
    let isApplied: Bool
    let page: PageContext

    var body: Markup {
        div(.class("table-frame")) {
            table(.class("plan")) {
                caption(.class("hidden")) { isApplied ? page[.changesTitle] : page[.planTitle] }
                thead {
                    tr {
                        th(.scope("col")) { page[.columnTitle] }
                        th(.scope("col")) { page[.columnAction] }
                        th(.scope("col")) { page[.columnField] }
                        th(.scope("col")) { page[.columnBefore] }
                        th(.scope("col")) { page[.columnAfter] }
                        th(.scope("col")) { page[.columnSource] }
                    }
                }
                for entry in entries { group(entry) }
            }
        }
    }

    private func group(_ entry: PlanTable.Entry) -> Markup {
        let sentence =
            entry.reason.map { ActionWords.sentence($0, page) } ?? entry.drift.map { ActionWords.sentence($0, page) }
        let lines = entry.fields.count + entry.conflicts.count + (sentence == nil ? 0 : 1)
        var rows: [Markup] = []
        if let sentence { rows.append(td(.colspan(4), .class("reason")) { sentence }) }
        rows += entry.fields.map { cells($0) }
        rows += entry.conflicts.map { cells($0) }
        if rows.isEmpty { rows.append(td(.colspan(4), .class("reason")) { page[.planNoFields] }) }
        return tbody(.flag("data-row")) {
            for (index, row) in rows.enumerated() {
                tr {
                    if index == 0 { headCells(entry, rowspan: max(lines, 1)) }
                    row
                }
            }
        }
    }

    private func headCells(_ entry: PlanTable.Entry, rowspan lines: Int) -> Markup {
        fragment {
            th(.scope("rowgroup"), .rowspan(lines), .class("entry")) {
                MediaLabel(
                    page, title: entry.title, year: entry.year, kind: entry.kind,
                    url: entry.requestID.map { page.url("/request/\($0)") })
            }
            td(.rowspan(lines), .class("action")) { ActionWords.badge(entry.action, page) }
        }
    }

    private func cells(_ field: PlanTable.Field) -> Markup {
        fragment {
            td(.class("field")) { ActionWords.field(field.name, page) }
            td(.class("before"), .data("label", page[.columnBefore])) {
                FieldValue(page: page, field: field.name, value: field.before)
            }
            td(.class("after"), .data("label", page[.columnAfter])) {
                FieldValue(page: page, field: field.name, value: field.after)
            }
            td(.class("source"), .data("label", page[.columnSource])) {
                ActionWords.service(field.source, page)
                if let evidence = field.evidence { span(.class("evidence")) { evidence } }
            }
        }
    }

    private func cells(_ conflict: PlanTable.Conflict) -> Markup {
        fragment {
            td(.class("field")) { ActionWords.field(conflict.name, page) }
            td(.class("before"), .data("label", page[.columnBefore])) {
                FieldValue(page: page, field: conflict.name, value: conflict.stored)
                span(.class("evidence")) { page[.conflictKept] }
            }
            td(.class("refused"), .data("label", page[.columnAfter])) {
                FieldValue(page: page, field: conflict.name, value: conflict.found)
                span(.class("evidence")) { page[.conflictFound] }
            }
            td(.class("source"), .data("label", page[.columnSource])) {
                conflict.source.map { ActionWords.service($0, page) }
            }
        }
    }
}
