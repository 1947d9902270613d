import Dashboard
import Database
import HTTPServer
import Media
import Store

extension API {
    /// How many of the newest arrivals the times per stage are taken from: enough for a 95th percentile to stand
    /// still, and few enough to be read while somebody waits.
    static let measuredArrivals = 2_000
    /// How many weeks a chart shows at most.
    static let shownWeeks: Int64 = 104

    /// Everything the History page shows, of one moment; without `charts`, its list alone.
    func historyModel(_ request: Request, charts: Bool) async throws -> (HistoryPage.Model, version: Int64) {
        let now = now()
        let zone = ViewerZone(cookie: request.headers.cookie("marquee_zone"))
        let asked = try HistoryParameters(request, now: now, zone: zone)
        return try await store.read { reader in
            var model = HistoryPage.Model()
            let version = try reader.lastEventID()
            let list = try reader.history(asked.query)
            model.filters = asked.filters
            model.rows = list.requests.map { requestRow($0, version: version) }
            model.total = list.total
            model.totalIsMinimum = list.totalIsMinimum
            model.next = list.next?.text
            model.includesNow = asked.query.period.until.map { $0 > now } ?? true
            if asked.query.visibility == .all { model.requesters = try reader.requesters(limit: 200) }
            if charts {
                model.charts = try historyCharts(
                    reader, asked.query.period, visibleTo: asked.query.visibility, now: now, zone: zone)
            }
            return (model, version)
        }
    }

    private func historyCharts(
        _ reader: Reader, _ period: Period, visibleTo visibility: Visibility, now: Timestamp, zone: ViewerZone
    ) throws -> HistoryCharts.Model {
        var charts = HistoryCharts.Model()
        charts.zone = zone.name
        for (stage, count) in try reader.outcomes(in: period, visibleTo: visibility) {
            charts.outcomes[StageBadge.Stage(stage)] = count
        }
        let times = try reader.stageTimes(ofNewest: Self.measuredArrivals, in: period, visibleTo: visibility)
        charts.times = times.sorted { $0.key.rank < $1.key.rank }.map { stage, time in
            StageTimesChart.Time(
                stage: StageBadge.Stage(stage), median: time.median, percentile95: time.percentile95, count: time.count)
        }
        let arrivals = charts.outcomes[.available] ?? 0
        charts.measured = arrivals > Self.measuredArrivals ? Int64(Self.measuredArrivals) : nil
        try fillWeeks(&charts, reader, period, visibleTo: visibility, now: now, zone: zone)
        return charts
    }

    /// Whole weeks, from the one in which the period begins to the one in which it ends.
    private func fillWeeks(
        _ charts: inout HistoryCharts.Model, _ reader: Reader, _ period: Period, visibleTo visibility: Visibility,
        now: Timestamp, zone: ViewerZone
    ) throws {
        func week(_ moment: Timestamp) -> WeekNumber { WeekNumber(of: moment, offset: zone.offset(at: moment)) }
        let end = min(period.until.map { Timestamp(milliseconds: $0.milliseconds - 1) } ?? now, now)
        let last = week(end)
        let earliest = WeekNumber(last.number - Self.shownWeeks + 1)
        let wanted = period.since.map(week) ?? earliest
        guard wanted <= last else { return }
        let first = max(wanted, earliest)
        charts.weeksAreCut = period.since == nil || wanted < earliest
        let counts = try reader.weeklyRequests(
            in: zone.stretches(
                from: zone.moment(atLocal: first.monday),
                until: zone.moment(atLocal: WeekNumber(last.number + 1).monday)),
            visibleTo: visibility)
        charts.weeks = (first.number...last.number).map { number in
            let week = WeekNumber(number)
            return WeeksChart.Week(monday: String(week.monday.rfc3339.prefix(10)), count: counts[week] ?? 0)
        }
    }
}
