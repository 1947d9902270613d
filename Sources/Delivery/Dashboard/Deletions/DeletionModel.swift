/// A deletion as pages show it: what goes, who wanted it, and what each service has come to.
public struct DeletionModel: Sendable {
    /// Where one target stands; `unknown` only in plans.
    public enum Step: String, Sendable, CaseIterable {
        case pending, acknowledged, confirmed, verified, failed, skipped, unknown
        case notNeeded = "not_needed"
        case notApplicable = "not_applicable"

        /// Whether the deletion still waits for it.
        var isOpen: Bool { self == .pending || self == .acknowledged || self == .confirmed }
    }

    /// Where the whole stands.
    public enum Status: String, Sendable, CaseIterable {
        /// Made elsewhere; waits for somebody's answer.
        case asked
        case inProgress = "in_progress"
        case complete, incomplete, accepted, withdrawn
    }

    /// Who began it.
    public enum Source: String, Sendable, CaseIterable {
        case dashboard, sonarr, radarr, jellyfin, shoko, external
    }

    /// What can be done with it as it stands.
    public enum Action: String, Sendable, CaseIterable {
        case retry
        case includeSkipped = "include_skipped"
        case acceptLeftovers = "accept_leftovers"
        case propagate, record, dismiss
    }

    /// One service, or one instance of it.
    public struct Outcome: Sendable {
        public var service: String
        public var instance: String?
        public var status: Step
        public var details: String?
        public var error: String?

        public init(service: String, instance: String? = nil, status: Step) {
            self.service = service
            self.instance = instance
            self.status = status
        }
    }

    /// One line of its course.
    public struct Event: Sendable {
        public var at: Int64
        public var outcome: Outcome
        public var target: String

        public init(at: Int64, outcome: Outcome, target: String) {
            self.at = at
            self.outcome = outcome
            self.target = target
        }
    }

    public var id: Int64
    /// The request it is shown with, while there is one.
    public var request: Int64?
    public var title: String
    public var year: Int64?
    public var kind: MediaLabel.Kind
    public var source: Source
    public var by: String
    public var deletesFiles = false
    public var status: Status
    /// Unix milliseconds, as all times here.
    public var startedAt: Int64
    public var endedAt: Int64?
    public var freedBytes: Int64?
    public var leftBehind: [String] = []
    /// One for each service and instance, in the order in which they are called.
    public var services: [Outcome] = []
    /// Oldest first.
    public var events: [Event] = []
    public var actions: [Action] = []
    public var version: Int64 = 0

    public init(
        id: Int64, title: String, kind: MediaLabel.Kind, source: Source, by: String, status: Status, startedAt: Int64
    ) {
        self.id = id
        self.title = title
        self.kind = kind
        self.source = source
        self.by = by
        self.status = status
        self.startedAt = startedAt
    }
}
