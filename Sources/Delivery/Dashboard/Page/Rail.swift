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
                for section in open {
                    li(section.isInBar ? .none : .class("rear")) { entry(section, isFirst: true) }
                }
                li(.class("more")) { more }
            }
        }
    }

    /// The pages that the viewer may open; the others are absent.
    private var open: [Layout.Section] { Layout.Section.allCases.filter { page.mayOpen($0) } }

    /// What a phone's bar has no room for; the rail has it all, and hides this.
    private var more: Markup {
        details {
            summary {
                Icon.more.markup
                span { page[.navMore] }
            }
            ul {
                for section in open where !section.isInBar { li { entry(section, isFirst: false) } }
            }
        }
    }

    private func entry(_ section: Layout.Section, isFirst: Bool) -> Markup {
        a(
            .href(page.url(section.path)), .aria("current", section == active ? "page" : nil),
            .data("go", isFirst ? section.rawValue : nil)
        ) {
            section.icon.markup
            span { page[section.word] }
            if section == .activity { AttentionBadge(frame.attention, version: frame.version, page) }
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
}

extension Layout.Section {
    /// Whether a phone's bar shows it.
    var isInBar: Bool { [.activity, .requests, .library].contains(self) }

    var icon: Icon {
        switch self {
        case .activity: .activity
        case .requests: .requests
        case .library: .library
        case .deletions: .trash
        case .music: .music
        case .publishing: .send
        case .history: .history
        case .status: .status
        case .settings: .gear
        }
    }

    var word: Strings.Key {
        switch self {
        case .activity: .activityTitle
        case .requests: .requestsTitle
        case .library: .libraryTitle
        case .deletions: .deletionsTitle
        case .music: .musicTitle
        case .publishing: .publishingTitle
        case .history: .historyTitle
        case .status: .statusTitle
        case .settings: .settingsTitle
        }
    }
}
