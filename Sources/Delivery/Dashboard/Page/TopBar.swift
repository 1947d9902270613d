import HTML

/// Search, running jobs, the truth about the connection, and the choice of colours.
struct TopBar: Component {
    let frame: Frame
    let search: String?
    let page: PageContext

    var body: Markup {
        header(.class("top")) {
            form(.class("search"), .role("search"), .method("get"), .action(page.url("/requests"))) {
                label {
                    span(.class("hidden")) { page[.searchLabel] }
                    Icon.search.markup
                    input(
                        .type("search"), .name("q"), .value(search ?? ""), .id("search"),
                        .named("placeholder", page[.searchLabel]), .named("autocomplete", "off"))
                }
                span(.class("key"), .decorative) { "/" }
            }
            JobsIndicator(frame.jobs, version: frame.version, page)
            connection
            if let viewer = page.viewer { userMenu(viewer) }
            button(
                .type("button"), .class("button quiet theme js"), .id("theme"), .aria("label", page[.themeLabel]),
                .data("dark", page[.themeDark]), .data("light", page[.themeLight]), .data("auto", page[.themeAuto])
            ) {
                Icon.moon.markup
                span {
                    switch page.theme {
                    case .dark: page[.themeDark]
                    case .light: page[.themeLight]
                    case .auto: page[.themeAuto]
                    }
                }
            }
        }
    }

    private func userMenu(_ viewer: String) -> Markup {
        form(.class("user"), .method("post"), .action(page.url("/api/auth/logout"))) {
            if let token = page.csrfToken { input(.type("hidden"), .name("csrf"), .value(token)) }
            Icon.person.markup
            span { viewer }
            ActionButton(.quiet, page[.logOut])
        }
    }

    /// The module fills it in; its sentences travel as data.
    private var connection: Markup {
        span(
            .id("connection"), .class("connection js"), .data("state", "connecting"),
            .data("connecting", page[.connectionConnecting]), .data("live", page[.connectionLive]),
            .data("reconnecting", page[.connectionReconnecting]), .data("polling", page[.connectionPolling]),
            .data("signed-out", page[.connectionSignedOut]), .data("failed", page[.actionFailed]),
            .data("copied", page[.copied]), .data("retried", page[.retryAccepted]),
            .data("playable", page[.verifyPlayable]), .data("not_found", page[.verifyNotFound]),
            .data("metadata_only", page[.verifyMetadataOnly]), .data("unknown", page[.verifyUnknown])
        ) {
            Icon.dot.markup
            span { page[.connectionConnecting] }
            SilentNote(frame.silences, version: frame.version, page)
        }
    }
}
