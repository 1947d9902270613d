extension Attribute {
    /// A link to follow: http, https, or relative; anything else leaves the attribute out, so the text stays and
    /// leads nowhere.
    public static func href(_ url: String) -> Attribute {
        LinkRule.isFollowable(url) ? .named("href", url) : .none
    }

    /// The same, left out when there is no link.
    public static func href(_ url: String?) -> Attribute {
        guard let url else { return .none }
        return .href(url)
    }

    /// Where a form is sent: our own host only.
    public static func action(_ url: String) -> Attribute {
        LinkRule.isOwn(url) ? .named("action", url) : .none
    }

    /// What an image or script is loaded from: our own host only.
    public static func src(_ url: String) -> Attribute {
        LinkRule.isOwn(url) ? .named("src", url) : .none
    }
}

/// Which addresses a page may hold.
///
/// Browsers drop tabs and line ends inside an address, read `\` as `/`, and skip leading blanks (URL Standard,
/// basic URL parser), so all of these are refused rather than interpreted.
public enum LinkRule {
    /// Whether `url` is http, https, or relative to our own host.
    public static func isFollowable(_ url: String) -> Bool {
        guard isPlain(url) else { return false }
        guard let scheme = scheme(of: url) else { return !url.utf8.starts(with: "//".utf8) }
        return scheme == "http" || scheme == "https"
    }

    /// Whether `url` stays on our own host.
    public static func isOwn(_ url: String) -> Bool {
        isPlain(url) && scheme(of: url) == nil && !url.utf8.starts(with: "//".utf8)
    }

    private static func isPlain(_ url: String) -> Bool {
        !url.isEmpty && url.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") }
    }

    /// What stands before a colon that comes before any `/`, `?` or `#`; lower case.
    private static func scheme(of url: String) -> String? {
        for (offset, byte) in url.utf8.enumerated() {
            switch byte {
            case UInt8(ascii: ":"): return String(url.utf8.prefix(offset))?.lowercased()
            case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"): return nil
            default: continue
            }
        }
        return nil
    }
}
