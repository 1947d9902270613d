import Administration
import Changes
import Cryptography
import Database
import Media
import Settings
import Store
import Synchronization
import TestSupport
import Testing

/// A desk over an empty database; what it redacts is remembered.
struct Desk: Sendable {
    let store: Store
    let redacted: Redacted
    private let key: SealingKey

    final class Redacted: Sendable {
        private let list = Mutex<Set<String>>([])
        func add(_ secret: String) { _ = list.withLock { $0.insert(secret) } }
        var all: Set<String> { list.withLock { $0 } }
    }

    static let now = Timestamp(milliseconds: 1_700_000_000_000)

    static func with(_ backend: Backend, _ body: (Desk) async throws -> Void) async throws {
        try await TestDatabase.with(backend, Schema.migrations) { database in
            let store = Store(database, changes: Changes()) { now }
            let key = try #require(SealingKey(bytes: Array(0..<32)))
            try await body(Desk(store: store, redacted: Redacted(), key: key))
        }
    }

    func desk(_ environment: [String: String] = [:], key other: SealingKey? = nil) -> SettingsDesk {
        SettingsDesk(
            store, key: other ?? key, environment: environment, surroundings: Surroundings()
        ) { [redacted] in redacted.add($0) }
    }

    func save(_ section: SettingSection, _ json: String, _ environment: [String: String] = [:]) async throws {
        let desk = desk(environment)
        let changes = SettingChanges(section, json: Array(json.utf8), stored: try await desk.storedNames())
        try await desk.save(changes, by: "ada", address: "192.0.2.1")
    }

    /// The fields that a try to save is refused for.
    func refused(
        _ section: SettingSection, _ json: String, _ environment: [String: String] = [:]
    ) async throws -> [String] {
        do {
            try await save(section, json, environment)
            return []
        } catch let invalid as InvalidSettings {
            return invalid.problems.map(\.key)
        }
    }
}
