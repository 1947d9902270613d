import Changes
import Database
import FoundationEssentials
import JSONStream
public import Media

extension StoreTransaction {
    /// Begins a deletion: the log, the first state of every target, and the mark on every row.
    ///
    /// - Throws: `DeletionUnderWay` where a row has an open log; `NothingToDelete` where it is gone or deleted.
    public func beginDeletion(_ new: NewDeletion) throws -> Int64 {
        for request in new.requests {
            let held = try raw.first(
                "SELECT state, deletion_log FROM requests WHERE id = $1", [.integer(request)]
            ) { ($0.text(0), $0.optionalInteger(1)) }
            guard let held, held.0 != Stage.deleted.rawValue else { throw NothingToDelete(request: request) }
            if let log = held.1 { throw DeletionUnderWay(request: request, log: log) }
        }
        let id = try reserveIDs(.deletionLogs)
        try raw.execute(Self.insertion, try values(of: new, id: id))
        for step in new.steps { try insertStep(step.key, step.status, step.details, step.error, log: id) }
        try mark(new.requests, log: id, .inProgress)
        return id
    }

    private static let insertion: SQL = """
        INSERT INTO deletion_logs(id, status, phase, source, user_id, user_name, title, title_key, year, media_type,
            variant, is_anime, poster_url, tmdb_id, tvdb_id, imdb_id, requests, options, plan, plan_hash, undo,
            initiated_at, left_behind, reads)
        VALUES($1, 'in_progress', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
            $21, '[]', 0)
        """

    private func values(of new: NewDeletion, id: Int64) throws -> [Value] {
        [
            .integer(id), .text(new.phase.rawValue), .text(new.source.rawValue), Value(new.user), .text(new.userName),
            .text(new.title), .text(TitleKey.fold(new.title)), Value(new.year), .text(new.mediaType.rawValue),
            Value(new.variant?.rawValue), Value(new.isAnime), Value(new.posterURL), Value(new.tmdb), Value(new.tvdb),
            Value(new.imdb), .text(new.requests.map(String.init).joined(separator: ",")),
            .text(try Self.json(new.options)), .text(new.plan), .text(new.planHash), .text(try Self.json(new.undo)),
            .integer(now.milliseconds),
        ]
    }

    private static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// Notes which job carries logs out.
    public func assign(deletions logs: [Int64], to job: Int64) throws {
        for log in logs {
            try raw.execute("UPDATE deletion_logs SET job_id = $1 WHERE id = $2", [.integer(job), .integer(log)])
        }
    }

    /// Moves a deletion to a phase.
    public func move(deletion log: Int64, to phase: DeletionPhase) throws {
        try raw.execute("UPDATE deletion_logs SET phase = $1 WHERE id = $2", [.text(phase.rawValue), .integer(log)])
    }

    /// Replaces the frozen plan where a retry looked up what nobody could tell before.
    public func replan(deletion log: Int64, _ plan: String, _ steps: [NewDeletion.FirstStep]) throws {
        try raw.execute("UPDATE deletion_logs SET plan = $1 WHERE id = $2", [.text(plan), .integer(log)])
        for step in steps { try insertStep(step.key, step.status, step.details, step.error, log: log) }
    }

    /// Adds a change of a target's state.
    public func step(
        _ key: DeletionStep.Key, _ status: StepStatus, details: String? = nil, error: String? = nil, log: Int64
    ) throws {
        try insertStep(key, status, details, error, log: log)
        guard let held = try raw.deletionLog(log) else { return }
        try tell(held, of: held.steps.last)
    }

    private func insertStep(
        _ key: DeletionStep.Key, _ status: StepStatus, _ details: String?, _ error: String?, log: Int64
    ) throws {
        try raw.execute(
            """
            INSERT INTO deletion_steps(id, log_id, service, instance, target, status, details, error, at)
            VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """,
            [
                .integer(try reserveIDs(.deletionSteps)), .integer(log), .text(key.service.rawValue),
                Value(key.instance), .text(key.target), .text(status.rawValue), Value(details), Value(error),
                .integer(now.milliseconds),
            ])
    }

    /// The calls are done: from now on it is read again at `due`, until everything is decided.
    public func calledAll(deletion log: Int64, due: Timestamp) throws {
        try raw.execute(
            "UPDATE deletion_logs SET phase = 'verifying', called_at = $1, due_at = $2, reads = 0 WHERE id = $3",
            [.integer(now.milliseconds), .integer(due.milliseconds), .integer(log)])
    }

    /// It was read, and is read again at `due`.
    public func wasRead(deletion log: Int64, due: Timestamp) throws {
        try raw.execute(
            "UPDATE deletion_logs SET reads = reads + 1, due_at = $1 WHERE id = $2",
            [.integer(due.milliseconds), .integer(log)])
    }

    /// Puts the mark of a log on its rows, or takes it off where the deletion is closed.
    ///
    /// `files` tells whether their files went, which a later sync asks about.
    func mark(_ requests: [Int64], log: Int64, _ status: DeletionStatus, files: Bool? = nil) throws {
        for request in requests {
            let (held, shown) = status.isClosed ? (nil, nil) : (log, status.rawValue)
            let changed = try raw.execute(
                """
                UPDATE requests SET deletion_log = $1, deletion_status = $2, deletion_files = COALESCE($3, deletion_files),
                    updated_at = $4, version = version + 1
                WHERE id = $5
                """, [Value(held), Value(shown), Value(files), .integer(now.milliseconds), .integer(request)])
            if changed == 1 { try emit(.request, object: request, data: RequestChange.updated.data) }
        }
    }
}
