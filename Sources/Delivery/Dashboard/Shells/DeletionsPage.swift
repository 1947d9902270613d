public import HTML

/// What was deleted, by whom, and what each service answered.
public struct DeletionsPage: Component, Sendable {
    let page: PageContext

    /// The page's main part, without the layout.
    public init(_ page: PageContext) { self.page = page }

    public var body: Markup {
        header(.class("page-head")) {
            h1 { page[.deletionsTitle] }
            p(.class("lead")) { page[.deletionsLead] }
        }
        EmptyState(.trash, page[.deletionsEmpty])
    }

    /// One region of the page, for `?fragment=`; nil if there is no region of that name.
    public func fragment(_ region: String) -> Markup? { region == "main" ? Layout.main(body) : nil }
}
