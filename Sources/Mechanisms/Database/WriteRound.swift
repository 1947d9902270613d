/// One transaction of the writer, from BEGIN to COMMIT.
struct WriteRound {
    /// What keeps the bodies of one transaction apart.
    enum Separation {
        /// Nothing: a failure takes back all of them. Right for a single body, and for several that are expected to
        /// succeed; a savepoint costs a copy of every page its body touches.
        case none
        case savepoints
    }

    let life: WriterLife
    let backend: Backend
    let separation: Separation

    /// Notices that may go out now: empty unless the commit succeeded.
    private(set) var committedNotices: [String] = []
    private(set) var hasCommitted = false
    private var kept: [WriteJob.Outcome] = []
    private var undone: [(outcome: WriteJob.Outcome, error: DatabaseError?)] = []
    private var notices: [String] = []

    private var usesSavepoints: Bool { separation == .savepoints }

    init(life: WriterLife, backend: Backend, separation: Separation) {
        self.life = life
        self.backend = backend
        self.separation = separation
    }

    /// Runs the bodies and commits.
    ///
    /// - Returns: the bodies that must run in another transaction, because this one ended early. All of them, when one
    ///   of several that nothing kept apart has failed: as if none of them had run.
    mutating func run(_ jobs: ArraySlice<WriteJob>, on line: ConnectionLine) -> ArraySlice<WriteJob> {
        let connection: any Connection
        do {
            connection = try line.begin()
        } catch {
            for job in jobs { job.refuse(error) }
            return []
        }
        let isLarge = jobs.contains { $0.alone }
        if isLarge { connection.expect(.large) }
        defer { if isLarge { connection.expect(.small) } }
        var rest = jobs
        while let job = rest.popFirst() {
            _ = life.beat()
            if let broken = run(job, on: connection) {
                abandon(connection, broken)
                return rest
            }
            if separation == .none && jobs.count > 1 && !undone.isEmpty {
                connection.rollback()
                (kept, undone, notices) = ([], [], [])
                return jobs
            }
        }
        finish(connection)
        return []
    }

    /// Resumes the callers: the last thing of a round.
    func deliver() {
        for outcome in kept { outcome.deliver(nil) }
        for (outcome, error) in undone { outcome.deliver(error) }
    }

    /// One body; the answer is an error when the whole transaction is gone.
    private mutating func run(_ job: WriteJob, on connection: any Connection) -> DatabaseError? {
        if usesSavepoints {
            do {
                try connection.savepoint(.begin)
            } catch {
                job.refuse(error)
                return error
            }
        }
        let transaction = Transaction(connection, backend, life)
        let outcome = job.run(transaction)
        transaction.end()
        do throws(DatabaseError) {
            if let failure = transaction.failure { throw failure }
            guard outcome.error == nil else {
                undone.append((outcome, nil))
                return undo(connection)
            }
            if usesSavepoints { try connection.savepoint(.keep) }
            kept.append(outcome)
            notices += transaction.notices
            return nil
        } catch {
            undone.append((outcome, error))
            return undo(connection) ?? (connection.inTransaction ? nil : error)
        }
    }

    /// Takes back one body; the answer is an error when that was not possible.
    private func undo(_ connection: any Connection) -> DatabaseError? {
        guard usesSavepoints, connection.inTransaction else { return nil }
        do {
            try connection.savepoint(.undo)
            return nil
        } catch {
            return error
        }
    }

    private mutating func finish(_ connection: any Connection) {
        guard !kept.isEmpty else { return connection.rollback() }
        do {
            try connection.commit()
            hasCommitted = true
            committedNotices = notices
        } catch {
            abandon(connection, error)
        }
    }

    /// Nothing of this transaction lasts: whoever was part of it hears why.
    private mutating func abandon(_ connection: any Connection, _ error: DatabaseError) {
        connection.rollback()
        undone += kept.map { ($0, error) }
        kept = []
    }
}
