public import HTML

/// What can always be done about a request: verify, retry, override; and the override in force.
public struct RequestActions: Component, Sendable {
    /// The id of the part's element, for live patches.
    public static func elementID(_ request: Int64) -> String { "request-\(request)-actions" }

    let row: RequestsPage.Row
    let inForce: OverrideDialog.InForce?
    let page: PageContext

    public init(_ row: RequestsPage.Row, override inForce: OverrideDialog.InForce?, _ page: PageContext) {
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
            if row.attention == nil && !offered.isEmpty {
                div(.class("actions")) {
                    for action in offered { RequestAction(action, row, page) }
                }
            }
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
