/// Where the database is, with a description that hides the password.
public struct DatabaseURL: Sendable, Hashable, CustomStringConvertible {
    /// The whole URL, password included: for opening the database and nothing else.
    public let text: String

    /// Reads `sqlite://` and a path, or a `postgresql://` (also `postgres://`) URL.
    public init?(_ text: String) {
        guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else { return nil }
        let schemes = ["sqlite://", "postgresql://", "postgres://"]
        guard let scheme = schemes.first(where: text.hasPrefix), text.utf8.count > scheme.utf8.count else { return nil }
        self.text = text
    }

    /// The database file `name` in a folder.
    static func sqlite(in folder: String, name: String) -> DatabaseURL {
        DatabaseURL(unchecked: "sqlite://" + joinPath(folder, name))
    }

    private init(unchecked text: String) { self.text = text }

    /// Whether the database is one file of this machine.
    public var isSQLite: Bool { text.hasPrefix("sqlite://") }

    /// The passwords as written, percent-encoding included: before the host, and among the parameters (`password`,
    /// `sslpassword`), where libpq takes them too.
    public var passwords: [String] {
        guard !isSQLite else { return [] }
        let query = text.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
        let parameters = query.split(separator: "&").compactMap { parameter -> String? in
            let parts = parameter.split(separator: "=", maxSplits: 1)
            return parts.count == 2 && parts[0].hasSuffix("password") ? String(parts[1]) : nil
        }
        return (userPassword.map { [String(text[$0])] } ?? []) + parameters
    }

    /// The URL with `***` in place of a password and without its parameters, which may hold one too.
    public var description: String {
        guard !isSQLite else { return text }
        var shown = text
        if let userPassword { shown.replaceSubrange(userPassword, with: "***") }
        return shown.split(separator: "?", maxSplits: 1).first.map(String.init) ?? ""
    }

    /// `secret` of `postgresql://user:secret@host/…`.
    ///
    /// The very last `@` ends it: a password that should have been percent-encoded and is not must not show its rest.
    /// An `@` among the parameters hides more than it must, never less.
    private var userPassword: Range<String.Index>? {
        guard let schemeEnd = text.firstIndex(of: "/").map({ text.index($0, offsetBy: 2) }),
            let colon = text[schemeEnd...].firstIndex(of: ":"), let at = text.lastIndex(of: "@"), colon < at
        else { return nil }
        return text.index(after: colon)..<at
    }
}

/// `name` below `folder`, with one slash between.
func joinPath(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : folder + "/" + name
}
