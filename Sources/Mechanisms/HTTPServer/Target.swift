/// The request target: path and query, checked and decoded.
struct Target: Sendable {
    let path: String
    let segments: [String]
    let query: Query
    /// Whether the path lies under the base path, or is one that answers without it.
    let isServed: Bool

    /// Reads `/path?query` or, as proxies may send it, `http://host/path?query`.
    ///
    /// Nil when it is neither, holds control characters or broken escapes, or names another host than the `Host` field.
    init?(_ text: String, host: String?, basePath: String, unprefixed: [String]) {
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f }) else { return nil }
        guard let local = Self.withoutAuthority(text[...], host: host), local.utf8.first == UInt8(ascii: "/") else {
            return nil
        }
        let sides = local.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard let query = Query(sides.count > 1 ? sides[1] : "") else { return nil }
        path = String(sides[0])
        self.query = query
        var below = sides[0]
        if !basePath.isEmpty, below == basePath[...] || below.hasPrefix(basePath + "/") {
            below = below.dropFirst(basePath.count)
            isServed = true
        } else {
            isServed = basePath.isEmpty || unprefixed.contains(path)
        }
        var segments: [String] = []
        if !below.isEmpty && below != "/" {
            for part in below.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
                guard let segment = PercentDecoding.decode(part) else { return nil }
                segments.append(segment)
            }
        }
        self.segments = segments
    }

    private static func withoutAuthority(_ text: Substring, host: String?) -> Substring? {
        guard let scheme = ["http://", "https://"].first(where: { text.hasPrefix($0) }) else { return text }
        let rest = text.dropFirst(scheme.count)
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard let host, Headers.isSame(String(authority), host) else { return nil }
        let local = rest.dropFirst(authority.count)
        return local.isEmpty ? "/" : local
    }
}
