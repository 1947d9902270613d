/// Where a value came from.
public enum SettingSource: Sendable, Hashable, CustomStringConvertible {
    case builtIn
    /// The configuration file at this path.
    case file(String)
    /// What was said on the Settings page.
    case database
    case environment

    public var description: String {
        switch self {
        case .builtIn: "default"
        case .file(let path): "file \(path)"
        case .database: "database"
        case .environment: "environment"
        }
    }
}

/// One line of "which value holds, and where did it come from": for `doctor` and the Settings page.
public struct SettingReport: Sendable, Hashable {
    /// The environment variable that would set it.
    public let name: String
    public let source: SettingSource
    /// The value, or for a secret only whether it is set: "set", "set, from file", "not set".
    public let display: String
    public let isSecret: Bool
}
