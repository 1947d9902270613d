public import HTML

/// How long requests stayed in each stage on their way: the usual stay, and the long ones.
public struct StageTimesChart: Component, Sendable {
    /// One stage's figures, in milliseconds.
    public struct Time: Sendable, Hashable {
        public var stage: StageBadge.Stage
        public var median: Int64
        /// 95 of a hundred stays were no longer.
        public var percentile95: Int64
        /// How many stays.
        public var count: Int64

        public init(stage: StageBadge.Stage, median: Int64, percentile95: Int64, count: Int64) {
            self.stage = stage
            self.median = median
            self.percentile95 = percentile95
            self.count = count
        }
    }

    let times: [Time]
    let measured: Int64?
    let page: PageContext

    public var body: Markup {
        ChartCard(
            name: "times", title: page[.chartTimes], lead: lead, summary: summary,
            height: Self.rowHeight * Int64(times.count) + 24, page: page,
            drawing: times.isEmpty ? Markup() : drawing, rows: rows)
    }

    private var lead: String {
        measured.map { page[.chartTimesMeasured, ["count": NumberText.grouped($0)]] } ?? page[.chartTimesLead]
    }

    private var summary: String {
        times.map { time in
            page[
                .chartTimesSummary,
                [
                    "stage": StageBadge.word(time.stage, page),
                    "median": DurationText.short(milliseconds: time.median, page),
                    "long": DurationText.short(milliseconds: time.percentile95, page),
                ]]
        }.joined(separator: " ")
    }

    private static let rowHeight: Int64 = 26
    /// Where the scale begins: left of it stand the names.
    private static let start: Int64 = 118
    private static let end: Int64 = ChartCard.width - 14
    /// The marks of the scale, all equally far apart: seconds and weeks stand side by side in these figures.
    private static let marks: [Int64] = [
        0, 1_000, 60_000, 3_600_000, 86_400_000, 30 * 86_400_000, 365 * 86_400_000,
    ]

    /// The marks up to the one that holds everything.
    private var scale: [Int64] {
        let longest = times.map(\.percentile95).max() ?? 0
        let last = Self.marks.firstIndex { $0 >= longest } ?? Self.marks.count - 1
        return Array(Self.marks.prefix(max(3, last + 1)))
    }

    /// In tenths: even steps from mark to mark, and straight between two of them.
    private func place(_ milliseconds: Int64, on scale: [Int64]) -> Int64 {
        let value = min(max(0, milliseconds), scale[scale.count - 1])
        let upper = max(1, scale.firstIndex { $0 >= value } ?? scale.count - 1)
        let (low, high) = (scale[upper - 1], scale[upper])
        let step = Tenths.place(1, of: Int64(scale.count - 1), on: Self.end - Self.start)
        return Self.start * 10 + step * Int64(upper - 1)
            + Int64(Double(value - low) / Double(high - low) * Double(step))
    }

    @MarkupBuilder private var drawing: Markup {
        let scale = scale
        let bottom = Self.rowHeight * Int64(times.count)
        for mark in scale {
            let x = Tenths.text(place(mark, on: scale))
            line(.named("x1", x), .named("x2", x), .named("y1", "0"), .named("y2", bottom))
            if mark > 0 {
                text(.named("x", x), .named("y", bottom + 16), .named("text-anchor", "middle")) {
                    DurationText.rough(milliseconds: mark, page)
                }
            }
        }
        for (index, time) in times.enumerated() { row(time, at: Self.rowHeight * Int64(index) + 13, scale) }
    }

    /// A dot for the usual stay, and a line from it to a tick for the long ones.
    private func row(_ time: Time, at y: Int64, _ scale: [Int64]) -> Markup {
        let median = Tenths.text(place(time.median, on: scale))
        let long = Tenths.text(place(time.percentile95, on: scale))
        return g(.class(StageBadge.tone(time.stage).rawValue)) {
            text(.named("x", "0"), .named("y", y + 4)) { StageBadge.word(time.stage, page) }
            line(.class("span"), .named("x1", median), .named("x2", long), .named("y1", y), .named("y2", y))
            line(.class("span"), .named("x1", long), .named("x2", long), .named("y1", y - 5), .named("y2", y + 5))
            circle(.named("cx", median), .named("cy", y), .named("r", "4.5"))
        }
    }

    @MarkupBuilder private var rows: Markup {
        thead {
            tr {
                th(.scope("col")) { page[.columnStage] }
                th(.scope("col")) { page[.chartMedian] }
                th(.scope("col")) { page[.chartLong] }
                th(.scope("col")) { page[.chartStays] }
            }
        }
        tbody {
            for time in times {
                tr {
                    th(.scope("row")) { StageBadge.word(time.stage, page) }
                    td { DurationText.short(milliseconds: time.median, page) }
                    td { DurationText.short(milliseconds: time.percentile95, page) }
                    td { NumberText.grouped(time.count) }
                }
            }
        }
    }
}
