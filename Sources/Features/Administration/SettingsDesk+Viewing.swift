import Database
public import Media
public import Settings
import Store

/// One setting as it stands, for the API and the Settings page; a secret's value is never in it.
public struct SettingState: Sendable, Hashable {
    /// The environment variable.
    public var name: String
    /// Within its section: `log_level`.
    public var key: String
    /// As set, or the default; nil for a secret and for what is not set.
    public var value: String?
    public var source: SettingSource
    public var isSecret: Bool
    /// Whether anything but the default holds.
    public var isSet: Bool
    /// When and by whom it was stored; nil for what is not stored.
    public var savedAt: Timestamp?
    public var savedBy: String?
    /// Whether the Settings page can change it.
    public var isEditable: Bool
    public var rule: String
    /// The values there are to choose from; empty where any text may do.
    public var choices: [String]
    public var meaning: String
    /// In Markdown.
    public var fallback: String
    /// The chapter that owns it, for grouping.
    public var owner: String
}

/// One service instance, or Marquee itself, with its settings.
public struct SettingGroup: Sendable, Hashable {
    /// `default`, or the name of a further instance.
    public var instance: String
    public var settings: [SettingState]

    public subscript(key: String) -> SettingState? { settings.first { $0.key == key } }
}

extension SettingGroup {
    /// An instance that does not exist yet: nothing of it is set.
    public init(new instance: String, of section: SettingSection) {
        self.instance = instance
        settings = section.facts(instance: instance).map { facts in
            SettingState(facts, key: section.key(of: facts.name, instance: instance), source: .builtIn)
        }
    }
}

extension SettingState {
    init(_ facts: SettingFacts, key: String, source: SettingSource) {
        self.init(
            name: facts.name, key: key, value: nil, source: source, isSecret: facts.isSecret, isSet: false,
            savedAt: nil, savedBy: nil, isEditable: facts.reach == .everywhere && source != .environment,
            rule: facts.rule, choices: facts.choices, meaning: facts.meaning, fallback: facts.fallbackText,
            owner: facts.owner)
    }
}

extension SettingsDesk {
    /// The settings of a section as they stand: one group, or one for each instance of a service.
    ///
    /// - Throws: `DatabaseError`, `ConfigurationError`.
    public func groups(of section: SettingSection) async throws -> [SettingGroup] {
        let records = try await store.read { try $0.settings() }
        let configuration = try configuration(of: opened(records))
        let reports = Dictionary(configuration.sources.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        let stored = Dictionary(records.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        return instances(of: section, configuration, records.map(\.name)).map { instance in
            SettingGroup(
                instance: instance,
                settings: section.facts(instance: instance).map { facts in
                    state(facts, key: section.key(of: facts.name, instance: instance), reports, stored[facts.name])
                })
        }
    }

    private func instances(
        of section: SettingSection, _ configuration: Configuration, _ stored: [String]
    ) -> [String] {
        guard case .service(let service) = section else { return [ServiceInstance.defaultName] }
        let set = configuration.sources.filter { $0.source != .builtIn }.map(\.name)
        return section.instances(among: set + stored, configured: configuration.instances(of: service).map(\.instance))
    }

    private func state(
        _ facts: SettingFacts, key: String, _ reports: [String: SettingReport], _ stored: StoredSetting?
    ) -> SettingState {
        let report = reports[facts.name]
        let source = report?.source ?? .builtIn
        var state = SettingState(facts, key: key, source: source)
        state.isSet = source != .builtIn || stored != nil
        state.value = facts.isSecret || !state.isSet ? nil : report?.display
        state.savedAt = stored?.savedAt
        state.savedBy = stored?.savedBy
        return state
    }
}
