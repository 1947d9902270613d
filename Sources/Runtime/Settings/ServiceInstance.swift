public import HTTPClient
public import Media

/// One configured server: `radarr`, or `radarr/4k`.
public struct ServiceInstance: Sendable {
    /// The name of the instance that is written without one.
    public static let defaultName = "default"

    /// What opens the service; never to be logged, `Configuration.secrets` lists what is secret in it for redaction.
    public enum Credentials: Sendable, Hashable {
        case key(String)
        /// Only qBittorrent and Shoko; Shoko's password may be empty.
        case login(name: String, password: String)
        /// Only qBittorrent: it lets callers from some addresses in without a login.
        case none
    }

    public let service: UpstreamService
    /// `default`, or the name between the double underscores in lower case: `RADARR__4K__URL` is `4k`.
    public let instance: String
    public let url: BaseURL
    public let credentials: Credentials
    /// The address for links in a browser, where it differs from `url`.
    public let publicURL: BaseURL?
    /// Which quality the instance is kept for; nil where no instance of the service is told apart.
    public let variant: Variant?

    public init(
        service: UpstreamService, instance: String = defaultName, url: BaseURL, credentials: Credentials,
        publicURL: BaseURL? = nil, variant: Variant? = nil
    ) {
        self.service = service
        self.instance = instance
        self.url = url
        self.credentials = credentials
        self.publicURL = publicURL
        self.variant = variant
    }

    /// The key; empty where a name and password, or nothing, takes its place.
    ///
    /// Jellyfin, Sonarr, Radarr and Seerr always have one.
    public var apiKey: String {
        guard case .key(let key) = credentials else { return "" }
        return key
    }

    /// How people name it: `radarr`, `radarr/4k`.
    public var displayName: String {
        instance == Self.defaultName ? service.rawValue : "\(service.rawValue)/\(instance)"
    }
}
