/// The configuration file as a layer: the settings' names in snake_case, nested.
///
/// `{"marquee": {"log_level": "debug"}, "radarr": {"url": "…", "4k": {"url": "…"}}}`: a section per service and one for
/// Marquee's own settings; an object inside a service's section is a further instance.
struct ConfigurationFile {
    private(set) var values: [String: RawValue] = [:]
    private(set) var warnings: [String] = []
    private(set) var problems: [ConfigurationError.Problem] = []
    private let path: String

    init(path: String, bytes: [UInt8]) {
        self.path = path
        do throws(ConfigurationJSON.Malformed) {
            guard case .object(let sections) = try ConfigurationJSON(bytes) else {
                fail(path, "is not a JSON object")
                return
            }
            sections.forEach { read(section: $0) }
        } catch {
            fail(path, "is not JSON: line \(error.line), column \(error.column): \(error.what)")
        }
    }

    private mutating func read(section: ConfigurationJSON.Member) {
        if section.name == "$schema" { return }  // for editors
        let service = UpstreamService(section: section.name)
        guard service != nil || section.name == "marquee" else {
            let known = ["marquee"] + UpstreamService.allCases.flatMap { [$0.rawValue] + $0.aliases }
            return warnUnknown(section.name, nearest: nearestName(to: section.name, among: known))
        }
        guard case .object(let members) = section.value else {
            return fail(section.name, "must be an object")
        }
        for member in members {
            if let service, case .object(let inner) = member.value {
                read(instance: member.name, of: service, inner)
            } else if let service {
                read(member, in: section.name, start: service.environmentName + "_", ServiceSettings(service).facts)
            } else {
                read(
                    member, in: section.name, start: "MARQUEE_",
                    SettingCatalogue.own.filter { $0.reach != .environment })
            }
        }
    }

    private mutating func read(instance: String, of service: UpstreamService, _ members: [ConfigurationJSON.Member]) {
        let section = "\(service.rawValue).\(instance)"
        guard isInstanceName(instance), instance != ServiceInstance.defaultName else {
            return fail(section, "must be a name of lower-case letters, digits, - and _, other than default")
        }
        let settings = ServiceSettings(service, instance: instance)
        for member in members {
            read(member, in: section, start: ServiceSettings.start(service, instance), settings.facts)
        }
    }

    /// One value: kept under the name of its environment variable if that is known, else warned about.
    private mutating func read(
        _ member: ConfigurationJSON.Member, in section: String, start: String, _ facts: [SettingFacts]
    ) {
        let known = facts.flatMap(\.names)
        let name = settingName(member.name, start: start, known: known)
        let dotted = "\(section).\(member.name)"
        guard known.contains(name), member.name == member.name.lowercased() else {
            let keys = known.map { String($0.dropFirst(start.count)).lowercased() }
            let nearest = nearestName(to: member.name, among: keys)
            return warnUnknown(dotted, nearest: nearest.map { "\(section).\($0)" })
        }
        guard values[name] == nil else { return fail(dotted, "stands under two names of its service") }
        switch member.value {
        case .text(let text), .number(let text): values[name] = .text(text)
        case .boolean(let value): values[name] = .text(value ? "true" : "false")
        case .null: break
        case .array(let elements):
            let texts = elements.compactMap { if case .text(let text) = $0 { text } else { nil } }
            guard texts.count == elements.count else { return fail(dotted, "must be a list of texts") }
            values[name] = .list(texts)
        case .object: fail(dotted, "must not be an object")
        }
    }

    private mutating func warnUnknown(_ key: String, nearest: String?) {
        warnings.append(unknownSetting(key, in: "file \(path)", nearest: nearest))
    }

    private mutating func fail(_ key: String, _ sentence: String) {
        problems.append(.init(key: key, source: key == path ? nil : .file(path), sentence: sentence))
    }
}

/// The warning about a name nobody reads.
func unknownSetting(_ key: String, in source: String, nearest: String?) -> String {
    "Unknown setting \(key) (\(source)) is ignored" + (nearest.map { "; did you mean \($0)?" } ?? ".")
}

/// The environment variable that a key of a section stands for: `log_level` is `MARQUEE_LOG_LEVEL`.
///
/// A few names of ours do not start like the others, and are written whole: `admin_user_ids`.
func settingName(_ key: String, start: String, known: [String]) -> String {
    let name = start + key.uppercased()
    return !known.contains(name) && known.contains(key.uppercased()) ? key.uppercased() : name
}
