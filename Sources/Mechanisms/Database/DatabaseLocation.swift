/// Where a database is: a file, or a server.
///
/// The description is safe to log: it never shows a password.
public enum DatabaseLocation: Sendable, Hashable, CustomStringConvertible {
    case sqlite(path: String)
    /// As libpq reads it: `postgresql://user:password@host:port/name?sslmode=…`.
    case postgresql(url: String)

    /// Reads `sqlite://` + path, `postgresql://…`, `postgres://…`, or a plain path.
    ///
    /// - Throws: `DatabaseError` with `.cannotOpen` for any other scheme or an empty path. The text is never shown, because
    ///   it may hold a password.
    public init(url: String) throws(DatabaseError) {
        if url.hasPrefix("postgresql://") || url.hasPrefix("postgres://") {
            self = .postgresql(url: url)
            return
        }
        let path = url.hasPrefix("sqlite://") ? String(url.dropFirst("sqlite://".count)) : url
        guard !path.isEmpty, !path.contains("://") else {
            throw DatabaseError(
                .cannotOpen,
                "The database URL is not understood: write sqlite:// and a path, or postgresql://user:password@host/name."
            )
        }
        self = .sqlite(path: path)
    }

    /// The backend behind this location.
    public var backend: Backend {
        switch self {
        case .sqlite: .sqlite
        case .postgresql: .postgresql
        }
    }

    public var description: String {
        switch self {
        case .sqlite(let path): path
        case .postgresql(let url): Self.withoutSecrets(url)
        }
    }

    /// Keeps scheme, user, host, and database; drops the password and the query, which may hold one too.
    private static func withoutSecrets(_ url: String) -> String {
        let bare = url.prefix { $0 != "?" && $0 != "#" }
        guard let schemeEnd = bare.firstRange(of: "://")?.upperBound else { return "postgresql://" }
        // The last @ counts: an unescaped @ inside a password must not show the rest of it.
        guard let at = bare.lastIndex(of: "@") else { return String(bare) }
        let user = bare[schemeEnd..<at].prefix { $0 != ":" }
        return String(bare[..<schemeEnd] + user + bare[at...])
    }
}
