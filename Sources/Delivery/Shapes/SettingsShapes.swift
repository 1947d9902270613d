public import Administration
public import JSONStream
public import OpenAPI
public import Settings

/// A section of the settings: Marquee's own, or those of a service with its instances.
public struct SettingsSectionShape: Shape {
    let name: String
    let groups: [SettingGroup]

    public static let schema = Schema.named(
        "SettingsSection",
        [
            "name": .string,
            "instances": .array([
                "instance": .string,
                "settings": .array([
                    "key": .string, "name": .string.note("As an environment variable."),
                    "value": .string.orNull.note("Null for secrets."),
                    "source": .choice(["default", "file", "database", "environment"]), "secret": .boolean,
                    "set": .boolean, "saved_at": .time.orNull, "saved_by": .string.orNull, "editable": .boolean,
                    "rule": .string.orNull, "default": .string.orNull, "meaning": .string.orNull,
                ]),
            ]),
        ])

    public init(name: String, groups: [SettingGroup]) {
        self.name = name
        self.groups = groups
    }

    public func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("name", name)
            json.array("instances") { json in
                for group in groups {
                    json.object { json in
                        json.field("instance", group.instance)
                        json.array("settings") { json in
                            for setting in group.settings { Self.write(setting, to: &json) }
                        }
                    }
                }
            }
        }
    }

    private static func write(_ setting: SettingState, to json: inout JSONWriter) {
        json.object { json in
            json.field("key", setting.key)
            json.field("name", setting.name)
            json.field("value", setting.value)
            json.field("source", setting.source.word)
            json.field("secret", setting.isSecret)
            json.field("set", setting.isSet)
            json.field("saved_at", setting.savedAt)
            json.field("saved_by", setting.savedBy)
            json.field("editable", setting.isEditable)
            json.field("rule", setting.rule)
            json.field("default", setting.fallback)
            json.field("meaning", setting.meaning)
        }
    }
}

extension SettingSource {
    /// `default`, `file`, `database` or `environment`.
    public var word: String {
        switch self {
        case .builtIn: "default"
        case .file: "file"
        case .database: "database"
        case .environment: "environment"
        }
    }
}

/// What came of testing a service.
public struct ProbeShape: Shape {
    let result: ProbeResult

    public static let schema = Schema.named(
        "TestResult",
        [
            "instance": .string, "ok": .boolean, "application": .string.orNull, "version": .string.orNull,
            "latency_ms": .count.orNull, "code": .string.orNull, "error": .string.orNull,
            "summary": .string.note("What came of it, in a sentence."),
        ])

    public init(_ result: ProbeResult) { self.result = result }

    public func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("instance", result.instance)
            switch result.outcome {
            case .answered(let finding, let millis):
                json.field("ok", true)
                json.field("application", finding.application)
                json.field("version", finding.version)
                json.field("latency_ms", millis)
                json.field("code", String?.none)
                json.field("error", String?.none)
                json.field("summary", "\(finding.application) \(finding.version ?? "") answers in \(millis) ms.")
            case .failed(let code, let sentence):
                json.field("ok", false)
                json.field("application", String?.none)
                json.field("version", String?.none)
                json.field("latency_ms", Int64?.none)
                json.field("code", code)
                json.field("error", sentence)
                json.field("summary", sentence)
            }
        }
    }
}
