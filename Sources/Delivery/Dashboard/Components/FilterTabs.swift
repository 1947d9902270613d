import HTML

/// Filters as links, each with its count; the counts come from the query of the list.
struct FilterTabs: Component {
    /// One filter.
    struct Tab {
        let word: String
        let count: Int64?
        let url: String
        let isActive: Bool
    }

    let label: String
    let tabs: [Tab]

    var body: Markup {
        nav(.class("tabs"), .aria("label", label)) {
            for tab in tabs {
                a(.href(tab.url), .aria("current", tab.isActive ? "true" : nil)) {
                    tab.word
                    if let count = tab.count { span(.class("count")) { NumberText.grouped(count) } }
                }
            }
        }
    }
}
