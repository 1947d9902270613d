public import HTML

/// What can always be done about a request: verify, retry, override, delete; and the override in force.
public struct RequestActions: Component, Sendable {
    /// The id of the part's element, for live patches.
    public static func elementID(_ request: Int64) -> String { "request-\(request)-actions" }

    let row: RequestsPage.Row
    let inForce: OverrideDialog.InForce?
    let isDeleting: Bool
    let page: PageContext

    /// - Parameters:
    ///   - row: the request.
    ///   - inForce: the override that counts now.
    ///   - isDeleting: whether a deletion of it is under way or incomplete already.
    ///   - page: what every view needs.
    public init(
        _ row: RequestsPage.Row, override inForce: OverrideDialog.InForce?, isDeleting: Bool = false,
        _ page: PageContext
    ) {
        self.isDeleting = isDeleting
        self.row = row
        self.inForce = inForce
        self.page = page
    }

    public var body: Markup {
        div(.id(Self.elementID(row.id)), .class("slot"), .data("version", String(row.version))) {
            if let inForce {
                Notice(
                    .attention,
                    title: page[.overrideInForce, ["name": inForce.name, "reason": inForce.reason]])
            }
            // An attention panel offers the same, so they stand here only without one.
            if row.attention == nil && !offered.isEmpty || mayDelete {
                div(.class("actions")) {
                    if row.attention == nil { for action in offered { RequestAction(action, row, page) } }
                    if mayDelete { delete }
                }
            }
        }
    }

    private var mayDelete: Bool { page.mayOperate && !isDeleting && row.stage != .deleted }

    private var delete: Markup {
        a(
            .class("button secondary"), .href(page.url("/request/\(row.id)", [("dialog", "delete")])),
            .aria("label", page[.actionOf, ["action": page[.deleteAction], "title": row.title]])
        ) {
            Icon.trash.markup
            page[.deleteAction]
        }
    }

    private var offered: [Attention.Action] {
        var offered: [Attention.Action] = []
        if page.mayVerify { offered.append(.verify) }
        if page.mayOperate && row.retry != nil { offered.append(.retry) }
        if page.mayOperate { offered.append(.override) }
        return offered
    }
}
