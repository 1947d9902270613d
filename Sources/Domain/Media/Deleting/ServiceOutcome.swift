/// What a deletion came to in one instance of a service: its targets taken together.
public struct ServiceOutcome: Sendable, Hashable {
    public var service: DeletionService
    public var instance: String?
    public var status: StepStatus
    public var details: String?
    public var error: String?
    public var targets: Int

    /// What somebody can do about it; names of buttons.
    public var actions: [String] {
        switch status {
        case .failed: ["retry", "open_\(service.rawValue)"]
        case .pending, .acknowledged, .confirmed, .verified, .skipped, .notNeeded, .notApplicable: []
        }
    }

    /// One for each instance; services without any step are not applicable, so that every service appears.
    public static func all(_ steps: [DeletionStep]) -> [ServiceOutcome] {
        let newest = steps.newest
        return DeletionService.allCases.flatMap { service in
            let own = newest.filter { $0.service == service }
            var instances: [String?] = []
            for step in own where !instances.contains(step.instance) { instances.append(step.instance) }
            // What a whole service was thought to be stands back behind what its instances came to.
            if instances.count > 1 { instances.removeAll { $0 == nil } }
            if instances.isEmpty {
                return [ServiceOutcome(service: service, instance: nil, status: .notApplicable, targets: 0)]
            }
            return instances.map { instance in ServiceOutcome(service, instance, own.filter { $0.instance == instance })
            }
        }
    }

    private init(service: DeletionService, instance: String?, status: StepStatus, targets: Int) {
        self.service = service
        self.instance = instance
        self.status = status
        self.targets = targets
    }

    private init(_ service: DeletionService, _ instance: String?, _ steps: [DeletionStep]) {
        self.init(
            service: service, instance: instance, status: Self.together(steps.map(\.status)), targets: steps.count)
        details = Self.joined(steps.compactMap(\.details))
        error = Self.joined(steps.filter { $0.status == .failed }.compactMap(\.error))
    }

    /// The state that matters most: what is under way, then what failed, then what was done, then what was left.
    private static let order: [StepStatus] = [
        .pending, .acknowledged, .confirmed, .failed, .verified, .skipped, .notNeeded, .notApplicable,
    ]

    static func together(_ states: [StepStatus]) -> StepStatus {
        order.first { states.contains($0) } ?? .notApplicable
    }

    private static func joined(_ texts: [String]) -> String? {
        var seen: [String] = []
        for text in texts where !text.isEmpty && !seen.contains(text) { seen.append(text) }
        return seen.isEmpty ? nil : seen.joined(separator: "; ")
    }
}
