import Database
import Media

/// The database of the earlier tracker, of which nothing is changed (library-sync.md §8).
struct EarlierTracker {
    private let reader: Reader
    private var records = EarlierRecords()

    /// Reads everything, mapped, duplicates not yet merged.
    ///
    /// - Throws: `EarlierTrackerError` when the file is not what it should be, `DatabaseError` when it cannot be read.
    static func read(_ path: String) async throws -> EarlierRecords {
        try await EarlierFile.withDatabase(path) { database in
            try await database.read { reader in
                var tracker = EarlierTracker(reader)
                return try tracker.everything(path)
            }
        }
    }

    private init(_ reader: Reader) { self.reader = reader }

    private mutating func everything(_ path: String) throws -> EarlierRecords {
        let tables = Set(try reader.tables())
        guard tables.contains(EarlierTable.requests.rawValue), tables.contains(EarlierTable.timelineEvents.rawValue)
        else { throw EarlierTrackerError.otherDatabase(path) }
        // The timeline comes first: some states mean something only with it.
        try readEvents()
        let histories = Dictionary(grouping: records.events, by: \.requestID)
        try readRequests(histories)
        if tables.contains(EarlierTable.episodes.rawValue) { try readEpisodes() }
        if tables.contains(EarlierTable.deletionLogs.rawValue) {
            try readDeletions(hasSteps: tables.contains(EarlierTable.deletionSyncEvents.rawValue))
        }
        return records
    }

    /// Hands over the rows of a table; a row without an id is none.
    private func rows(
        of table: EarlierTable, _ each: (Int64, EarlierColumns, borrowing Row) throws -> Void
    ) throws {
        let columns = try EarlierColumns(of: table, in: reader)
        let missing = columns.lacks(table.neededColumns)
        guard missing.isEmpty else { throw EarlierTrackerError.missingColumns(table.rawValue, missing) }
        try reader.query(table.all) { row in
            if let id = columns.id("id", row) { try each(id, columns, row) }
        }
    }

    private mutating func readEvents() throws {
        var found: [EarlierEvent] = []
        try rows(of: .timelineEvents) { id, columns, row in
            guard let request = columns.id("request_id", row) else { return }
            let state = columns.name("state", row).flatMap { EarlierState($0) }
            found.append(
                EarlierEvent(
                    id: id, requestID: request, service: columns.name("service", row) ?? "marquee",
                    type: columns.text("event_type", row) ?? "", stage: state?.stage,
                    details: columns.text("details", row), at: columns.time("timestamp", row)))
        }
        records.events = found
    }

    private mutating func readRequests(_ histories: [Int64: [EarlierEvent]]) throws {
        var found: [EarlierRequest] = []
        var unreadable: [EarlierRecords.Unreadable] = []
        try rows(of: .requests) { id, columns, row in
            guard let type = columns.mediaType(row) else {
                return unreadable.append(.init(table: .requests, id: id, why: "is neither a film nor a series"))
            }
            guard let state = columns.name("state", row).flatMap({ EarlierState($0) }) else {
                return unreadable.append(.init(table: .requests, id: id, why: "has no known state"))
            }
            found.append(EarlierRequest(id: id, type, state, history: histories[id] ?? [], columns, row))
        }
        records.requests = found
        records.unreadable += unreadable
    }

    private mutating func readEpisodes() throws {
        var found: [EarlierEpisode] = []
        var unreadable: [EarlierRecords.Unreadable] = []
        try rows(of: .episodes) { id, columns, row in
            guard let request = columns.id("request_id", row), let season = columns.integer("season_number", row),
                let number = columns.integer("episode_number", row)
            else { return unreadable.append(.init(table: .episodes, id: id, why: "has no request or number")) }
            guard let stage = columns.name("state", row).flatMap({ EarlierState($0) })?.stage else {
                return unreadable.append(.init(table: .episodes, id: id, why: "has no known state"))
            }
            found.append(
                EarlierEpisode(
                    id: id, requestID: request, season: season, number: number,
                    title: columns.text("episode_title", row), sonarrID: columns.id("sonarr_episode_id", row),
                    tvdb: columns.id("episode_tvdb_id", row), stage: stage,
                    downloadHash: columns.name("qbit_hash", row), finalPath: columns.text("final_path", row),
                    shokoFileID: columns.text("shoko_file_id", row), jellyfinID: columns.item("jellyfin_id", row),
                    createdAt: columns.time("created_at", row), updatedAt: columns.time("updated_at", row)))
        }
        records.episodes = found
        records.unreadable += unreadable
    }

    private mutating func readDeletions(hasSteps: Bool) throws {
        var steps: [Int64: [EarlierDeletion.Step]] = [:]
        if hasSteps {
            try rows(of: .deletionSyncEvents) { _, columns, row in
                guard let log = columns.id("deletion_log_id", row) else { return }
                steps[log, default: []].append(
                    EarlierDeletion.Step(
                        service: columns.name("service", row) ?? "", status: columns.name("status", row) ?? "",
                        details: columns.text("details", row), error: columns.text("error_message", row),
                        at: columns.time("timestamp", row)))
            }
        }
        var found: [EarlierDeletion] = []
        var unreadable: [EarlierRecords.Unreadable] = []
        try rows(of: .deletionLogs) { id, columns, row in
            guard let type = columns.mediaType(row) else {
                return unreadable.append(.init(table: .deletionLogs, id: id, why: "is neither a film nor a series"))
            }
            found.append(EarlierDeletion(id: id, type, steps: steps[id] ?? [], columns, row))
        }
        records.deletions = found
        records.unreadable += unreadable
    }
}
