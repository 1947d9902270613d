/// Where the database is, with a description that hides the password.
public struct DatabaseURL: Sendable, Hashable, CustomStringConvertible {
    /// The whole URL, password included: for opening the database and nothing else.
    public let text: String

    /// Reads `sqlite://` and a path, or a `postgresql://` (also `postgres://`) URL.
    public init?(_ text: String) {
        guard text.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F || $0 == " " }) else { return nil }
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

    /// The password as written, percent-encoding included; nil without one.
    ///
    /// libpq also takes it as the parameter `password` behind the question mark.
    public var password: String? {
        guard !isSQLite else { return nil }
        return userPassword.map { String(text[$0]) } ?? parameterPassword.map { String(text[$0]) }
    }

    /// The URL with `***` in place of passwords.
    public var description: String {
        guard !isSQLite else { return text }
        var shown = text
        for range in [parameterPassword, userPassword].compactMap({ $0 }) { shown.replaceSubrange(range, with: "***") }
        return shown
    }

    /// `secret` of `postgresql://user:secret@host/…`.
    private var userPassword: Range<String.Index>? {
        guard let start = text.range(ofASCII: "://")?.upperBound else { return nil }
        let authority = text[start...].prefix { $0 != "/" && $0 != "?" }
        guard let at = authority.lastIndex(of: "@") else { return nil }
        guard let colon = authority[..<at].firstIndex(of: ":") else { return nil }
        return authority.index(after: colon)..<at
    }

    /// `secret` of `postgresql://host/base?password=secret&…`.
    private var parameterPassword: Range<String.Index>? {
        guard let question = text.firstIndex(of: "?") else { return nil }
        let query = text[question...]
        guard let start = query.range(ofASCII: "?password=") ?? query.range(ofASCII: "&password=") else { return nil }
        let end = query[start.upperBound...].firstIndex(of: "&") ?? text.endIndex
        return start.upperBound..<end
    }
}

extension StringProtocol {
    /// The first place of a short ASCII text.
    fileprivate func range(ofASCII needle: StaticString) -> Range<Index>? {
        let wanted = needle.description
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(wanted) { return start..<index(start, offsetBy: wanted.count) }
            start = index(after: start)
        }
        return nil
    }
}

/// `name` below `folder`, with one slash between.
func joinPath(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : folder + "/" + name
}
