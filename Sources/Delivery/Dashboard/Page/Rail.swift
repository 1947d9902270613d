import HTML

/// The way to the pages: a rail on the left, a bar at the bottom of a phone.
struct Rail: Component {
    let active: Layout.Section?
    let frame: Frame
    let page: PageContext

    var body: Markup {
        nav(.class("rail"), .aria("label", page[.navLabel])) {
            a(.class("brand"), .href(page.url("/"))) {
                brandMark
                span { page[.productName] }
            }
            ul {
                for section in Layout.Section.allCases where page.mayOpen(section) {
                    li {
                        a(
                            .href(page.url(section.path)),
                            .aria("current", section == active ? "page" : nil), .data("go", section.rawValue)
                        ) {
                            icon(section).markup
                            span { word(section) }
                            if section == .activity { AttentionBadge(frame.attention, version: frame.version, page) }
                        }
                    }
                }
            }
        }
    }

    /// The sign over a cinema's door: bulbs above, the letter below.
    private var brandMark: Markup {
        svg(.class("mark"), .named("viewBox", "0 0 32 32"), .decorative) {
            g(.class("bulbs")) {
                for x in ["8", "16", "24"] {
                    circle(.named("cx", x), .named("cy", "6"), .named("r", "1.8"))
                    circle(.named("cx", x), .named("cy", "26"), .named("r", "1.8"))
                }
            }
            path(.named("d", "M9 20.5v-9h2.3l4.7 5.4 4.7-5.4H23v9"))
        }
    }

    private func icon(_ section: Layout.Section) -> Icon {
        switch section {
        case .activity: .activity
        case .requests: .requests
        case .library: .library
        case .status: .status
        case .settings: .gear
        }
    }

    private func word(_ section: Layout.Section) -> String {
        switch section {
        case .activity: page[.activityTitle]
        case .requests: page[.requestsTitle]
        case .library: page[.libraryTitle]
        case .status: page[.statusTitle]
        case .settings: page[.settingsTitle]
        }
    }
}
