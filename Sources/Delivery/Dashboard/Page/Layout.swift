public import HTML

/// The frame of every page: rail, top bar, main part.
public struct Layout: Component, Sendable {
    /// The pages, in the order of the rail.
    public enum Section: String, Sendable, CaseIterable {
        case activity, requests, library, deletions, music, publishing, history, status, settings

        var path: String { self == .activity ? "/" : "/" + rawValue }
    }

    /// Which page is shown.
    public var active: Section?
    /// The text of the tab, without the product's name.
    public var title: String
    /// The live view of web.md §2, such as `library` or `request:17`; nil opens no stream.
    public var view: String?
    /// Loads the page again by itself where there is no script to do it.
    public var isChanging = false
    /// The text in the search field.
    public var search: String?
    let page: PageContext
    let frame: Frame
    let content: Markup

    /// A page around `content`, which is its main part.
    public init(
        _ page: PageContext, _ frame: Frame = Frame(version: 0), active: Section?, title: String, view: String?,
        @MarkupBuilder content: () -> Markup
    ) {
        self.page = page
        self.frame = frame
        self.active = active
        self.title = title
        self.view = view
        self.content = content()
    }

    /// The main part, as page and as fragment.
    static func main(_ content: Markup) -> Markup {
        HTML.main(.id("main"), .named("tabindex", "-1"), .data("region", "main")) { content }
    }

    public var body: Markup {
        document(language: page.strings.language, .data("theme", page.theme.rawValue)) {
            PageHead(title: title, isChanging: isChanging, page: page)
            HTML.body(
                .data("base", page.basePath), .data("view", view), .data("event", String(frame.version)),
                .data("csrf", page.csrfToken)
            ) {
                a(.class("skip"), .href("#main")) { page[.skipToMain] }
                Icon.sprite
                Rail(active: active, frame: frame, page: page)
                TopBar(frame: frame, search: search, page: page)
                SignedOutBanner(page: page)
                Self.main(content)
                p(.id("announce"), .class("hidden"), .role("status"))
                KeyHelp(page: page)
            }
        }
    }
}
