public import HTML

/// The plan for many titles at once: `/deletions/new?ids=…`.
public struct DeletePage: Component, Sendable {
    let plan: DeletePlan
    let page: PageContext

    /// The page's main part, without the layout.
    public init(_ plan: DeletePlan, _ page: PageContext) {
        self.plan = plan
        self.page = page
    }

    public var body: Markup {
        header(.class("page-head")) {
            h1 { page[.deleteTitles, count: Int64(plan.items.count)] }
            p(.class("lead")) { page[.deleteLead] }
        }
        if page.mayOperate { form }
    }

    private var form: DeletePlanForm {
        DeletePlanForm(
            plan: plan, path: "/deletions/new",
            query: [("ids", plan.requests.map(String.init).joined(separator: ","))],
            action: "/api/requests/bulk-delete", back: "/requests", page: page, then: "/deletions")
    }

    /// One region of the page, for `?fragment=`; nil if there is no region of that name.
    public func fragment(_ region: String) -> Markup? { region == "main" ? Layout.main(body) : nil }
}
