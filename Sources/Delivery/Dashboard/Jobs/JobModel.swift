/// One job as pages show it.
public struct JobModel: Sendable {
    /// What it does.
    public enum Kind: String, Sendable, CaseIterable {
        case librarySync = "library_sync"
        case metadataUpdate = "metadata_update"
        case pendingSync = "pending_sync"
    }

    /// The states of architecture.md §5.
    public enum State: String, Sendable, CaseIterable {
        case queued, running, succeeded, partial, failed, cancelled, interrupted

        /// Whether nothing more will happen.
        public var isFinal: Bool { self != .queued && self != .running }
    }

    /// The steps of a planned job in order, and the one step of taking it back.
    public enum Phase: String, Sendable, CaseIterable { case gather, match, plan, apply, undo }

    /// A number so far.
    public enum Counter: String, Sendable, CaseIterable {
        case scanned, added, updated, skipped, errors, conflicts, drift, stale
        case becameAvailable = "became_available"
    }

    public var id: Int64
    public var kind: Kind
    public var state: State
    public var isDryRun: Bool
    /// A name, a schedule or "CLI"; shown as it is.
    public var startedBy: String
    /// Unix milliseconds, like every time here.
    public var createdAt: Int64
    public var startedAt: Int64?
    public var finishedAt: Int64?
    public var phase: Phase?
    public var done: Int64 = 0
    /// Unknown until a source has named it.
    public var total: Int64?
    /// Items a second.
    public var rate: Double?
    public var etaSeconds: Int64?
    /// In the order to be shown.
    public var counters: [(counter: Counter, value: Int64)] = []
    public var canCancel = false
    public var canUndo = false
    /// The job this one takes back.
    public var undoOf: Int64?
    /// The dry run this one applies.
    public var planOf: Int64?
    /// The sentence of the failure.
    public var error: String?
    /// The event id this state was read at; older patches are ignored.
    public var version: Int64 = 0

    public init(
        id: Int64, kind: Kind, state: State, isDryRun: Bool, startedBy: String, createdAt: Int64
    ) {
        self.id = id
        self.kind = kind
        self.state = state
        self.isDryRun = isDryRun
        self.startedBy = startedBy
        self.createdAt = createdAt
    }

    /// The steps this job goes through; matching is shown only by jobs that report it.
    var phases: [Phase] {
        if undoOf != nil { return [.undo] }
        if planOf != nil { return [.apply] }
        let all: [Phase] = phase == .match ? [.gather, .match, .plan, .apply] : [.gather, .plan, .apply]
        return isDryRun ? all.dropLast() : all
    }

    /// Percent of the current step; nil while its size is unknown.
    var percent: Int64? {
        total.map { NumberText.percent(done: done, of: $0) }
    }
}
