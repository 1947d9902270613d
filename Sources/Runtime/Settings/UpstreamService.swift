/// The services Marquee reads from.
public enum UpstreamService: String, Sendable, Hashable, CaseIterable {
    case jellyfin
    case sonarr
    case radarr
    /// Seerr, Jellyseerr or Overseerr: one program under three names, told apart by its version only.
    case jellyseerr
    case qbittorrent
    case shoko

    /// How people write it.
    public var title: String {
        switch self {
        case .jellyfin: "Jellyfin"
        case .sonarr: "Sonarr"
        case .radarr: "Radarr"
        case .jellyseerr: "Seerr"
        case .qbittorrent: "qBittorrent"
        case .shoko: "Shoko"
        }
    }

    /// The start of its environment variables: `JELLYFIN`.
    public var environmentName: String { rawValue.uppercased() }

    /// Further names its settings may start with: `SEERR_URL` is `JELLYSEERR_URL`.
    var aliases: [String] { self == .jellyseerr ? ["seerr", "overseerr"] : [] }

    /// The service a section of the configuration file is about.
    init?(section: String) {
        guard let service = Self.allCases.first(where: { $0.rawValue == section || $0.aliases.contains(section) })
        else { return nil }
        self = service
    }

    /// Whether instances of it are kept for one quality each.
    var hasVariants: Bool { self == .sonarr || self == .radarr }

    /// How its instances let Marquee in.
    enum Entrance {
        case key
        /// With a key, or with a name and a password, which may be empty: Shoko's first user has none.
        case keyOrLogin
        /// The same, and without either where the service trusts Marquee's address.
        case keyOrLoginOrOpen
    }

    var entrance: Entrance {
        switch self {
        case .jellyfin, .sonarr, .radarr, .jellyseerr: .key
        case .shoko: .keyOrLogin
        case .qbittorrent: .keyOrLoginOrOpen
        }
    }
}
