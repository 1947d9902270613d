import HTML

/// What stands above every page: its title, style and module.
struct PageHead: Component {
    let title: String
    var isChanging = false
    /// Whether the page has anything for the module to do.
    var usesModule = true
    let page: PageContext

    var body: Markup {
        head {
            meta(.named("charset", "utf-8"))
            meta(.name("viewport"), .named("content", "width=device-width, initial-scale=1"))
            meta(.name("color-scheme"), .named("content", page.theme == .light ? "light" : "dark light"))
            HTML.title { title + " · " + page[.productName] }
            link(.named("rel", "stylesheet"), .href(page.url("/assets/" + Assets.css.name)))
            link(.named("rel", "icon"), .type("image/svg+xml"), .href(page.url("/assets/" + Assets.favicon.name)))
            if usesModule { module(src: page.url("/assets/" + Assets.js.name)) }
            noscript {
                if isChanging { meta(.named("http-equiv", "refresh"), .named("content", "3")) }
            }
        }
    }
}
