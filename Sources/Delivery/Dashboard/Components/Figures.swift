import HTML

/// Numbers with their names, side by side.
struct Figures: Component {
    /// One number.
    struct Figure {
        let name: String
        let value: String
        var tone: Badge.Tone = .plain
    }

    let figures: [Figure]
    /// Large as the main matter of a card, or small as a line beneath it.
    var isLarge = true

    @MarkupBuilder var body: Markup {
        if !figures.isEmpty { list }
    }

    private var list: Markup {
        dl(.class(isLarge ? "figures large" : "figures")) {
            for figure in figures {
                div(.class(figure.value == "0" ? "zero" : figure.tone.rawValue)) {
                    dt { figure.name }
                    dd { figure.value }
                }
            }
        }
    }
}
