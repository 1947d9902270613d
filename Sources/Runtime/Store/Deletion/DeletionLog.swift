import Database
public import Media

/// One row of `deletion_logs` with its steps.
public struct DeletionLog: Sendable {
    public var id: Int64
    /// The job that carries it out; nil for one that was only recorded.
    public var job: Int64?
    public var status: DeletionStatus
    public var phase: DeletionPhase
    public var source: DeletionSource
    public var user: String?
    public var userName: String
    public var title: String
    public var year: Int64?
    public var mediaType: MediaType
    public var variant: Variant?
    public var isAnime: Bool?
    public var posterURL: String?
    public var tmdb: Int64?
    public var tvdb: Int64?
    public var imdb: String?
    /// The rows that end in this log.
    public var requests: [Int64]
    public var options: DeletionOptions
    /// The plan as it was frozen, in the words of the feature; JSON.
    public var plan: String
    public var planHash: String
    public var undo: UndoOutlook
    public var initiatedAt: Timestamp
    public var completedAt: Timestamp?
    public var freedBytes: Int64?
    /// Files that were seen on disk after everything was done.
    public var leftBehind: [String]
    /// When it is looked at next; nil when nothing is due.
    public var dueAt: Timestamp?
    /// When the last call of the execution returned.
    public var calledAt: Timestamp?
    /// How many times it was looked at since.
    public var reads: Int64
    public var undoneBy: Int64?
    /// Oldest first.
    public var steps: [DeletionStep]

    public var services: [ServiceOutcome] { ServiceOutcome.all(steps) }
}

extension DeletionLog {
    /// What `retry` takes as the log stands.
    public var actions: [String] {
        if phase == .asked { return [DeletionAnswer.propagate, .record, .dismiss].map(\.rawValue) }
        guard phase == .done, status == .incomplete || status == .complete else { return [] }
        let states = steps.newest
        var actions: [String] = []
        if status == .incomplete { actions = ["retry", "accept_leftovers"] }
        if states.contains(where: { $0.status == .skipped && Self.mayBeDoneLater.contains($0.details ?? "") }) {
            actions.append("include_skipped")
        }
        return actions
    }

    /// Why a step was skipped that could still be called.
    public static let recordedOnly = "Recorded only"
    public static let syncDisabled = "Deletion sync is disabled"
    static let mayBeDoneLater: Set<String> = [recordedOnly, syncDisabled]
}
