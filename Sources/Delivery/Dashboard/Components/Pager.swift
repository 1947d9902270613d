import HTML

/// Keyset paging: forward, and back to the start; the browser's own "back" goes one page back.
struct Pager: Component {
    let page: PageContext
    let shown: Int
    let total: String
    let firstURL: String?
    let nextURL: String?

    var body: Markup {
        nav(.class("pager"), .aria("label", page[.pagerLabel])) {
            span(.class("muted")) { page[.pagerShown, ["shown": NumberText.grouped(Int64(shown)), "total": total]] }
            span(.class("pager-links")) {
                if let firstURL { a(.class("button quiet"), .href(firstURL)) { page[.pagerFirst] } }
                if let nextURL {
                    a(.class("button secondary"), .href(nextURL), .named("rel", "next")) {
                        page[.pagerNext]
                        Icon.arrow.markup
                    }
                }
            }
        }
    }
}
