/// A part of the settings, as the file, the API and the Settings page divide them.
public enum SettingSection: Sendable, Hashable {
    /// Marquee's own.
    case marquee
    case service(UpstreamService)

    public static let all: [SettingSection] = [.marquee] + UpstreamService.allCases.map { .service($0) }

    /// Reads `marquee`, or the name of a service.
    public init?(name: String) {
        if name == "marquee" {
            self = .marquee
        } else if let service = UpstreamService(section: name) {
            self = .service(service)
        } else {
            return nil
        }
    }

    public var name: String {
        switch self {
        case .marquee: "marquee"
        case .service(let service): service.rawValue
        }
    }

    /// What can be set in it, for one instance of a service.
    public func facts(instance: String = ServiceInstance.defaultName) -> [SettingFacts] {
        switch self {
        case .marquee: SettingCatalogue.own
        case .service(let service): ServiceSettings(service, instance: instance).facts
        }
    }

    /// How the names of its environment variables start.
    func start(instance: String) -> String {
        switch self {
        case .marquee: "MARQUEE_"
        case .service(let service): ServiceSettings.start(service, instance)
        }
    }

    /// The key of a setting within the section: `log_level`.
    public func key(of name: String, instance: String = ServiceInstance.defaultName) -> String {
        let start = start(instance: instance)
        return (name.hasPrefix(start) ? String(name.dropFirst(start.count)) : name).lowercased()
    }

    /// The instances of a service that have an address or anything set, `default` always first.
    public func instances(among names: [String], configured: [String]) -> [String] {
        guard case .service(let service) = self else { return [ServiceInstance.defaultName] }
        let named = names.compactMap { splitInstanceName($0, service)?.instance }
        let further = Set(named + configured).subtracting([ServiceInstance.defaultName])
        return [ServiceInstance.defaultName] + further.sorted()
    }
}
