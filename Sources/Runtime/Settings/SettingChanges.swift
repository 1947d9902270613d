/// What somebody wants changed of what is stored, by the names of the environment variables.
public struct SettingChanges: Sendable {
    /// One key that cannot be changed so.
    public struct Problem: Sendable, Hashable {
        public var key: String
        /// What is wrong and what to do, without the key and without a full stop.
        public var sentence: String

        public init(key: String, sentence: String) {
            self.key = key
            self.sentence = sentence
        }
    }

    /// The new values; nil for what is to be stored no longer.
    public private(set) var values: [String: String?] = [:]
    public private(set) var problems: [Problem] = []
    private let section: SettingSection

    /// Reads the body of a request: keys in snake_case as in the configuration file; a further instance is an object.
    ///
    /// `null` takes a key away, and for a name of an instance everything of it.
    public init(_ section: SettingSection, json: [UInt8], stored: some Sequence<String>) {
        self.section = section
        let members: [ConfigurationJSON.Member]
        do throws(ConfigurationJSON.Malformed) {
            guard case .object(let found) = try ConfigurationJSON(json) else {
                problems.append(Problem(key: "body", sentence: "is not a JSON object"))
                return
            }
            members = found
        } catch {
            problems.append(Problem(key: "body", sentence: "is not JSON: line \(error.line), column \(error.column)"))
            return
        }
        for member in members {
            switch (section, member.value) {
            case (.service, .object(let inner)):
                for one in inner { take(one.name, one.value, instance: member.name) }
            case (.service, .null) where !isKey(member.name, ServiceInstance.defaultName):
                remove(instance: member.name, stored: stored)
            default: take(member.name, member.value, instance: ServiceInstance.defaultName)
            }
        }
    }

    /// Reads the fields of a form; an empty one takes its key away, but an empty secret leaves it as it is.
    public init(_ section: SettingSection, instance: String, fields: [(key: String, text: String)]) {
        self.section = section
        for (key, text) in fields {
            guard let facts = facts(key, instance) else { continue }
            if text.isEmpty && facts.isSecret { continue }
            take(key, text.isEmpty ? .null : .text(text), instance: instance)
        }
    }

    /// Takes a whole instance away.
    public init(removing instance: String, of section: SettingSection, stored: some Sequence<String>) {
        self.section = section
        remove(instance: instance, stored: stored)
    }

    /// What the changed names are.
    public private(set) var facts: [SettingFacts] = []

    /// The new values that are secrets.
    public var secrets: [String] {
        facts.filter(\.isSecret).compactMap { values[$0.name] ?? nil }
    }

    /// Whether the address or the credentials of an instance change.
    public func reaches(_ instance: String) -> Bool {
        values.keys.contains { name in
            guard case .service(let service) = section else { return false }
            let one = splitInstanceName(name, service)?.instance ?? ServiceInstance.defaultName
            return one == instance && !name.hasSuffix("_PUBLIC_BASE_URL") && !name.hasSuffix("_VARIANT")
        }
    }

    /// Without what already stands so: a form sends all its fields.
    public func leavingOut(unchangedFrom reports: [SettingReport]) -> SettingChanges {
        var changes = self
        for report in reports where !report.isSecret && report.source != .builtIn {
            if changes.values[report.name] == .some(report.display) { changes.values[report.name] = nil }
        }
        return changes
    }

    /// How the sender called a setting.
    public func key(of name: String) -> String {
        guard case .service(let service) = section else { return section.key(of: name) }
        let (instance, rest) = splitInstanceName(name, service) ?? (ServiceInstance.defaultName, "")
        return rest.isEmpty ? section.key(of: name) : "\(instance).\(rest.lowercased())"
    }

    /// The problems of a configuration that these changes brought about.
    public func problems(in error: ConfigurationError) -> [Problem] {
        let changed = values.keys.sorted()
        return error.problems.filter { !Configuration.names(behind: $0, among: changed).isEmpty }.map {
            Problem(key: key(of: $0.key), sentence: $0.sentence)
        }
    }

    private func facts(_ key: String, _ instance: String) -> SettingFacts? {
        let known = section.facts(instance: instance)
        let name = settingName(key, start: section.start(instance: instance), known: known.map(\.name))
        return known.first { $0.name == name && key == key.lowercased() }
    }

    private func isKey(_ key: String, _ instance: String) -> Bool { facts(key, instance) != nil }

    private mutating func take(_ key: String, _ value: ConfigurationJSON, instance: String) {
        let shown = instance == ServiceInstance.defaultName ? key : "\(instance).\(key)"
        guard instance == ServiceInstance.defaultName || isInstanceName(instance) else {
            return fail(instance, "must be a name of lower-case letters, digits, - and _")
        }
        guard let facts = facts(key, instance) else { return fail(shown, "is not known here") }
        guard facts.reach == .everywhere else { return fail(shown, "is set by \(facts.name) or the file only") }
        self.facts.append(facts)
        switch value {
        case .null: values[facts.name] = .some(nil)
        case .text(let text), .number(let text): values[facts.name] = text
        case .boolean(let flag): values[facts.name] = flag ? "true" : "false"
        case .array(let elements):
            let texts = elements.compactMap { if case .text(let text) = $0, !text.contains(",") { text } else { nil } }
            guard texts.count == elements.count else { return fail(shown, "must be a list of texts without commas") }
            values[facts.name] = texts.isEmpty ? .some(nil) : texts.joined(separator: ",")
        case .object: fail(shown, "must not be an object")
        }
    }

    private mutating func remove(instance: String, stored: some Sequence<String>) {
        guard instance == ServiceInstance.defaultName || isInstanceName(instance) else {
            return fail(instance, "must be a name of lower-case letters, digits, - and _")
        }
        let known = section.facts(instance: instance)
        for name in stored {
            guard let facts = known.first(where: { $0.name == name }) else { continue }
            self.facts.append(facts)
            values[name] = .some(nil)
        }
    }

    private mutating func fail(_ key: String, _ sentence: String) {
        problems.append(Problem(key: key, sentence: sentence))
    }
}
