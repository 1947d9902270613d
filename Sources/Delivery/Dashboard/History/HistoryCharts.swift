public import HTML

/// The figures of a period, side by side.
public struct HistoryCharts: Component, Sendable {
    /// The figures of the page's period.
    public struct Model: Sendable {
        public var times: [StageTimesChart.Time] = []
        /// Only the newest so many arrivals were measured; nil: all of them.
        public var measured: Int64?
        /// In their order, empty ones too.
        public var weeks: [WeeksChart.Week] = []
        /// Whose weeks these are, such as `Europe/Berlin`.
        public var zone = "UTC"
        /// Whether the period began before the first of the weeks.
        public var weeksAreCut = false
        /// How many requests ended in which way.
        public var outcomes: [StageBadge.Stage: Int64] = [:]

        public init() {}
    }

    let model: Model
    let page: PageContext

    init(_ model: Model, _ page: PageContext) {
        self.model = model
        self.page = page
    }

    public var body: Markup {
        section(.id("charts"), .class("block"), .data("region", "charts"), .aria("labelledby", "charts-title")) {
            header(.class("block-head")) {
                h2(.id("charts-title")) { page[.chartsTitle] }
                p(.class("muted small")) { page[.chartsLead] }
            }
            div(.class("cards charts")) {
                OutcomesChart(outcomes: model.outcomes, page: page)
                StageTimesChart(times: model.times, measured: model.measured, page: page)
                WeeksChart(weeks: model.weeks, zone: model.zone, isCut: model.weeksAreCut, page: page)
            }
        }
    }
}

/// One chart: its heading, its drawing, and the same numbers as a table.
struct ChartCard: Component {
    let name: String
    let title: String
    let lead: String
    /// What the drawing shows, in a sentence.
    let summary: String
    let height: Int64
    let page: PageContext
    /// Nothing where there is nothing to draw.
    let drawing: Markup
    /// The rows of the table, its head among them.
    let rows: Markup

    /// Every drawing is so wide, in its own units, and a card is about as wide in pixels.
    static let width: Int64 = 340

    var body: Markup {
        section(.class("card"), .aria("labelledby", "chart-" + name)) {
            header(.class("block-head")) {
                h3(.id("chart-" + name)) { title }
                p(.class("muted small")) { lead }
            }
            if drawing.isEmpty {
                p(.class("muted")) { page[.chartEmpty] }
            } else {
                svg(
                    .class("chart"), .named("viewBox", "0 0 \(Self.width) \(height)"), .role("img"),
                    .aria("labelledby", "drawing-" + name), .aria("describedby", "drawn-" + name)
                ) {
                    HTML.title(.id("drawing-" + name)) { title }
                    desc(.id("drawn-" + name)) { summary }
                    drawing
                }
                details {
                    HTML.summary(.class("muted small")) { page[.chartNumbers] }
                    table(.class("numbers")) {
                        caption(.class("hidden")) { title }
                        rows
                    }
                }
            }
        }
    }
}
