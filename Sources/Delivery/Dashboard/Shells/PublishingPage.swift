public import HTML

/// What is told to the publishing board about what can be played.
public struct PublishingPage: Component, Sendable {
    let page: PageContext

    /// The page's main part, without the layout.
    public init(_ page: PageContext) { self.page = page }

    public var body: Markup {
        header(.class("page-head")) {
            h1 { page[.publishingTitle] }
            p(.class("lead")) { page[.publishingLead] }
        }
        EmptyState(.send, page[.publishingEmpty], page[.publishingEmptyHint])
    }

    /// One region of the page, for `?fragment=`; nil if there is no region of that name.
    public func fragment(_ region: String) -> Markup? { region == "main" ? Layout.main(body) : nil }
}
