/// The one thread of this process that writes.
///
/// It takes all bodies that wait and runs them in one transaction, so that they share the cost of a durable commit (group
/// commit). When one of them fails, they all run again, each in its own savepoint. The callers go on after the commit.
final class Writer: Sendable {
    /// More bodies than this never share a transaction, so that no caller waits for all of a long queue.
    static let largestBatch = 1000
    /// More waiting bodies than this are refused: the writer is stuck, and memory is finite.
    static let queueLimit = 10_000

    let life = WriterLife()
    /// How many transactions were committed.
    let commits = SharedCount()
    private let queue = WorkQueue<WriteJob>(limit: queueLimit)
    private let connector: Connector
    private let announce: @Sendable (String) -> Void

    /// - Parameters:
    ///   - connector: where connections come from.
    ///   - announce: gets each committed notice that the backend does not deliver itself.
    init(_ connector: Connector, announce: @escaping @Sendable (String) -> Void) {
        self.connector = connector
        self.announce = announce
    }

    var queueDepth: Int { queue.count }

    func submit(_ job: WriteJob) {
        switch queue.put(job) {
        case .accepted: break
        case .closed: job.refuse(.closed)
        case .full:
            job.refuse(
                DatabaseError(
                    .busy, "The database cannot keep up: \(Self.queueLimit) writes are waiting. Try again later."))
        }
    }

    /// Nothing more is accepted; the thread ends after the work that waits.
    func close() {
        life.close()
        queue.close()
    }

    /// The thread's whole life.
    ///
    /// - Parameter opened: hears whether the first connection could be opened; the thread ends when not.
    func run(opened: (DatabaseError?) -> Void) {
        let line = ConnectionLine(connector, .write)
        do {
            _ = try line.connection()
        } catch {
            return opened(error)
        }
        opened(nil)
        while true {
            let jobs = queue.take(most: Self.largestBatch)
            if jobs.isEmpty { break }
            life.setIdle(false)
            for batch in Self.batches(of: jobs) { commit(batch, on: line) }
            life.setIdle(true)
        }
        line.current?.prepareToClose()
    }

    /// Splits before and after each body that wants to be alone; the order stays.
    static func batches(of jobs: [WriteJob]) -> [ArraySlice<WriteJob>] {
        var batches: [ArraySlice<WriteJob>] = []
        var start = jobs.startIndex
        for index in jobs.indices where jobs[index].alone {
            if start < index { batches.append(jobs[start..<index]) }
            batches.append(jobs[index...index])
            start = index + 1
        }
        if start < jobs.endIndex { batches.append(jobs[start...]) }
        return batches
    }

    private func commit(_ batch: ArraySlice<WriteJob>, on line: ConnectionLine) {
        var rest = batch
        var separation = WriteRound.Separation.none
        // More than one round only when a body failed, or when the backend gave up the transaction in the middle.
        while !rest.isEmpty {
            var round = WriteRound(
                life: life, backend: connector.backend, separation: rest.count > 1 ? separation : .none)
            rest = round.run(rest, on: line)
            separation = .savepoints
            if round.hasCommitted { commits.raise() }
            for payload in round.committedNotices { announce(payload) }
            round.deliver()
        }
    }
}
