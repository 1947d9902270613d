public import HTML

/// The artists, albums and tracks of the music servers.
public struct MusicPage: Component, Sendable {
    let page: PageContext

    /// The page's main part, without the layout.
    public init(_ page: PageContext) { self.page = page }

    public var body: Markup {
        header(.class("page-head")) {
            h1 { page[.musicTitle] }
            p(.class("lead")) { page[.musicLead] }
        }
        EmptyState(.music, page[.musicEmpty], page[.musicEmptyHint])
    }

    /// One region of the page, for `?fragment=`; nil if there is no region of that name.
    public func fragment(_ region: String) -> Markup? { region == "main" ? Layout.main(body) : nil }
}
