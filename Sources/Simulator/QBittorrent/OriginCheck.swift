/// qBittorrent's protection against other sites' pages and other names for itself.
struct OriginCheck {
    let call: Call
    /// The names it answers to; `*` for any.
    let hosts: [String]

    /// A page of another site made the call: `Origin`, else `Referer`, names another host and port than `Host`.
    var isCrossSite: Bool {
        let target = Self.authority(call.header("x-forwarded-host") ?? call.header("host") ?? "")
        if let origin = call.header("origin"), !origin.isEmpty { return Self.authority(ofURL: origin) != target }
        if let referer = call.header("referer"), !referer.isEmpty { return Self.authority(ofURL: referer) != target }
        return false
    }

    /// The call was made to a name that is not qBittorrent's.
    var isForeignHost: Bool {
        let host = Self.authority(call.header("host") ?? "").prefix { $0 != ":" }
        return !(hosts.contains("*") || host == "127.0.0.1" || hosts.contains { $0.lowercased() == host })
    }

    private static func authority(_ text: String) -> String {
        String(text.split(separator: ",").first ?? "").lowercased().filter { $0 != " " }
    }

    // The scheme is not compared, and neither is what follows the port.
    private static func authority(ofURL url: String) -> String {
        let rest = url.split(separator: "//", maxSplits: 1, omittingEmptySubsequences: false).last ?? ""
        return authority(String(rest.prefix { $0 != "/" && $0 != "?" }))
    }
}
