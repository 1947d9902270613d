/// What every view needs beside its model: where the pages live, in which language and colours, and when "now" is.
public struct PageContext: Sendable {
    /// The choice of colours; dark unless the viewer says otherwise.
    public enum Theme: String, Sendable, CaseIterable { case dark, light, auto }

    /// Empty, or a path such as `/marquee`, without a slash at the end.
    public var basePath: String
    /// The catalogue.
    public var strings: Strings
    /// From the cookie `marquee_theme`.
    public var theme: Theme
    /// Goes into every form of who is signed in.
    public var csrfToken: String?
    /// Whether the viewer may start runs and resolve findings; without it pages show, and offer nothing.
    public var mayOperate: Bool
    /// Whether the viewer may see runs and findings, though perhaps not start them.
    public var maySeeJobs = true
    /// Whether the viewer may change settings, keys and users.
    public var mayAdminister = true
    /// Whether the viewer came in with the set-up code, which opens the Settings page only.
    public var isSettingUp = false
    /// The name of who is signed in; nil for who needed no sign-in.
    public var viewer: String?
    /// Whether the viewer may ask Jellyfin about a request now: users may for their own.
    public var mayVerify = true

    public init(
        basePath: String = "", strings: Strings = .english, theme: Theme = .dark, csrfToken: String? = nil,
        mayOperate: Bool = true
    ) {
        self.basePath = basePath
        self.strings = strings
        self.theme = theme
        self.csrfToken = csrfToken
        self.mayOperate = mayOperate
    }

    /// An address under the base path; values of the query are percent-encoded, absent ones left out.
    public func url(_ path: String, _ query: [(name: String, value: String?)] = []) -> String {
        var url = basePath + path
        var separator = "?"
        for (name, value) in query {
            guard let value else { continue }
            url += separator + name + "=" + Self.encoded(value)
            separator = "&"
        }
        return url
    }

    /// A link from outside the page, such as a poster path of the API: put under the base path if it is a path.
    func placed(_ link: String) -> String {
        link.utf8.first == UInt8(ascii: "/") ? basePath + link : link
    }

    private static func encoded(_ value: String) -> String {
        var result = ""
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let hex = String(byte, radix: 16, uppercase: true)
                result += hex.count == 1 ? "%0" + hex : "%" + hex
            }
        }
        return result
    }

    /// Whether the rail shows a page: what the viewer may not open is absent.
    func mayOpen(_ section: Layout.Section) -> Bool {
        switch section {
        case .settings: mayAdminister
        case _ where isSettingUp: false
        case .library, .publishing: maySeeJobs
        case .deletions: mayAdminister
        case .activity, .requests, .music, .history, .status: true
        }
    }

    subscript(_ key: Strings.Key) -> String { strings[key] }
    subscript(_ key: Strings.Key, _ values: [String: String]) -> String { strings[key, values] }
    subscript(_ key: Strings.Key, count count: Int64) -> String { strings[key, count: count] }
    subscript(_ key: Strings.Key, count count: Int64, _ values: [String: String]) -> String {
        strings[key, count: count, values]
    }
}
