import HTML

/// A stored value: nothing, an id, or text.
struct ValueText: Component {
    let page: PageContext
    let value: String?

    var body: Markup {
        if let value {
            // Ids and numbers are read digit by digit; sentences are not.
            span(.class(isID(value) ? "value id" : "value"), .title(value.utf8.count > 24 ? value : nil)) {
                bdi { value }
            }
        } else {
            span(.class("none")) { page[.valueNone] }
        }
    }

    private func isID(_ value: String) -> Bool {
        value.utf8.count >= 2 && value.utf8.contains { $0 >= 0x30 && $0 <= 0x39 } && !value.utf8.contains(0x20)
    }
}
