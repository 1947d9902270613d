import HTML

/// How requests ended, and how many of those that ran their course arrived.
struct OutcomesChart: Component {
    let outcomes: [StageBadge.Stage: Int64]
    let page: PageContext

    var body: Markup {
        ChartCard(
            name: "outcomes", title: page[.chartOutcomes], lead: page[.chartOutcomesLead], summary: summary,
            height: 94 + 22 * Int64((present.count + 1) / 2),
            page: page, drawing: total == 0 ? Markup() : drawing, rows: rows)
    }

    private static let height: Int64 = 22

    private var total: Int64 { outcomes.values.reduce(0, +) }

    /// Declined and deleted requests neither succeeded nor failed: people wanted it so.
    private var rate: Int64? {
        let arrived = outcomes[.available] ?? 0
        let judged = arrived + (outcomes[.failed] ?? 0)
        return judged == 0 ? nil : NumberText.percent(done: arrived, of: judged)
    }

    private var rateText: String { rate.map { page[.jobPercent, ["count": String($0)]] } ?? "–" }

    private var summary: String {
        let parts = present.map { "\(StageBadge.word($0.stage, page)): \(NumberText.grouped($0.count))" }
        return page[.chartOutcomesSummary, ["rate": rateText, "parts": parts.joined(separator: ", ")]]
    }

    private var present: [(stage: StageBadge.Stage, count: Int64)] {
        StageBadge.Stage.finished.compactMap { stage in
            outcomes[stage].flatMap { $0 > 0 ? (stage, $0) : nil }
        }
    }

    /// The rate in large, below it one bar of all that ended, and what its parts are.
    private var drawing: Markup {
        var markup = text(.class("big"), .named("x", "0"), .named("y", "40")) { rateText }
        var before: Int64 = 0
        for (index, (stage, count)) in present.enumerated() {
            let start = Tenths.place(before, of: total, on: ChartCard.width)
            before += count
            let end = Tenths.place(before, of: total, on: ChartCard.width)
            // One unit stays free between two parts, so that they are told apart without their colours.
            markup.append(
                rect(
                    .class(StageBadge.tone(stage).rawValue), .named("x", Tenths.text(start)), .named("y", "60"),
                    .named("width", Tenths.text(max(5, end - start - 10))), .named("height", Self.height),
                    .named("rx", "3")))
            markup.append(legend(stage, count, x: index % 2 == 0 ? 0 : 172, y: 106 + Int64(index / 2) * 22))
        }
        return markup
    }

    private func legend(_ stage: StageBadge.Stage, _ count: Int64, x: Int64, y: Int64) -> Markup {
        g(.class(StageBadge.tone(stage).rawValue)) {
            circle(.named("cx", x + 5), .named("cy", y - 4), .named("r", "4"))
            text(.named("x", x + 16), .named("y", y)) {
                StageBadge.word(stage, page) + " " + NumberText.grouped(count)
            }
        }
    }

    @MarkupBuilder private var rows: Markup {
        thead {
            tr {
                th(.scope("col")) { page[.columnStage] }
                th(.scope("col")) { page[.chartRequests] }
                th(.scope("col")) { page[.chartShare] }
            }
        }
        tbody {
            for stage in StageBadge.Stage.finished {
                tr {
                    th(.scope("row")) { StageBadge.word(stage, page) }
                    td { NumberText.grouped(outcomes[stage] ?? 0) }
                    td {
                        page[
                            .jobPercent,
                            ["count": String(NumberText.percent(done: outcomes[stage] ?? 0, of: total))]]
                    }
                }
            }
            tr {
                th(.scope("row")) { page[.chartRate] }
                td(.colspan(2)) { rateText }
            }
        }
    }
}

/// Places in a drawing, in tenths of its unit.
enum Tenths {
    /// Where `part` of `whole` lies on a line of so many units.
    static func place(_ part: Int64, of whole: Int64, on length: Int64) -> Int64 {
        whole <= 0 ? 0 : Int64(Double(part) / Double(whole) * Double(length) * 10)
    }

    static func text(_ tenths: Int64) -> String { "\(tenths / 10).\(tenths % 10)" }
}
