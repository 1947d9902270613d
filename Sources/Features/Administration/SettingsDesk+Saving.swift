import Changes
import Cryptography
import Database
import Media
public import Settings
import Store

/// Why changes were not saved: each field with what is wrong.
public struct InvalidSettings: Error, Sendable, Hashable {
    public var problems: [SettingChanges.Problem]
}

extension SettingsDesk {
    /// The changes without those that change nothing.
    ///
    /// - Throws: `DatabaseError`, `ConfigurationError`.
    public func real(_ changes: SettingChanges) async throws -> SettingChanges {
        changes.leavingOut(unchangedFrom: try await configuration().sources)
    }

    /// The names of everything stored.
    public func storedNames() async throws -> [String] { try await store.read { try $0.settings().map(\.name) } }

    /// Checks what would hold with these changes, without saving them.
    ///
    /// - Throws: `InvalidSettings`, `DatabaseError`.
    public func configuration(with changes: SettingChanges) async throws -> Configuration {
        let records = try await store.read { try $0.settings() }
        return try checked(changes, opened(records))
    }

    /// Saves changes, all or none, with a line in the audit log for each.
    ///
    /// - Returns: what holds from now on; other replicas are told.
    /// - Throws: `InvalidSettings`, `DatabaseError`.
    @discardableResult
    public func save(_ changes: SettingChanges, by who: String, address: String?) async throws -> Configuration {
        let configuration = try await configuration(with: changes)
        let facts = Dictionary(
            changes.facts.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        try await store.write { tx in
            let before = opened(try tx.raw.settings()).values
            for (name, value) in changes.values.sorted(by: { $0.key < $1.key }) where before[name] != value {
                let isSecret = facts[name]?.isSecret ?? true
                try tx.record(
                    AuditEntry(
                        at: tx.now, who: who, address: address, action: "setting_changed", object: name,
                        before: shown(before[name], isSecret), after: shown(value, isSecret)))
                try save(name, value, isSecret: isSecret, by: who, tx)
            }
            try tx.emit(.settings)
        }
        return configuration
    }

    private func save(
        _ name: String, _ value: String?, isSecret: Bool, by who: String, _ tx: StoreTransaction
    ) throws {
        guard let value else { return try tx.removeSetting(name) }
        let content: StoredSetting.Content =
            isSecret ? .sealed(key.seal(value, for: Self.place(name))) : .plain(value)
        try tx.save(StoredSetting(name: name, content: content, savedAt: tx.now, savedBy: who))
    }

    private func shown(_ value: String?, _ isSecret: Bool) -> String? {
        guard isSecret else { return value }
        return value == nil ? nil : "set"
    }

    private func checked(_ changes: SettingChanges, _ stored: OpenedSettings) throws -> Configuration {
        var problems = changes.problems
        var values = stored.values
        for (name, value) in changes.values { values[name] = value }
        let current = try configuration(of: stored)
        problems += overridden(changes, current) + misdirected(changes, current)
        for value in changes.secrets { redact(value) }
        do {
            let configuration = try Configuration.load(
                environment: environment, stored: values, surroundings: surroundings)
            if problems.isEmpty { return configuration }
        } catch {
            problems += changes.problems(in: error)
        }
        if !problems.isEmpty { throw InvalidSettings(problems: problems) }
        // What else is stored and cannot be used is no fault of these changes.
        var opened = stored
        opened.values = values
        return try configuration(of: opened)
    }

    /// A variable wins over what is stored: saving under it would look like nothing happened.
    private func overridden(_ changes: SettingChanges, _ current: Configuration) -> [SettingChanges.Problem] {
        current.sources.filter { $0.source == .environment && changes.values.keys.contains($0.name) }.map {
            SettingChanges.Problem(
                key: changes.key(of: $0.name),
                sentence: "is set by the environment variable \($0.name); change it there")
        }
    }

    /// A secret goes to the address it was given for and to no other: a stolen session must not lead it elsewhere.
    private func misdirected(_ changes: SettingChanges, _ current: Configuration) -> [SettingChanges.Problem] {
        let set = current.sources.filter { $0.source != .builtIn }
        return changes.values.keys.sorted().compactMap { name in
            guard let url = changes.values[name] ?? nil, name.hasSuffix("_URL"), !name.hasSuffix("_PUBLIC_BASE_URL"),
                set.first(where: { $0.name == name })?.display != url
            else { return nil }
            let start = name.dropLast("URL".count)
            let held = set.first {
                $0.isSecret && $0.name.hasPrefix(start) && !$0.name.dropFirst(start.count).hasPrefix("_")
            }
            guard let held, changes.values[held.name] == nil else { return nil }
            return SettingChanges.Problem(
                key: changes.key(of: held.name),
                sentence: "is needed again: a secret is only sent to the address it was entered for")
        }
    }
}
