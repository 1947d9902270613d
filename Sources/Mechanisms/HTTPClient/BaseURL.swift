/// Why a configured URL cannot be used.
public enum BaseURLError: Error, Sendable, Hashable, CustomStringConvertible {
    case empty
    /// No scheme, no host, a bad port, or characters that a URL cannot hold.
    case malformed
    /// Only `http` and `https` are called.
    case scheme(String)
    /// User names and passwords do not belong in URLs.
    case userInfo
    /// A base has no `?…` and no `#…`.
    case queryOrFragment

    public var description: String {
        switch self {
        case .empty: "the URL is empty: write it like http://host:8096 or https://host/jellyfin"
        case .malformed: "not a URL: write it like http://host:8096 or https://host/jellyfin"
        case .scheme(let scheme): "\(scheme):// is not supported: use http:// or https://"
        case .userInfo: "the URL must not hold a user name or password: set the key in its own setting"
        case .queryOrFragment: "the URL must not hold ? or #: give only the address of the service"
        }
    }
}

/// Where a service lives: scheme, host, port, perhaps a path that every call keeps.
public struct BaseURL: Sendable, Hashable, CustomStringConvertible {
    /// The normalised URL without a trailing `/`.
    public let text: String
    /// Scheme, host and port.
    public let origin: String
    /// Host in lower case; IPv6 in brackets.
    public let host: String

    public var description: String { text }

    /// Reads a configured URL; surrounding white space and trailing slashes are dropped.
    public init(_ text: String) throws(BaseURLError) {
        let trimmed = String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        guard !trimmed.isEmpty else { throw .empty }
        guard trimmed.contains("://"), let parts = URLParts(trimmed) else { throw .malformed }
        guard ["http", "https"].contains(parts.scheme) else { throw .scheme(parts.scheme) }
        guard !parts.hasUserInfo else { throw .userInfo }
        guard !parts.hasQuery, !parts.hasFragment, !trimmed.contains("?"), !trimmed.contains("#") else {
            throw .queryOrFragment
        }
        var path = parts.path[...]
        while path.last == "/" { path = path.dropLast() }
        self.origin = parts.origin
        self.host = parts.host
        self.text = parts.origin + path
    }

    /// Returns the URL of a resource below this base.
    ///
    /// Every segment, name and value is percent-encoded, so none can add a segment, a parameter or a host. A segment of
    /// dots alone cannot climb: as no encoding of `..` survives all servers, it is encoded twice and names nothing.
    public func appending(_ path: [String], query: [(String, String)] = []) -> String {
        var url = text
        for segment in path {
            let isDots = segment == "." || segment == ".."
            url += "/" + (isDots ? segment.map { _ in "%252E" }.joined() : PercentEncoding.encode(segment))
        }
        if path.isEmpty { url += "/" }
        for (index, (name, value)) in query.enumerated() {
            url += "\(index == 0 ? "?" : "&")\(PercentEncoding.encode(name))=\(PercentEncoding.encode(value))"
        }
        return url
    }
}
