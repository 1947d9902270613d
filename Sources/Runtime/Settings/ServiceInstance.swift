public import HTTPClient
public import Media

/// One configured server: `radarr`, or `radarr/4k`.
public struct ServiceInstance: Sendable {
    /// The name of the instance that is written without one.
    public static let defaultName = "default"

    public let service: UpstreamService
    /// `default`, or the name between the double underscores in lower case: `RADARR__4K__URL` is `4k`.
    public let instance: String
    public let url: BaseURL
    /// Never to be logged; `Configuration.secrets` lists it for redaction.
    public let apiKey: String
    /// The address for links in a browser, where it differs from `url`.
    public let publicURL: BaseURL?
    /// Which quality the instance is kept for; nil where no instance of the service is told apart.
    public let variant: Variant?

    public init(
        service: UpstreamService, instance: String = defaultName, url: BaseURL, apiKey: String,
        publicURL: BaseURL? = nil, variant: Variant? = nil
    ) {
        self.service = service
        self.instance = instance
        self.url = url
        self.apiKey = apiKey
        self.publicURL = publicURL
        self.variant = variant
    }

    /// How people name it: `radarr`, `radarr/4k`.
    public var displayName: String {
        instance == Self.defaultName ? service.rawValue : "\(service.rawValue)/\(instance)"
    }
}
