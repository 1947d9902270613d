public import HTML

/// The table of what has ended; on a phone each row is a card.
struct HistoryRows: Component {
    let rows: [RequestsPage.Row]
    let page: PageContext

    var body: Markup {
        div(.class("table-frame")) {
            table(.class("requests")) {
                caption(.class("hidden")) { page[.historyList] }
                thead {
                    tr {
                        th(.scope("col")) { page[.columnTitle] }
                        th(.scope("col")) { page[.columnStage] }
                        th(.scope("col")) { page[.columnRequestedBy] }
                        th(.scope("col")) { page[.columnQuality] }
                        th(.scope("col")) { page[.historyTook] }
                        th(.scope("col"), .class("when")) { page[.historyEnded] }
                    }
                }
                tbody(.id(HistoryRow.listID)) {
                    for row in rows { HistoryRow(row, page) }
                }
            }
        }
    }
}

/// One row, as page and as live patch.
public struct HistoryRow: Component, Sendable {
    /// The element that holds the rows.
    static let listID = "history-rows"

    /// The id of a row's element, for live patches.
    public static func elementID(_ request: Int64) -> String { "history-\(request)" }

    let row: RequestsPage.Row
    let page: PageContext

    /// The row of one request.
    public init(_ row: RequestsPage.Row, _ page: PageContext) {
        self.row = row
        self.page = page
    }

    public var body: Markup {
        // What goes on again keeps its place, and is no news for the list.
        tr(
            .id(Self.elementID(row.id)), .data("version", String(row.version)), .data("stage", row.stage.rawValue),
            .data("list", isFinished ? Self.listID : nil), .data("order", String(-row.stageChangedAt)),
            .data("state", row.stage.rawValue), .data("media_type", row.kind.rawValue),
            .data("requested_by", row.requestedBy), .flag("data-row")
        ) {
            th(.scope("row")) {
                if page.mayOperate {
                    input(
                        .type("checkbox"), .name("ids"), .value(String(row.id)), .named("form", BulkBar.form),
                        .aria("label", page[.bulkPick, ["title": row.title]]))
                }
                MediaLabel(
                    page, title: row.title, year: row.year, kind: row.kind, url: page.url("/request/\(row.id)"))
            }
            td { StageMeter(page, row.stage, row.progress) }
            td(.data("label", page[.columnRequestedBy])) { bdi { row.requestedBy } }
            td(.data("label", page[.columnQuality])) { row.quality ?? "" }
            td(.class("number"), .data("label", page[.historyTook])) { took }
            td(.class("when"), .data("label", page[.historyEnded])) {
                if isFinished { Moment(row.stageChangedAt) }
            }
        }
    }

    private var isFinished: Bool { StageBadge.Stage.finished.contains(row.stage) }

    /// From the request to being playable.
    private var took: String {
        guard row.stage == .available, let end = row.availableAt, end > row.createdAt else { return "" }
        return DurationText.short(milliseconds: end - row.createdAt, page)
    }
}
