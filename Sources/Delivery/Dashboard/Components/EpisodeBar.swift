import HTML

/// The counted episodes of a show as one bar, most advanced first, drawn with attributes only.
struct EpisodeBar: Component {
    let page: PageContext
    let stages: [(stage: StageBadge.Stage, count: Int64)]

    var body: Markup {
        let parts = placed
        let total = parts.last.map { $0.start + $0.count } ?? 0
        return svg(
            .class("stack"), .named("viewBox", "0 0 \(total) 1"), .named("preserveAspectRatio", "none"), .role("img"),
            .aria("label", description)
        ) {
            for part in parts {
                rect(
                    .class(StageBadge.tone(part.stage).rawValue), .named("x", part.start), .named("width", part.count),
                    .named("height", "1"))
            }
        }
    }

    private var sorted: [(stage: StageBadge.Stage, count: Int64)] {
        stages.filter { $0.count > 0 }.sorted { $0.stage.rank > $1.stage.rank }
    }

    private var placed: [(stage: StageBadge.Stage, start: Int64, count: Int64)] {
        var start: Int64 = 0
        return sorted.map { part in
            defer { start += part.count }
            return (part.stage, start, part.count)
        }
    }

    /// "7 Available, 3 Downloading".
    private var description: String {
        sorted.map { NumberText.grouped($0.count) + " " + StageBadge.word($0.stage, page) }.joined(separator: ", ")
    }
}
