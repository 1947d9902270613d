import JSONStream

/// The place of Marquee's webhook among an *arr's connections (upstreams.md §2.1, `/notification`).
public struct ServarrHookSlot: Sendable {
    /// Who has it.
    public enum Standing: Sendable, Hashable {
        /// Nobody: ours would be a new connection.
        case free
        /// We: ours is there already.
        case ours
        /// A connection of our name that is not ours; names must differ.
        case taken
    }

    /// The name of our connection in the *arr's settings.
    public static let name = "Marquee"
    /// The header that carries the secret, where the *arr can set one.
    public static let header = "X-Marquee-Token"
    /// The user name that carries it where it cannot.
    static let user = "marquee"

    public let standing: Standing
    /// Where ours is sent now; nil where there is none.
    public let currentURL: String?
    /// How many other connections there are; none of them is touched.
    public let others: Int
    /// Whether the *arr can set headers (Sonarr from 4.0.10.2656, Radarr from 5.16); else the secret goes as the
    /// password of Basic.
    public let takesHeaders: Bool
    /// The events that will be sent, by the API's names: `onGrab`.
    public let events: [String]
    /// Ours as it stands, else the *arr's own blank form.
    let form: JSONNode

    /// - Parameters:
    ///   - list: the connections there are.
    ///   - blank: the form of a new webhook.
    ///   - url: our hook's address of this instance.
    init(_ list: [JSONNode], blank: JSONNode, url: String) {
        func address(_ entry: JSONNode) -> String? {
            entry["fields"].elements.first { $0["name"].text == "url" }.flatMap { $0["value"].filledText }
        }
        func isNamed(_ entry: JSONNode) -> Bool { entry["name"].filledText?.lowercased() == Self.name.lowercased() }
        let hooks = list.filter { $0["implementation"].filledText == "Webhook" }
        let path = Self.path(url)
        let ours =
            hooks.first { address($0).map(Self.bare) == Self.bare(url) }
            ?? hooks.first { isNamed($0) && address($0).map(Self.path) == path }
        standing = ours != nil ? .ours : list.contains(where: isNamed) ? .taken : .free
        currentURL = ours.flatMap(address)
        others = list.count - (ours == nil ? 0 : 1)
        let names = blank["fields"].elements.compactMap { $0["name"].text }
        takesHeaders = names.contains("headers")
        let known = Set(blank.members.map(\.key))
        events = Self.wanted.filter { known.contains($0) }
        form = ours ?? blank
    }

    /// What we can read; the *arr that has no such event lacks it in its form.
    private static let wanted = [
        "onGrab", "onDownload", "onUpgrade", "onImportComplete", "onRename", "onSeriesAdd", "onSeriesDelete",
        "onEpisodeFileDelete", "onEpisodeFileDeleteForUpgrade", "onMovieAdded", "onMovieDelete", "onMovieFileDelete",
        "onMovieFileDeleteForUpgrade", "onManualInteractionRequired",
    ]

    /// Without query and slashes at the end, where a hand-made entry may have them.
    private static func bare(_ url: String) -> String {
        var text = url.prefix { $0 != "?" }
        while text.last == "/" { text = text.dropLast() }
        return String(text)
    }

    /// From `/hooks/` on: what stays when Marquee's address changes.
    private static func path(_ url: String) -> String? {
        let text = bare(url)
        return text.firstRange(of: "/hooks/").map { String(text[$0.lowerBound...]) }
    }
}
