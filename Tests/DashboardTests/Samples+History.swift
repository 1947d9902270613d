import Dashboard
import HTML

extension Samples {
    /// The states of the History page, by the name of their snapshot.
    static let histories: [(name: String, model: HistoryPage.Model)] = [
        ("history", history()), ("history-empty", emptyHistory(filtered: false)),
        ("history-no-match", emptyHistory(filtered: true)),
    ]

    static func history() -> HistoryPage.Model {
        var model = HistoryPage.Model()
        var arrived = row(1, "Violet Evergarden: The Movie", .available)
        arrived.createdAt = noon - 9_000_000
        arrived.stageChangedAt = noon
        arrived.availableAt = noon
        arrived.quality = "Bluray-1080p"
        model.rows = [
            arrived, row(3, "Mushishi", .declined, .tv), row(5, "Portrait of a Lady on Fire", .failed),
            row(7, "Stalker", .deleted),
        ]
        model.total = 10_000
        model.totalIsMinimum = true
        model.next = "OA"
        model.requesters = ["mira", "tomas"]
        model.charts = charts()
        return model
    }

    static func charts() -> HistoryCharts.Model {
        var charts = HistoryCharts.Model()
        charts.times = [
            .init(stage: .approved, median: 420_000, percentile95: 97_200_000, count: 214),
            .init(stage: .downloading, median: 1_260_000, percentile95: 14_400_000, count: 211),
            .init(stage: .importing, median: 900, percentile95: 41_000, count: 214),
        ]
        charts.measured = 2_000
        charts.weeks = zip(["2026-11-02", "2026-11-09", "2026-11-16"], [12, 0, 31]).map { .init(monday: $0, count: $1) }
        charts.weeksAreCut = true
        charts.zone = "Asia/Kathmandu"
        charts.outcomes = [.available: 188, .failed: 12, .declined: 9, .deleted: 5]
        return charts
    }

    static func emptyHistory(filtered: Bool) -> HistoryPage.Model {
        var model = HistoryPage.Model()
        model.charts = HistoryCharts.Model()
        if filtered {
            model.filters.kind = .tv
            model.filters.stages = [.failed, .declined]
            model.filters.requestedBy = "mira"
            model.filters.period = .dates(from: "2026-10-01", to: nil)
            model.filters.search = "mushi \"& co\""
        }
        return model
    }

    /// The pages whose work is still to come.
    static func shells(_ page: PageContext) -> [(name: String, page: Markup)] {
        [
            ("music", MusicPage(page).whole(frame)),
            ("publishing", PublishingPage(page).whole(frame)),
        ]
    }
}
