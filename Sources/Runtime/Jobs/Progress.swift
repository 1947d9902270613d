import Synchronization

/// How far a job is: written by the job, read by whoever watches.
public final class Progress: Sendable {
    public struct Snapshot: Sendable, Hashable {
        public var phase = "queued"
        public var done: Int64 = 0
        public var total: Int64?
        /// Counters so far; a JSON object of numbers.
        public var counts = "{}"
        /// Items per second over the current phase; nil before there is something to divide.
        public var rate: Double?
        public var etaSeconds: Int64?

        public init() {}
    }

    private struct State {
        var snapshot = Snapshot()
        var phaseStart: ContinuousClock.Instant?
        var isCancelled = false
        var canCancel = true
        var isInterrupted = false
    }

    private let state = Mutex(State())
    private let now: @Sendable () -> ContinuousClock.Instant

    public init(now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }) { self.now = now }

    /// Moves to a phase, or further within it.
    public func report(_ phase: String, done: Int, total: Int? = nil, counts: String? = nil) {
        let instant = now()
        state.withLock { state in
            if state.snapshot.phase != phase {
                state.snapshot.phase = phase
                state.snapshot.rate = nil
                state.snapshot.etaSeconds = nil
                state.phaseStart = instant
            }
            state.snapshot.done = Int64(done)
            state.snapshot.total = total.map(Int64.init)
            if let counts { state.snapshot.counts = counts }
            guard let start = state.phaseStart, done > 0 else { return }
            let elapsed = (instant - start) / .seconds(1)
            guard elapsed >= 0.2 else { return }
            let rate = Double(done) / elapsed
            state.snapshot.rate = rate
            state.snapshot.etaSeconds = total.map { Int64((Double(max(0, $0 - done)) / rate).rounded(.up)) }
        }
    }

    public var snapshot: Snapshot { state.withLock { $0.snapshot } }

    /// Asks the job to stop at its next safe point.
    ///
    /// - Returns: false once the final transaction has begun: it is too late then.
    @discardableResult
    public func cancel() -> Bool {
        state.withLock { state in
            if state.canCancel { state.isCancelled = true }
            return state.canCancel
        }
    }

    /// Whether a person asked the job to stop, and it still could.
    var isCancelled: Bool { state.withLock { $0.isCancelled && !$0.isInterrupted } }

    /// A safe point: throws when somebody asked the job to stop.
    public func checkCancellation() throws {
        let (isCancelled, isInterrupted) = state.withLock { ($0.isCancelled, $0.isInterrupted) }
        if isInterrupted { throw CancellationError() }
        if isCancelled { throw JobCancelled() }
    }

    /// Marquee is stopping: even a final transaction must give up, and rolls back.
    func interrupt() {
        state.withLock { state in
            state.isInterrupted = true
            state.isCancelled = state.canCancel
        }
    }

    func checkInterruption() throws {
        if state.withLock({ $0.isInterrupted }) { throw CancellationError() }
    }

    /// The last safe point: from here on the job cannot be cancelled.
    func beginFinalTransaction() throws {
        let (isCancelled, isInterrupted) = state.withLock { state in
            if !state.isCancelled { state.canCancel = false }
            return (state.isCancelled, state.isInterrupted)
        }
        if isInterrupted { throw CancellationError() }
        if isCancelled { throw JobCancelled() }
    }
}

/// Somebody asked the job to stop, and it did.
public struct JobCancelled: Error {}
