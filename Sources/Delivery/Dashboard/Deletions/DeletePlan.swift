/// What a deletion would do, as the dialog shows it before anybody says yes.
public struct DeletePlan: Sendable {
    /// One title of the plan.
    public struct Item: Sendable {
        public var title: String
        public var year: Int64?
        public var kind: MediaLabel.Kind
        /// One for each service and target, the untouched ones too.
        public var services: [DeletionModel.Outcome] = []
        public var warnings: [String] = []
        /// Why it cannot be carried out as it stands.
        public var refusal: String?
        public var bytes: Int64?
        public var cannotUndo: [String] = []

        public init(title: String, kind: MediaLabel.Kind) {
            self.title = title
            self.kind = kind
        }

        var hasUnknown: Bool { services.contains { $0.status == .unknown } }
    }

    /// What becomes of the torrents.
    public enum Torrents: String, Sendable, CaseIterable { case auto, keep, remove }

    /// The requests it was made for.
    public var requests: [Int64]
    public var planID: String
    public var items: [Item]
    public var deletesFiles = false
    public var torrents = Torrents.auto
    public var addsExclusion = false
    /// Whether services are called at all.
    public var isEnabled = true
    /// Of files that would go; nil where no service told.
    public var bytes: Int64?
    /// What has to be typed; nil for nothing.
    public var confirmCount: Int64?
    /// Deletions under way already, by request.
    public var busy: [(request: Int64, log: Int64)] = []
    public var unknownIDs: [Int64] = []

    public init(requests: [Int64], planID: String, items: [Item]) {
        self.requests = requests
        self.planID = planID
        self.items = items
    }

    var hasUnknown: Bool { items.contains(where: \.hasUnknown) }
    var canRun: Bool { !items.isEmpty && !items.contains { $0.refusal != nil } }
}
