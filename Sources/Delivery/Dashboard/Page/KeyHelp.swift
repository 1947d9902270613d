import HTML

/// The keys, shown by `?`.
struct KeyHelp: Component {
    let page: PageContext

    var body: Markup {
        dialog(.id("help"), .aria("labelledby", "help-title")) {
            h2(.id("help-title")) { page[.helpTitle] }
            dl(.class("keys")) {
                row("/", page[.helpSearch])
                row("j k", page[.helpMove])
                row("Enter", page[.helpOpen])
                row("x", page[.helpPick])
                row("g a", page[.helpGoActivity])
                row("g r", page[.helpGoRequests])
                row("g l", page[.helpGoLibrary])
                row("g h", page[.helpGoHistory])
                row("g s", page[.helpGoStatus])
                row("?", page[.helpHelp])
                row("Esc", page[.helpClose])
            }
            form(.named("method", "dialog")) {
                button(.type("submit"), .class("button secondary")) { page[.helpClose] }
            }
        }
    }

    private func row(_ keys: String, _ meaning: String) -> Markup {
        div {
            dt {
                for key in keys.split(separator: " ") { kbd { String(key) } }
            }
            dd { meaning }
        }
    }
}
