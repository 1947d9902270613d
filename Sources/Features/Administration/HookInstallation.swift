public import Settings

/// Which webhook is to be installed, and where it shall go.
public struct HookOrder: Sendable {
    public var instance: ServiceInstance
    /// Marquee's address as the service reaches it, without a slash at the end.
    public var base: String

    public init(instance: ServiceInstance, base: String) {
        self.instance = instance
        self.base = base
    }

    /// The hook's address.
    public var url: String { url(as: instance.service.rawValue) }

    /// How people write the instance.
    var title: String {
        let title = instance.service.title
        return instance.instance == ServiceInstance.defaultName ? title : "\(title) \(instance.instance)"
    }

    /// The hook's address under each name that Marquee answers to.
    var urls: [String] {
        let names = [instance.service.rawValue] + (instance.service == .jellyseerr ? ["seerr", "overseerr"] : [])
        return names.map { url(as: $0) }
    }

    private func url(as name: String) -> String {
        let suffix = instance.instance == ServiceInstance.defaultName ? "" : "/" + instance.instance
        return "\(base)/hooks/\(name)\(suffix)"
    }
}

/// What came of installing a webhook, or of asking what installing would change.
public struct HookInstallation: Sendable, Hashable {
    public enum Result: String, Sendable, Hashable, CaseIterable {
        /// Nothing was changed yet: `changes` tells what would be.
        case planned
        /// There was none; ours is there now.
        case installed
        /// Ours was there and is changed.
        case updated
        /// Its place is another program's, which is never replaced.
        case foreign
        /// The service could not be reached, or would not have it; nothing was changed.
        case refused
    }

    public var result: Result
    /// Whether Marquee has heard the service's own test with the new secret.
    public var isTested = false
    /// What is changed in the service, a sentence each.
    public var changes: [String] = []
    /// What happened, and what to do.
    public var sentence: String

    public init(_ result: Result, changes: [String] = [], sentence: String) {
        self.result = result
        self.changes = changes
        self.sentence = sentence
    }
}
