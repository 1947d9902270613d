public import Media

/// What somebody asks to be deleted.
public struct DeletionOrder: Sendable, Hashable {
    public var requests: [Int64]
    public var options = DeletionOptions()
    /// The preview to carry out exactly; nil plans anew.
    public var planID: String?
    /// The number of items, typed in by hand.
    public var confirmCount: Int?

    public init(_ requests: [Int64]) { self.requests = requests }
}

/// Who asks.
public struct Deleter: Sendable, Hashable {
    public var id: String?
    public var name: String
    public var address: String?

    public init(id: String? = nil, name: String, address: String? = nil) {
        self.id = id
        self.name = name
        self.address = address
    }
}

/// What was begun.
public struct DeletionStart: Sendable, Hashable {
    public var job: Int64
    public var logs: [Int64]

    public init(job: Int64, logs: [Int64]) {
        self.job = job
        self.logs = logs
    }
}
