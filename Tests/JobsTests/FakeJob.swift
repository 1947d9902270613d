import Changes
import Database
import Glibc
import Jobs
import Media
import Observability
import Store
import Synchronization
import TestSupport

/// A job of `subjects` numbers, each planned as one line and applied as one counter; it stops where a test wants.
struct FakeJob: PlannedJob {
    enum Place: Hashable, Sendable {
        case gather, plan, apply, finish
    }

    struct Failure: Error, Equatable {}

    struct Report: JobReport {
        var planned = 0
        var applied = 0
        var isPartial = false

        init() {}

        init(json: String) throws {
            let numbers = json.split(whereSeparator: { !"0123456789".contains($0) }).compactMap { Int($0) }
            guard numbers.count == 2 else { throw Failure() }
            (planned, applied) = (numbers[0], numbers[1])
        }

        var json: String { "{\"planned\":\(planned),\"applied\":\(applied)}" }
        var counts: String { json }
    }

    struct Applier: PlanApplier {
        let job: FakeJob
        var change = PlannedChange()
        var done = 0

        mutating func apply(upTo limit: Int, after position: PlanPosition, in tx: StoreTransaction) throws
            -> AppliedBatch?
        {
            try job.come(to: .apply)
            var count = 0
            let last = try tx.raw.planLines(of: job.plan.withLock { $0 }, after: position, limit: limit, into: &change)
            { _, _ in
                count += 1
            }
            done += count
            try tx.raw.setCounter("fake", to: Int64(done))
            return last.map { AppliedBatch(last: $0, lines: count, bytes: 0) }
        }

        mutating func finish(_ report: inout Report, in tx: StoreTransaction) throws {
            try job.come(to: .finish)
            report.applied = done
        }
    }

    var subjects = 3
    /// Called at each place, on the job's own thread.
    var at: @Sendable (Place) throws -> Void = { _ in }
    /// Where the job waits until it is interrupted, and then goes on.
    var waitsForStop: (place: Place, arrived: AsyncStream<Void>.Continuation)?
    let plan = Shared()
    private let progress = Watched()

    /// The progress of the run, for a job that waits for its interruption.
    private final class Watched: Sendable {
        private let held = Mutex<Progress?>(nil)

        func set(_ progress: Progress) { held.withLock { $0 = progress } }

        /// Gives up after twenty seconds.
        func waitForInterruption() {
            for _ in 0..<20_000 {
                do { try held.withLock { $0 }?.checkCancellation() } catch is CancellationError { return } catch {}
                usleep(1_000)
            }
        }
    }

    /// The plan an applier was made for.
    final class Shared: Sendable {
        private let value = Mutex<Int64>(0)

        func withLock<R: Sendable>(_ body: (inout sending Int64) throws -> sending R) rethrows -> R {
            try value.withLock(body)
        }
    }

    func come(to place: Place) throws {
        if let waitsForStop, waitsForStop.place == place {
            waitsForStop.arrived.finish()
            progress.waitForInterruption()
        }
        try at(place)
    }

    func gather(_ progress: Progress) async throws -> Int {
        self.progress.set(progress)
        try come(to: .gather)
        progress.report("gather", done: subjects, total: subjects)
        return subjects
    }

    func known(in store: Store, beside held: Int) async throws -> KnownBatches<Int> {
        var rest: [Int]? = Array(0..<held)
        return KnownBatches {
            defer { rest = nil }
            return rest
        }
    }

    func plan(_ known: Int, beside held: Int, into plan: inout PlanLines, report: inout Report) throws {
        try come(to: .plan)
        plan.append { $0.record.put(PlannedChange.Slot.action, PlanAction.add.rawValue) }
        report.planned += 1
    }

    func report(of held: Int) -> Report { Report() }

    func planned(_ report: Report, held: Int) -> @Sendable (StoreTransaction, JobLease) throws -> Void { { _, _ in } }

    func applier(for plan: Int64, lease: JobLease, in tx: StoreTransaction) throws -> any PlanApplier<Report> {
        self.plan.withLock { $0 = plan }
        return Applier(job: self)
    }

    func applied(_ report: Report, lease: JobLease, store: Store) async {}
}

/// Jobs over an empty database.
struct JobsBench: Sendable {
    let store: Store
    let jobs: Jobs
    let clock: Clock

    final class Clock: Sendable {
        private let value = Mutex(Timestamp(milliseconds: 1_700_000_000_000))

        var now: Timestamp { value.withLock { $0 } }
        func advance(_ duration: Duration) { value.withLock { $0 = $0.advanced(by: duration) } }
    }

    static func with(_ backend: Backend, _ body: (JobsBench) async throws -> Void) async throws {
        try await TestDatabase.with(backend, Schema.migrations) { database in
            let clock = Clock()
            let store = Store(database, changes: Changes()) { clock.now }
            let jobs = Jobs(store, owner: "me", log: Logger("test", sink: LogSink(level: .error, write: { _ in })))
            try await body(JobsBench(store: store, jobs: jobs, clock: clock))
            await jobs.stop()
        }
    }

    static func new(isDryRun: Bool = false, planOf: Int64? = nil, lane: String? = "sync") -> NewJob {
        NewJob(kind: "library_sync", isDryRun: isDryRun, startedBy: "tester", lane: lane, planOf: planOf)
    }

    func run(_ job: FakeJob, isDryRun: Bool = false, planOf: Int64? = nil) async throws -> JobRecord? {
        let id = try await jobs.start(Self.new(isDryRun: isDryRun, planOf: planOf), job)
        return try await jobs.wait(for: id)
    }

    /// What the last apply wrote; nil when none did.
    func applied() async throws -> Int64? { try await store.read { try $0.counter("fake") } }
}

/// Holds a job's own thread at one place until a test lets it go; gives up after twenty seconds.
final class Gate: Sendable {
    private let isOpen = Mutex(false)
    private let arrivals = AsyncStream.makeStream(of: Void.self)

    func open() { isOpen.withLock { $0 = true } }

    func stopHere() {
        arrivals.continuation.finish()
        for _ in 0..<20_000 where !isOpen.withLock({ $0 }) { usleep(1_000) }
    }

    func reached() async { for await _ in arrivals.stream {} }
}
