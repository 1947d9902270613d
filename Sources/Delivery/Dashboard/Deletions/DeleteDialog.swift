public import HTML

/// The dialog that deletes one request: `/request/12?dialog=delete`.
public struct DeleteDialog: Component, Sendable {
    /// What came of planning.
    public enum Content: Sendable {
        case plan(DeletePlan)
        /// It could not be planned: the sentence, and what to do.
        case failed(String)
    }

    let row: RequestsPage.Row
    let content: Content
    let page: PageContext

    init(_ row: RequestsPage.Row, _ content: Content, _ page: PageContext) {
        self.row = row
        self.content = content
        self.page = page
    }

    public var body: Markup {
        let back = "/request/\(row.id)"
        return dialog(
            .id("dialog-delete"), .flag("open"), .data("back", page.url(back)), .aria("labelledby", "delete-title")
        ) {
            h2(.id("delete-title")) { page[.deleteTitle, ["title": row.title]] }
            switch content {
            case .plan(let plan):
                DeletePlanForm(
                    plan: plan, path: back, query: [("dialog", "delete")], action: "/api/requests/\(row.id)/delete",
                    back: back, page: page)
            case .failed(let sentence):
                Notice(.bad, title: sentence)
                div(.class("actions")) { a(.class("button quiet"), .href(page.url(back))) { page[.overrideCancel] } }
            }
        }
    }
}
