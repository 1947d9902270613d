/// The two stores that the same statements run on.
public enum Backend: String, Sendable, Hashable, CaseIterable {
    case sqlite
    case postgresql

    /// The name people know it by, for messages.
    public var displayName: String {
        switch self {
        case .sqlite: "SQLite"
        case .postgresql: "PostgreSQL"
        }
    }
}
