/// The threads that read, each with its own connection, started when there is work for one more.
final class ReaderPool: Sendable {
    /// More waiting reads than this are refused: memory is finite.
    private static let queueLimit = 10_000

    private let connector: Connector
    private let limit: Int
    private let threads: OSThreads
    private let queue = WorkQueue<ReadJob>(limit: queueLimit)
    private let started = SharedCount()

    init(_ connector: Connector, limit: Int, _ threads: OSThreads) {
        precondition(limit > 0, "a database needs a reader")
        self.connector = connector
        self.limit = limit
        self.threads = threads
    }

    func submit(_ job: ReadJob) {
        switch queue.put(job) {
        case .accepted: startThreadIfNeeded()
        case .closed: job.refuse(.closed)
        case .full:
            job.refuse(
                DatabaseError(
                    .busy, "The database cannot keep up: \(Self.queueLimit) reads are waiting. Try again later."))
        }
    }

    func close() { queue.close() }

    private func startThreadIfNeeded() {
        // Two callers may both start one: then there is one thread more than needed, never more than the limit.
        guard queue.spareThreads < 0, started.raise(to: limit) else { return }
        do throws(DatabaseError) {
            try threads.start("db-reader") { [queue, connector] in Self.run(queue, connector) }
        } catch {
            started.lower()
            // Without any thread nobody would answer those who wait.
            if started.value == 0 { for job in queue.takeAll() { job.refuse(error) } }
        }
    }

    private static func run(_ queue: WorkQueue<ReadJob>, _ connector: Connector) {
        let line = ConnectionLine(connector, .read)
        while let job = queue.take(most: 1).first {
            do throws(DatabaseError) {
                let connection = try line.begin()
                let reader = Reader(connection, connector.backend)
                let deliver = job.run(reader)
                reader.end()
                connection.rollback()  // nothing was changed
                deliver()
            } catch {
                job.refuse(error)
            }
        }
    }
}
