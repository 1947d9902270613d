public import HTML

/// The table of requests; on a phone each row is a card.
struct RequestRows: Component {
    let rows: [RequestsPage.Row]
    var hidden: Set<RequestsPage.Column> = []
    let page: PageContext

    /// Columns are hidden by the style sheet: rows are patched alike for viewers of any choice.
    private var classes: String {
        RequestsPage.Column.allCases.filter(hidden.contains).reduce("requests") { $0 + " no-\($1.place)" }
    }

    var body: Markup {
        div(.class("table-frame")) {
            table(.class(classes)) {
                caption(.class("hidden")) { page[.requestsTitle] }
                thead {
                    tr {
                        th(.scope("col")) { page[.columnTitle] }
                        th(.scope("col")) { page[.columnStage] }
                        th(.scope("col")) { page[.columnEpisodes] }
                        th(.scope("col")) { page[.columnRequestedBy] }
                        th(.scope("col")) { page[.columnQuality] }
                        th(.scope("col")) { page[.columnAttention] }
                        th(.scope("col"), .class("when")) { page[.columnAge] }
                    }
                }
                tbody {
                    for row in rows { RequestRow(row, page) }
                }
            }
        }
    }
}

/// One row, as page and as live patch.
public struct RequestRow: Component, Sendable {
    /// The id of a row's element, for live patches.
    public static func elementID(_ request: Int64) -> String { "request-\(request)" }

    let row: RequestsPage.Row
    let page: PageContext

    /// The row of one request.
    public init(_ row: RequestsPage.Row, _ page: PageContext) {
        self.row = row
        self.page = page
    }

    public var body: Markup {
        tr(
            .id(Self.elementID(row.id)), .data("version", String(row.version)), .data("stage", row.stage.rawValue),
            .data("attention", row.attention?.code.rawValue), .flag("data-row")
        ) {
            th(.scope("row")) {
                if page.mayVerify {
                    input(
                        .type("checkbox"), .name("ids"), .value(String(row.id)), .named("form", BulkBar.form),
                        .aria("label", page[.bulkPick, ["title": row.title]]))
                }
                MediaLabel(
                    page, title: row.title, year: row.year, kind: row.kind, url: page.url("/request/\(row.id)"))
            }
            td { StageMeter(page, row.stage, row.progress) }
            td(.class("number"), .data("label", page[.columnEpisodes])) { completeness }
            td(.data("label", page[.columnRequestedBy])) { by }
            td(.data("label", page[.columnQuality])) { row.quality ?? "" }
            td(.class("attention"), .data("label", page[.columnAttention])) { attention }
            td(.class("when"), .data("label", page[.columnAge])) { Moment(row.createdAt, isSpan: true) }
        }
    }

    @MarkupBuilder private var attention: Markup {
        if let attention = row.attention {
            Badge(.attention, .alert, AttentionWords.word(attention.code, page))
            span(.class("evidence")) { bdi { attention.reason } }
        }
    }

    @MarkupBuilder private var completeness: Markup {
        if let episodes = row.episodes {
            page[
                .episodesOf,
                [
                    "available": NumberText.grouped(episodes.available), "aired": NumberText.grouped(episodes.aired),
                ]]
        }
    }

    @MarkupBuilder private var by: Markup {
        if row.origin == .librarySync {
            span(.class("muted")) { OriginWords.word(row.origin, page) }
        } else {
            bdi { row.requestedBy }
        }
    }
}
