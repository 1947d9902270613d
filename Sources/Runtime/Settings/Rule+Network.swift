public import HTTPClient

extension Rule where Value == BaseURL {
    /// The address of a server; a sub-path is kept, a trailing slash does not matter.
    public static var baseURL: Rule {
        .text("an http:// or https:// URL without user name, query or fragment") { text in
            guard !text.contains("?"), !text.contains("#") else { return nil }
            return try? BaseURL(text)
        }
    }
}

extension Rule where Value == BindAddress {
    /// The listening address.
    public static var bindAddress: Rule {
        .text("an IP address (or localhost) and a port, such as 127.0.0.1:8100 or [::1]:8100") { BindAddress($0) }
    }
}

extension Rule where Value == DatabaseURL {
    /// The database; its password is never shown.
    public static var databaseURL: Rule {
        Rule(
            "sqlite:// and a path, or a postgresql:// URL", schema: .string,
            masked: { DatabaseURL($0.text)?.description ?? "set" }, parse: { DatabaseURL($0.text) })
    }
}

extension Rule where Value == [AddressRange] {
    /// Ranges of addresses, by comma.
    public static var addressRanges: Rule {
        Rule("a comma list of addresses or CIDRs, such as 10.0.0.0/8, fd00::/8", schema: .stringList) { raw in
            let ranges = raw.elements.compactMap { AddressRange($0) }
            return ranges.count == raw.elements.count ? ranges : nil
        }
    }
}

extension Rule where Value == PathMap {
    /// How each service's paths look to Marquee.
    public static var pathMap: Rule {
        let services = (UpstreamService.allCases.map(\.rawValue) + [PathMap.disk]).joined(separator: ", ")
        let text = "a comma list of service[/instance]:PREFIX=COMMON, such as sonarr:/tv=/media/tv (\(services))"
        return Rule(text, schema: .stringList) { raw in PathMap(entries: raw.elements) }
    }
}
