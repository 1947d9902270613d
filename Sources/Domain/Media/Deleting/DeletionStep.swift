/// One change of one target's state; the newest of a target is its state.
public struct DeletionStep: Sendable, Hashable {
    public var id: Int64
    public var service: DeletionService
    /// nil where no instance is configured, or none is meant.
    public var instance: String?
    /// The target within the service, such as `movie:52`; empty for the service as a whole.
    public var target: String
    public var status: StepStatus
    public var details: String?
    public var error: String?
    public var at: Timestamp

    public init(
        id: Int64 = 0, service: DeletionService, instance: String?, target: String, status: StepStatus,
        details: String? = nil, error: String? = nil, at: Timestamp
    ) {
        self.id = id
        self.service = service
        self.instance = instance
        self.target = target
        self.status = status
        self.details = details
        self.error = error
        self.at = at
    }

    /// What the step is about.
    public var key: Key { Key(service: service, instance: instance, target: target) }

    public struct Key: Sendable, Hashable, Codable {
        public var service: DeletionService
        public var instance: String?
        public var target: String

        public init(service: DeletionService, instance: String?, target: String) {
            self.service = service
            self.instance = instance
            self.target = target
        }
    }
}

extension [DeletionStep] {
    /// The state of every target, in the order in which the targets first appeared.
    public var newest: [DeletionStep] {
        var places: [DeletionStep.Key: Int] = [:]
        var newest: [DeletionStep] = []
        for step in self {
            if let place = places[step.key] {
                newest[place] = step
            } else {
                places[step.key] = newest.count
                newest.append(step)
            }
        }
        return newest
    }

    /// What the deletion as a whole has come to: anything open keeps it in progress, then any failure leaves it incomplete.
    public var status: DeletionStatus {
        let states = newest.map(\.status)
        if states.contains(where: \.isOpen) { return .inProgress }
        return states.contains(.failed) ? .incomplete : .complete
    }
}
