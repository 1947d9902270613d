import HTML

/// What a list shows when there is nothing to list: why, and what to do about it.
struct EmptyState: Component {
    let icon: Icon
    let title: String
    let text: String?

    init(_ icon: Icon, _ title: String, _ text: String? = nil) {
        self.icon = icon
        self.title = title
        self.text = text
    }

    var body: Markup {
        div(.class("empty")) {
            icon.markup
            p(.class("empty-title")) { title }
            if let text { p { text } }
        }
    }
}
