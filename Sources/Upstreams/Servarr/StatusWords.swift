import JSONStream

/// The messages of an *arr's `statusMessages`: `[{title, messages[]}]`.
struct StatusWords {
    /// Every message once, in order; of an entry without messages its title.
    private(set) var messages: [String] = []

    init(_ node: JSONNode) {
        for entry in node.elements {
            let words = entry["messages"].elements.compactMap(\.filledText)
            for word in words.isEmpty ? [entry["title"].filledText].compactMap(\.self) : words
            where !messages.contains(word) {
                messages.append(word)
            }
        }
    }

    /// Everything in one text, at most 300 characters of it; nil when nothing is said.
    var joined: String? { messages.isEmpty ? nil : Self.shortened(messages.joined(separator: "; ")) }

    /// At most 300 characters (tracking.md §6).
    static func shortened(_ text: String) -> String {
        text.count <= 300 ? text : text.prefix(299) + "…"
    }
}
