public import Media
public import Store

/// Work that is planned before it is done: gather, plan, then stop (a dry run) or apply exactly that plan.
///
/// `Jobs` runs any of these. Only `gather` talks to other services and only `apply` writes.
public protocol PlannedJob: Sendable {
    /// What the upstreams hold: a handle, not an array.
    associatedtype Holdings
    /// One subject to plan: something held, something stored, or both.
    associatedtype Known
    associatedtype Report: JobReport

    /// Reads the upstreams, streamed, without holding anything in the store.
    func gather(_ progress: Progress) async throws -> Holdings
    /// What the store knows beside what is held: every subject exactly once.
    func known(in store: Store, beside held: Holdings) async throws -> KnownBatches<Known>
    /// Decides one subject: pure. Lines go into `plan`, counts into `report`.
    func plan(
        _ known: Known, beside held: Holdings, into plan: inout PlanLines, report: inout Report) throws
    /// The report before the first subject.
    func report(of held: Holdings) -> Report
    /// What else a finished plan is worth keeping, in the transaction that marks it complete.
    func planned(
        _ report: Report, held: Holdings
    ) -> @Sendable (StoreTransaction, JobLease) throws -> Void
    /// Carries a stored plan out, batch by batch, inside the one transaction of the job.
    func applier(for plan: Int64, lease: JobLease, in tx: StoreTransaction) throws -> any PlanApplier<Report>
    /// Called once the transaction is durable; what it does can no longer fail the job.
    func applied(_ report: Report, lease: JobLease, store: Store) async
}

/// Applies the lines of a plan in their order.
public protocol PlanApplier<Report> {
    associatedtype Report
    /// Carries out at most `limit` lines after `position`; nil when there are none.
    mutating func apply(upTo limit: Int, after position: PlanPosition, in tx: StoreTransaction) throws -> AppliedBatch?
    /// Settles the counters, in the same transaction.
    mutating func finish(_ report: inout Report, in tx: StoreTransaction) throws
}

/// What a job has to say at its end.
public protocol JobReport: Sendable {
    init(json: String) throws
    var json: String { get }
    /// Whether some items or sources are missing from it: the job is then `partial`.
    var isPartial: Bool { get }
    /// Counters so far, for whoever watches; a JSON object of numbers.
    var counts: String { get }
}

/// The subjects of a plan, some hundreds at a time, so that no read of the store stays open.
public struct KnownBatches<Known> {
    private let pull: () async throws -> [Known]?

    public init(_ pull: @escaping () async throws -> [Known]?) { self.pull = pull }

    /// The next batch; nil at the end.
    public func next() async throws -> [Known]? { try await pull() }
}

/// The lines that planning one subject gave.
public struct PlanLines {
    public private(set) var changes: [PlannedChange] = [PlannedChange()]
    public private(set) var count = 0

    public init() {}

    public mutating func removeAll() { count = 0 }

    /// Appends a line that `fill` writes; its memory is reused from subject to subject.
    public mutating func append(_ fill: (inout PlannedChange) throws -> Void) rethrows {
        if count == changes.count { changes.append(PlannedChange()) }
        changes[count].record.removeAll()
        try fill(&changes[count])
        count += 1
    }

    /// Takes back the line just appended.
    public mutating func removeLast() { count -= 1 }
}
