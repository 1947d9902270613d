public import HTML

/// How many requests were made in each week.
public struct WeeksChart: Component, Sendable {
    /// One week, from Monday to Sunday of the viewer's zone.
    public struct Week: Sendable, Hashable {
        /// Its first day, such as `2026-11-16`.
        public var monday: String
        public var count: Int64

        public init(monday: String, count: Int64) {
            self.monday = monday
            self.count = count
        }
    }

    let weeks: [Week]
    let zone: String
    let isCut: Bool
    let page: PageContext

    public var body: Markup {
        ChartCard(
            name: "weeks", title: page[.chartWeeks], lead: lead, summary: summary, height: 150, page: page,
            drawing: most == 0 ? Markup() : drawing, rows: rows)
    }

    private static let top: Int64 = 18
    private static let bottom: Int64 = 128

    private var most: Int64 { weeks.map(\.count).max() ?? 0 }

    private var lead: String {
        let whole = page[.chartWeeksLead, ["zone": zone]]
        return isCut ? whole + " " + page[.chartWeeksCut, count: Int64(weeks.count)] : whole
    }

    private var summary: String {
        guard let best = weeks.max(by: { $0.count < $1.count }) else { return page[.chartEmpty] }
        let total = weeks.map(\.count).reduce(0, +)
        return page[
            .chartWeeksSummary,
            [
                "total": NumberText.grouped(total), "weeks": NumberText.grouped(Int64(weeks.count)),
                "monday": best.monday, "most": NumberText.grouped(best.count),
            ]]
    }

    /// Bars on a line, with the highest value above and the first and the last Monday below.
    @MarkupBuilder private var drawing: Markup {
        line(
            .named("x1", "0"), .named("x2", ChartCard.width), .named("y1", Self.bottom), .named("y2", Self.bottom))
        for (index, week) in weeks.enumerated() where week.count > 0 { bar(index, week.count) }
        text(.named("x", "0"), .named("y", "12")) { page[.chartMost, ["count": NumberText.grouped(most)]] }
        if let first = weeks.first, let last = weeks.last {
            text(.named("x", "0"), .named("y", "146")) { first.monday }
            if weeks.count > 1 {
                text(.named("x", ChartCard.width), .named("y", "146"), .named("text-anchor", "end")) { last.monday }
            }
        }
    }

    private func bar(_ index: Int, _ count: Int64) -> Markup {
        let number = Int64(weeks.count)
        let start = Tenths.place(Int64(index), of: number, on: ChartCard.width)
        let end = Tenths.place(Int64(index) + 1, of: number, on: ChartCard.width)
        let height = max(10, Tenths.place(count, of: most, on: Self.bottom - Self.top))
        return rect(
            .class("active"), .named("x", Tenths.text(start)), .named("y", Tenths.text(Self.bottom * 10 - height)),
            .named("width", Tenths.text(max(10, end - start - (number > 40 ? 10 : 30)))),
            .named("height", Tenths.text(height)), .named("rx", number > 40 ? "1" : "2"))
    }

    @MarkupBuilder private var rows: Markup {
        thead {
            tr {
                th(.scope("col")) { page[.chartWeek] }
                th(.scope("col")) { page[.chartRequests] }
            }
        }
        tbody {
            for week in weeks {
                tr {
                    th(.scope("row")) { week.monday }
                    td { NumberText.grouped(week.count) }
                }
            }
        }
    }
}
