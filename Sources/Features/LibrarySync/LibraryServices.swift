public import HTTPClient
import Jellyfin
public import Media
import Servarr

/// The services a library sync reads, and how paths of one compare with paths of another.
public struct LibraryServices: Sendable {
    /// One configured instance.
    public struct Connection: Sendable {
        public var instance: String
        public var base: BaseURL
        public var key: String
        /// Which copies this *arr keeps, where several instances share the work.
        public var variant: Variant?

        public init(instance: String, base: BaseURL, key: String, variant: Variant? = nil) {
            self.instance = instance
            self.base = base
            self.key = key
            self.variant = variant
        }
    }

    public var jellyfin: Connection?
    public var radarr: [Connection]
    public var sonarr: [Connection]
    public var transport: any HTTPTransport
    /// A service's path in terms that all services share: (path, service, instance).
    public var commonPath: @Sendable (String, String, String) -> String
    /// Path components that prove anime.
    public var animePaths: [String]
    /// A disk with room for what a run gathers.
    public var temporaryDirectory: String
    /// How long apart two listings must be that together prove an absence.
    public var sightingGap: Duration = .seconds(3_600)
    /// How long what was deleted is left alone.
    public var deletionSettle: Duration = .seconds(3_600)

    public init(
        jellyfin: Connection?, radarr: [Connection], sonarr: [Connection], transport: any HTTPTransport,
        commonPath: @escaping @Sendable (String, String, String) -> String = { path, _, _ in path },
        animePaths: [String] = ["anime"], temporaryDirectory: String
    ) {
        self.jellyfin = jellyfin
        self.radarr = radarr
        self.sonarr = sonarr
        self.transport = transport
        self.commonPath = commonPath
        self.animePaths = animePaths
        self.temporaryDirectory = temporaryDirectory
    }

    /// Every configured *arr, films first.
    func catalogues(_ transport: any HTTPTransport) -> [(Servarr, Connection)] {
        radarr.map { (Servarr(.radarr, instance: $0.instance, base: $0.base, key: $0.key, transport: transport), $0) }
            + sonarr.map {
                (Servarr(.sonarr, instance: $0.instance, base: $0.base, key: $0.key, transport: transport), $0)
            }
    }
}
