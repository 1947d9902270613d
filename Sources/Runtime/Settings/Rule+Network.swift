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

extension Rule where Value == [String] {
    /// Origins as browsers write them, by comma: nothing but scheme, host and port.
    public static var origins: Rule {
        Rule("a comma list of origins, such as https://wall.example, http://10.0.0.5:3000", schema: .stringList) {
            raw in
            let origins = raw.elements.compactMap { text in
                (try? BaseURL(text)).flatMap { $0.text == $0.origin && !text.hasSuffix("/") ? $0.origin : nil }
            }
            return origins.count == raw.elements.count ? origins : nil
        }
    }
}

extension Rule where Value == CallLimit {
    /// `off`, or calls per time.
    public static var callLimit: Rule {
        .text("off, or calls per time such as 600/1m (1 to 1000000 calls in 1s to 1h)") { text in
            text.lowercased() == "off" ? .off : CallRate(settingText: text).map { .rate($0) }
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
