/// What a test changed about one title; everything else of a title is generated.
public struct Override: Sendable, Hashable {
    /// A new name, in every service; the file moves with it.
    public var name: String?
    /// Services the title was taken out of (`jellyfin`, `sonarr`, `radarr`, `radarr/4k`).
    public var removedFrom: Set<String> = []
    /// Services the title was put into although it was generated without them.
    public var addedTo: Set<String> = []
    /// Provider ids replaced in one service: `service` → provider in lower case → value, nil to take it away.
    public var providerIDs: [String: [String: String?]] = [:]
    /// Its files were deleted; Jellyfin and Shoko notice when they look.
    var filesGone = false
    /// How often the file moved: each move gives the Jellyfin items other ids.
    public var generation = 0

    /// Makes an override that changes nothing.
    public init() {}

    /// The value set for a provider in a service: nil when none was set, `.some(nil)` when it was taken away.
    func provider(_ provider: String, in service: String) -> String?? {
        providerIDs[service]?[provider.lowercased()]
    }
}
