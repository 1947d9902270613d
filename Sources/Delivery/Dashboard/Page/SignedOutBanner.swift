import HTML

/// What the module shows when the session has ended: the content stays, marked old.
struct SignedOutBanner: Component {
    let page: PageContext

    var body: Markup {
        div(.id("signed-out"), .class("notice attention"), .role("alert"), .flag("hidden")) {
            Icon.alert.markup
            div {
                strong { page[.signedOutTitle] }
                p { page[.signedOutText] }
            }
            a(.class("button primary"), .href(page.url("/login"))) { page[.signedOutLink] }
        }
    }
}
