/// One setting, declared once: name, rule, default and meaning.
///
/// Everything said about a setting elsewhere is made from its declaration: what loading accepts, what `doctor` shows, the
/// reference in `docs/configuration.md` and the JSON schema beside it.
public struct Setting<Value: Sendable>: Sendable {
    /// The environment variable: `MARQUEE_BIND`.
    public let name: String
    /// The default as the reference prints it, in Markdown.
    public let fallbackText: String
    /// Whether the value is a secret: never shown, and also accepted as `NAME_FILE`.
    public let isSecret: Bool
    public let reach: SettingReach
    public let rule: Rule<Value>
    /// What the setting does: a phrase without a full stop.
    public let meaning: String
    /// The chapter of the product that owns it.
    public let owner: String

    public init(
        _ name: String, _ rule: Rule<Value>, default fallbackText: String = "–",
        secret isSecret: Bool = false, reach: SettingReach = .everywhere, meaning: String, owner: String
    ) {
        self.name = name
        self.rule = rule
        self.fallbackText = fallbackText
        self.isSecret = isSecret
        self.reach = reach
        self.meaning = meaning
        self.owner = owner
    }

    /// What the declaration says, without the type of its value.
    public var facts: SettingFacts {
        SettingFacts(
            name: name, fallbackText: fallbackText, isSecret: isSecret, reach: reach,
            rule: rule.text, schema: rule.schema, meaning: meaning, owner: owner)
    }
}

/// Which places may set a setting.
public enum SettingReach: Sendable, Hashable {
    /// The file, the Settings page and the environment.
    case everywhere
    /// The file and the environment: what must be known before the database is open, or is this process's alone.
    case process
    /// The environment alone.
    case environment

    func includes(_ source: SettingSource) -> Bool {
        switch source {
        case .builtIn, .environment: true
        case .file: self != .environment
        case .database: self == .everywhere
        }
    }
}

/// A setting that always has a value: one set, or the one declared with it.
public struct DefaultedSetting<Value: Sendable>: Sendable {
    public let setting: Setting<Value>
    /// The value while nothing sets one.
    public let fallback: Value

    public var facts: SettingFacts { setting.facts }
}

extension Setting {
    /// The same setting with a default that depends on nothing.
    public func defaulting(to fallback: Value) -> DefaultedSetting<Value> {
        DefaultedSetting(setting: self, fallback: fallback)
    }
}

/// What a `Setting` declares apart from the type of its value: the raw material of reference, schema and suggestions.
public struct SettingFacts: Sendable {
    public let name: String
    public let fallbackText: String
    public let isSecret: Bool
    public let reach: SettingReach
    public let rule: String
    let schema: JSONSchemaType
    public let meaning: String
    public let owner: String

    /// The values there are to choose from; empty where any text may do.
    public var choices: [String] {
        switch schema {
        case .boolean: ["true", "false"]
        case .choice(let values): values
        case .string, .integer, .stringList: []
        }
    }

    /// The variables that set it: a secret's also by `_FILE`.
    var names: [String] { isSecret ? [name, name + "_FILE"] : [name] }
}
