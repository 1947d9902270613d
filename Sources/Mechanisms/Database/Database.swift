/// One database, SQLite or PostgreSQL, behind the same statements.
///
/// All writes of a process go through one thread that commits them in groups; reads have their own threads and
/// connections. Nothing blocks Swift's cooperative pool. Call `close()` before letting go of it.
public final class Database: Sendable {
    /// Where it is, without the password.
    public let location: DatabaseLocation
    /// Which of the two.
    public var backend: Backend { location.backend }

    let connector: Connector
    /// All threads but the writer's.
    let threads = OSThreads()
    private let writerThread = OSThreads()
    let clock: any Clock<Duration>
    let now: @Sendable () -> Int64
    let hub = NoticeHub()
    let locks = LocalLocks()
    let sessions = LockHolders()
    let serverSize = ServerSize()
    let isReadOnly: Bool
    private let writer: Writer
    let readers: ReaderPool
    private let listener = Locked<PostgresListener?>(nil)

    /// Opens a database; a SQLite file that is not there is created, readable by its owner only.
    ///
    /// - Parameters:
    ///   - location: the file or server.
    ///   - readers: how many reads may run at once.
    ///   - readOnly: opens a SQLite file that nobody writes to, such as a backup, without changing a byte of it.
    ///   - clock: for the pauses while another replica migrates.
    ///   - now: Unix milliseconds, noted beside applied migrations.
    /// - Returns: the open database.
    /// - Throws: `DatabaseError` that tells what is wrong with the place: no such folder, no permission, not a database,
    ///   no server, wrong password.
    public static func open(
        _ location: DatabaseLocation, readers: Int = 2, readOnly: Bool = false,
        clock: any Clock<Duration> = ContinuousClock(),
        now: @escaping @Sendable () -> Int64 = WallClock.milliseconds
    ) async throws(DatabaseError) -> Database {
        let database = Database(location, readers: readers, readOnly: readOnly, clock: clock, now: now)
        try await database.start()
        return database
    }

    private init(
        _ location: DatabaseLocation, readers: Int, readOnly: Bool, clock: any Clock<Duration>,
        now: @escaping @Sendable () -> Int64
    ) {
        self.location = location
        self.clock = clock
        self.now = now
        isReadOnly = readOnly
        connector = Connector(location, readOnly: readOnly)
        writer = Writer(connector) { [hub] notice in
            // PostgreSQL delivers it to all who listen, this process among them.
            if location.backend == .sqlite { hub.deliver(notice) }
        }
        self.readers = ReaderPool(connector, limit: readers, threads)
    }

    deinit {
        writer.close()
        readers.close()
        hub.close()
        sessions.closeAll()
        listener.withLock { $0?.stop() }
    }

    private func start() async throws(DatabaseError) {
        let failure: DatabaseError? = await withCheckedContinuation { opened in
            do throws(DatabaseError) {
                try writerThread.start("db-writer") { [writer] in
                    writer.run { opened.resume(returning: $0) }
                }
            } catch {
                opened.resume(returning: error)
            }
        }
        if let failure { throw failure }
    }

    /// Runs `body` in a transaction and returns when it is durable.
    ///
    /// Bodies that wait at the same time share one transaction; an error of one rolls back only that one, and the others
    /// may run once more for it: a body changes nothing but the database. It runs on the writer's thread, also when the
    /// calling task is cancelled meanwhile.
    /// - Throws: what `body` throws, or `DatabaseError`; then nothing of this body is kept (except after
    ///   `.connectionLost`, when the outcome of the commit is not known).
    @discardableResult
    public func write<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        try await submit(alone: false, body)
    }

    /// As `write`, in a transaction that no other body shares: for large plans.
    @discardableResult
    public func writeAlone<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        try await submit(alone: true, body)
    }

    private func submit<T: Sendable>(
        alone: Bool, _ body: @escaping @Sendable (Transaction) throws -> T
    ) async throws -> T {
        guard !isReadOnly else { throw DatabaseError(.readOnly, "\(location) is open for reading only.") }
        return try await withCheckedThrowingContinuation { caller in
            writer.submit(WriteJob(alone: alone, body, caller))
        }
    }

    /// Runs `body` on a reader's thread; all its statements see one state, that of the last commit.
    public func read<T: Sendable>(_ body: @escaping @Sendable (Reader) throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { caller in
            readers.submit(ReadJob(body, caller))
        }
    }

    /// The last sign of life of the writer's thread: now while it has nothing to do.
    public var writerBeat: ContinuousClock.Instant { writer.life.lastBeat }

    /// How many transactions were committed; fewer than writes, because writes share them.
    public var commits: Int { writer.commits.value }

    /// How many writes wait.
    public var queueDepth: Int { writer.queueDepth }

    /// What `Transaction.notify` sends, from any process that uses this database, once committed.
    ///
    /// An empty text comes first, and again whenever notices may have been missed (the server was away): whoever listens
    /// then looks at everything. The stream ends when the database closes, or when the consumer is 1,024 notices behind.
    public func notices() -> AsyncStream<String> {
        guard case .postgresql(let url) = location else { return hub.stream(greeted: true) }
        return listener.withLock { listener in
            guard listener == nil else { return hub.stream(greeted: true) }
            let stream = hub.stream(greeted: false)  // the listener greets once it hears the server
            if let fresh = try? PostgresListener(url: url, hub),
                (try? threads.start("db-listener", { fresh.run() })) != nil
            {
                listener = fresh
            }
            return stream
        }
    }

    /// Finishes the writes that wait, makes a checkpoint, and closes all connections.
    ///
    /// A long body learns of it through `Transaction.beat()`. Later calls get `.closed`.
    public func close() async {
        writer.life.close()
        readers.close()
        sessions.closeAll()
        listener.withLock { $0?.stop() }
        await threads.allEnded()
        // The writer goes last and alone: SQLite removes its log only for a connection that is surely the last.
        writer.close()
        await writerThread.allEnded()
        hub.close()
    }
}
