import Dashboard
import HTTPServer
import Media
import Store

/// What the address of the History page asks for: as filters to show, and as a query of the viewer's zone.
struct HistoryParameters {
    let filters: HistoryPage.Filters
    let query: HistoryQuery

    init(_ request: Request, now: Timestamp, zone: ViewerZone) throws {
        let parameters = try Parameters(request)
        var filters = HistoryPage.Filters()
        var query = HistoryQuery()
        query.visibility = request.visibility
        query.states = try Self.stages(parameters)
        query.mediaType = try parameters.choice("media_type", MediaType.self)
        query.requestedBy = parameters.text("requested_by")
        query.search = parameters.text("q")
        filters.period = try Self.period(parameters)
        query.period = try Self.span(filters.period, now: now, zone: zone)
        if let after = parameters.text("after") {
            guard let cursor = RequestQuery.Cursor(text: after), Int64(cursor.key) != nil else {
                throw Problem.invalid("after", "is not a cursor of this list")
            }
            query.after = cursor
        }
        filters.stages = query.states.map { StageBadge.Stage($0) }
        filters.kind = query.mediaType.flatMap { MediaLabel.Kind(rawValue: $0.rawValue) }
        filters.requestedBy = query.requestedBy
        filters.search = query.search
        filters.after = query.after?.text
        self.filters = filters
        self.query = query
    }

    private static func stages(_ parameters: Parameters) throws -> [Stage] {
        let known = Stage.finished.map(\.rawValue).joined(separator: ", ")
        return try parameters.all("state").map { text in
            guard let stage = Stage(rawValue: text), stage.isClosed else {
                throw Problem.invalid("state", "must be one of \(known)")
            }
            return stage
        }
    }

    /// Dates win over days: who gives one means it.
    private static func period(_ parameters: Parameters) throws -> HistoryPage.Period {
        let (from, to) = (parameters.text("from"), parameters.text("to"))
        if from != nil || to != nil { return .dates(from: from, to: to) }
        guard let text = parameters.text("period") else { return .usual }
        guard let days = Int64(text), HistoryPage.Period.offered.contains(days) else {
            let offered = HistoryPage.Period.offered.map(String.init).joined(separator: ", ")
            throw Problem.invalid("period", "must be one of \(offered)")
        }
        return .days(days)
    }

    private static func span(_ period: HistoryPage.Period, now: Timestamp, zone: ViewerZone) throws -> Period {
        switch period {
        case .days(let days): return Period(since: zone.midnight(of: now, plusDays: 1 - days))
        case .dates(let from, let to):
            let first = try from.map { try day("from", $0) }
            let last = try to.map { try day("to", $0) }
            if let first, let last, last < first { throw Problem.invalid("to", "must not be before from") }
            return Period(
                since: first.map { zone.moment(atLocal: $0) },
                until: last.map { zone.moment(atLocal: $0.advanced(by: .seconds(86_400))) })
        }
    }

    private static func day(_ name: String, _ text: String) throws -> Timestamp {
        guard text.utf8.count == 10, let day = Timestamp(rfc3339: text + "T00:00:00Z") else {
            throw Problem.invalid(name, "must be a day such as 2026-11-20")
        }
        return day
    }
}
