import CCurl

/// An absolute URL taken apart by libcurl, so that what is checked is what will be called.
package struct URLParts: Hashable {
    package let scheme: String
    /// Lower case; IPv6 in brackets.
    package let host: String
    package let port: Int
    package let isDefaultPort: Bool
    /// Percent-encoded, at least `/`.
    package let path: String
    package let hasQuery: Bool
    package let hasFragment: Bool
    package let hasUserInfo: Bool
    /// The whole, normalised.
    package let text: String

    /// Scheme, host and port: what a connection and a redirect are bound to.
    package var origin: String { "\(scheme)://\(host)" + (isDefaultPort ? "" : ":\(port)") }

    /// Takes a URL apart; nil when libcurl cannot.
    ///
    /// - Parameters:
    ///   - text: the URL, or one relative to `base`, as `Location` may be.
    ///   - base: an absolute URL.
    package init?(_ text: String, relativeTo base: String? = nil) {
        // libcurl takes the path of `http:///path` for a host.
        guard !text.utf8.contains(0), base != nil || !text.contains(":///"), let url = unsafe curl_url() else {
            return nil
        }
        defer { unsafe curl_url_cleanup(url) }
        let flags = UInt32(CURLU_NON_SUPPORT_SCHEME | CURLU_PATH_AS_IS)
        if let base {
            guard unsafe curl_url_set(url, CURLUPART_URL, base, flags) == CURLUE_OK else { return nil }
        }
        // A `Location` may hold raw spaces and UTF-8; a configured URL with them is a typing error.
        let leniency = base == nil ? 0 : UInt32(CURLU_URLENCODE)
        guard unsafe curl_url_set(url, CURLUPART_URL, text, flags | leniency) == CURLUE_OK,
            let scheme = unsafe Self.part(url, CURLUPART_SCHEME), let host = unsafe Self.part(url, CURLUPART_HOST),
            let path = unsafe Self.part(url, CURLUPART_PATH), let whole = unsafe Self.part(url, CURLUPART_URL)
        else { return nil }
        let standard = scheme.lowercased() == "https" ? 443 : 80
        self.scheme = scheme.lowercased()
        self.host = host.lowercased()
        self.port = unsafe Self.part(url, CURLUPART_PORT).flatMap { Int($0) } ?? standard
        self.isDefaultPort = port == standard
        self.path = path
        self.hasQuery = unsafe Self.part(url, CURLUPART_QUERY) != nil
        self.hasFragment = unsafe Self.part(url, CURLUPART_FRAGMENT) != nil
        self.hasUserInfo =
            unsafe Self.part(url, CURLUPART_USER) != nil || Self.part(url, CURLUPART_PASSWORD) != nil
        self.text = whole
    }

    private static func part(_ url: OpaquePointer, _ part: CURLUPart) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard unsafe curl_url_get(url, part, &text, 0) == CURLUE_OK, let found = unsafe text else { return nil }
        defer { unsafe curl_free(found) }
        return unsafe String(cString: found)
    }
}
