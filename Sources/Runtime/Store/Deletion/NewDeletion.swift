public import Media

/// What a log is begun with: the frozen plan and who asked for it.
public struct NewDeletion: Sendable {
    public var source: DeletionSource
    public var user: String?
    public var userName: String
    public var phase: DeletionPhase
    public var title: String
    public var year: Int64?
    public var mediaType: MediaType
    public var variant: Variant?
    public var isAnime: Bool?
    public var posterURL: String?
    public var tmdb: Int64?
    public var tvdb: Int64?
    public var imdb: String?
    public var requests: [Int64]
    public var options: DeletionOptions
    public var plan: String
    public var planHash: String
    public var undo: UndoOutlook
    /// The first state of every target.
    public var steps: [FirstStep]

    /// How a target begins.
    public struct FirstStep: Sendable {
        public var key: DeletionStep.Key
        public var status: StepStatus
        public var details: String?
        public var error: String?

        public init(_ key: DeletionStep.Key, _ status: StepStatus, details: String?, error: String?) {
            self.key = key
            self.status = status
            self.details = details
            self.error = error
        }
    }

    public init(
        source: DeletionSource, user: String?, userName: String, phase: DeletionPhase = .confirmed, title: String,
        mediaType: MediaType, requests: [Int64], options: DeletionOptions, plan: String, planHash: String,
        undo: UndoOutlook, steps: [FirstStep]
    ) {
        self.source = source
        self.user = user
        self.userName = userName
        self.phase = phase
        self.title = title
        self.mediaType = mediaType
        self.requests = requests
        self.options = options
        self.plan = plan
        self.planHash = planHash
        self.undo = undo
        self.steps = steps
    }
}

/// A row is under deletion already.
public struct DeletionUnderWay: Error, Sendable, CustomStringConvertible {
    public let request: Int64
    public let log: Int64

    public init(request: Int64, log: Int64) {
        self.request = request
        self.log = log
    }

    public var description: String { "Request \(request) is being deleted already: see deletion log \(log)." }
}

/// A row that should be deleted is not there, or is deleted already.
public struct NothingToDelete: Error, Sendable {
    public let request: Int64
}
