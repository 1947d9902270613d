public import Changes
public import Database
public import Media

/// The one place that knows tables: typed reads and writes over either database.
///
/// A write returns when it is durable; the changes it recorded are told to listeners after that, never before.
public final class Store: Sendable {
    public let database: Database
    public let changes: Changes
    /// The time of day.
    public let now: @Sendable () -> Timestamp

    public init(_ database: Database, changes: Changes, now: @escaping @Sendable () -> Timestamp) {
        self.database = database
        self.changes = changes
        self.now = now
    }

    /// Brings the schema up to date; `backup` runs before the first change to a database with content.
    public func migrate(backup: @escaping @Sendable () async throws -> Void) async throws {
        _ = try await database.migrate(Schema.migrations) { _ in try await backup() }
    }

    public func read<T: Sendable>(_ body: @escaping @Sendable (Reader) throws -> T) async throws -> T {
        try await database.read(body)
    }

    /// A small transaction, committed together with others that wait.
    public func write<T: Sendable>(_ body: @escaping @Sendable (StoreTransaction) throws -> T) async throws -> T {
        let now = now()
        let (value, news) = try await database.write { raw in
            let tx = StoreTransaction(raw, now: now)
            let value = try body(tx)
            return (value, try tx.finish())
        }
        tell(news)
        return value
    }

    /// A large transaction of its own, such as applying a plan.
    public func writeAlone<T: Sendable>(_ body: @escaping @Sendable (StoreTransaction) throws -> T) async throws -> T {
        let now = now()
        let (value, news) = try await database.writeAlone { raw in
            let tx = StoreTransaction(raw, now: now)
            let value = try body(tx)
            return (value, try tx.finish())
        }
        tell(news)
        return value
    }

    /// Writes a row of no meaning and waits until it is durable: reading alone would not show a full or locked disk.
    public func proveWritable() async throws {
        let now = now()
        try await database.write { try $0.setCounter("writable", to: now.milliseconds) }
    }

    /// With PostgreSQL every process hears of changes through the log of events, its own included.
    private func tell(_ news: [Change]) {
        changes.publish(database.backend == .sqlite ? news : news.filter { $0.id == nil })
    }

    /// Tells listeners what any process has committed, in the order of the log, until cancelled.
    public func follow() async throws {
        guard database.backend == .postgresql else { return }
        var last: Int64?
        while !Task.isCancelled {
            do {
                // Listening begins before the first read, so that nothing falls between.
                let notices = database.notices()
                var reached = if let last { last } else { try await read { try $0.lastEventID() } }
                last = reached
                for await notice in notices where notice.isEmpty || notice == StoreTransaction.eventsNotice {
                    reached = try await tellNews(after: reached)
                    last = reached
                }
                // Too many notices at once end the stream: the log still has what they told of.
            } catch let error as DatabaseError where error.isTransient {
                // The server went away; reading goes on from the last event told.
            }
            try? await Task.sleep(for: .milliseconds(250))
        }
    }

    /// - Returns: the last event that listeners know of now.
    private func tellNews(after start: Int64) async throws -> Int64 {
        var last = start
        while true {
            let after = last
            guard let news = try await read({ try $0.events(after: after, limit: 500) }) else {
                // Forgotten before they were read: whoever listens will find them in the tables.
                return try await read { try $0.lastEventID() }
            }
            guard let end = news.last?.id else { return last }
            changes.publish(news)
            last = end
        }
    }
}
