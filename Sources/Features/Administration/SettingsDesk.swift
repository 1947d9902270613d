import Changes
public import Cryptography
import Database
import Media
public import Settings
public import Store

/// Where settings are looked up and changed while Marquee runs (operations.md §1).
///
/// What holds is read anew each time: defaults, file, what is stored, environment.
public struct SettingsDesk: Sendable {
    let store: Store
    let key: SealingKey
    let environment: [String: String]
    let surroundings: Surroundings?
    /// Told of every secret that is loaded, before anything else is done with it.
    let redact: @Sendable (String) -> Void

    public init(
        _ store: Store, key: SealingKey, environment: [String: String], surroundings: Surroundings? = nil,
        redact: @escaping @Sendable (String) -> Void
    ) {
        self.store = store
        self.key = key
        self.environment = environment
        self.surroundings = surroundings
        self.redact = redact
    }

    /// What holds now.
    ///
    /// Stored values that cannot be used are left out, each with a warning.
    /// - Throws: `ConfigurationError` for the file and the environment, `DatabaseError`.
    public func configuration() async throws -> Configuration {
        let records = try await store.read { try $0.settings() }
        return try configuration(of: opened(records))
    }

    /// What holds with these records, for who has no desk: nothing is written, and nobody is told of secrets.
    ///
    /// - Throws: the problems of the file and the environment.
    public static func configuration(
        of records: [StoredSetting], key: SealingKey, environment: [String: String]
    ) throws(ConfigurationError) -> Configuration {
        try configuration(of: opened(records, key), environment: environment, nil)
    }

    func configuration(of stored: OpenedSettings) throws(ConfigurationError) -> Configuration {
        for secret in stored.secrets { redact(secret) }
        let configuration = try Self.configuration(of: stored, environment: environment, surroundings)
        for secret in configuration.secrets { redact(secret) }
        return configuration
    }

    private static func configuration(
        of stored: OpenedSettings, environment: [String: String], _ surroundings: Surroundings?
    ) throws(ConfigurationError) -> Configuration {
        var configuration = try Configuration.loadLeniently(
            environment: environment, stored: stored.values, surroundings: surroundings)
        configuration.warnings += stored.unreadable.map {
            "The stored value of \($0) was sealed with another key and is not used: enter it again on the Settings page, "
                + "and give every replica the same MARQUEE_KEY_FILE."
        }
        return configuration
    }

    func opened(_ records: [StoredSetting]) -> OpenedSettings { Self.opened(records, key) }

    private static func opened(_ records: [StoredSetting], _ key: SealingKey) -> OpenedSettings {
        var opened = OpenedSettings()
        for record in records {
            switch record.content {
            case .plain(let text): opened.values[record.name] = text
            case .sealed(let bytes):
                if let text = key.open(bytes, for: place(record.name)) {
                    opened.values[record.name] = text
                    opened.secrets.append(text)
                } else {
                    opened.unreadable.append(record.name)
                }
            }
        }
        return opened
    }

    /// Row and column, so that a sealed value opens nowhere else.
    static func place(_ name: String) -> String { "settings|\(name)|sealed" }
}

/// What is stored, as far as our key opens it.
struct OpenedSettings: Sendable {
    var values: [String: String] = [:]
    var secrets: [String] = []
    var unreadable: [String] = []
}
