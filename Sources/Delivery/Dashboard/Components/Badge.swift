import HTML

/// A status: icon, word and colour together.
struct Badge: Component {
    /// What a colour means, everywhere (web.md §1).
    enum Tone: String { case waiting, grabbed, active, attention, good, bad, plain }

    let tone: Tone
    let icon: Icon
    let word: String

    init(_ tone: Tone, _ icon: Icon, _ word: String) {
        self.tone = tone
        self.icon = icon
        self.word = word
    }

    var body: Markup {
        span(.class("badge \(tone.rawValue)")) {
            icon.markup
            word
        }
    }
}
