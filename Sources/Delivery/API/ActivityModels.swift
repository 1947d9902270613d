import Dashboard
import Database
import HTML
import Media
import Store

extension API {
    /// How long what has arrived counts as new.
    private static let arrivalAge: Duration = .seconds(48 * 3_600)

    /// Since when an arrival counts as new.
    var arrivalsSince: Timestamp { now().advanced(by: .zero - Self.arrivalAge) }

    /// Everything the Activity page shows to this caller, of one moment.
    func activityModel(visibleTo visibility: Visibility) async throws -> ActivityPage.Model {
        let since = arrivalsSince
        return try await store.read { reader in
            var model = ActivityPage.Model()
            model.version = try reader.lastEventID()
            let attention = try reader.requestsWithAttention(
                limit: ActivityBand.Kind.attention.limit, visibleTo: visibility)
            let moving = try reader.movingRequests(limit: ActivityBand.Kind.moving.limit, visibleTo: visibility)
            let arrived = try reader.arrivedRequests(
                since: since, limit: ActivityBand.Kind.arrived.limit, visibleTo: visibility)
            model.attention = try band(attention, reader, version: model.version)
            model.moving = try band(moving, reader, version: model.version)
            model.arrived = try band(arrived, reader, version: model.version)
            if attention.total == 0 && moving.total == 0 {
                model.idle = try idle(reader, visibleTo: visibility)
            }
            return model
        }
    }

    private func band(_ band: RequestBand, _ reader: Reader, version: Int64) throws -> ActivityBand.Model {
        ActivityBand.Model(rows: try requestRows(band.rows, reader, version: version), total: band.total)
    }

    /// What is said when nothing is under way: the last arrival, and while no service is known, how to begin.
    private func idle(_ reader: Reader, visibleTo visibility: Visibility) throws -> ActivityIdle.Model {
        var model = ActivityIdle.Model()
        if let last = try reader.lastArrival(visibleTo: visibility), let at = last.availableAt {
            model.lastArrival = (id: last.id, title: last.title, at: at.milliseconds)
        }
        let known = Set(board.entries.map(\.service))
        guard known.isEmpty else { return model }
        model.steps = ActivityIdle.Step.allCases.map { ($0, isDone: false) }
        return model
    }

    /// The band a request stands in now; nil: in none.
    func band(of row: RequestRecord) -> ActivityBand.Kind? {
        let band = ActivityBand.Kind.of(requestRow(row, version: 0), now: now().milliseconds)
        // What a library sync found did not arrive: it was there.
        return band == .arrived && row.origin == .librarySync ? nil : band
    }

    /// The headings of the bands with their totals.
    func bandHeads(
        visibleTo visibility: Visibility, version: Int64, _ page: PageContext
    ) async throws -> [(id: String, markup: String)] {
        let since = arrivalsSince
        let totals = try await store.read { reader in
            (
                attention: try reader.attentionCount(visibleTo: visibility),
                moving: try reader.movingCount(visibleTo: visibility),
                arrived: try reader.arrivedCount(since: since, visibleTo: visibility)
            )
        }
        let all: [(ActivityBand.Kind, Int64)] = [
            (.attention, totals.attention), (.moving, totals.moving), (.arrived, totals.arrived),
        ]
        return all.map { ($0.headID, ActivityBandHead($0, total: $1, version: version, page).body.string) }
    }
}
