public import HTTPClient
public import Media

/// The settings every instance of an upstream service has.
///
/// `RADARR_URL` belongs to the instance `default`, `RADARR__4K__URL` to `radarr/4k`.
public struct ServiceSettings: Sendable {
    public let url: Setting<BaseURL>
    public let publicURL: Setting<BaseURL>
    public let apiKey: Setting<String>
    /// Only where one library is kept in two qualities; Jellyfin is not.
    public let variant: Setting<Variant>?

    /// The ends of all names a service has.
    static func keys(of service: UpstreamService) -> [String] {
        let common = ["API_KEY", "API_KEY_FILE", "PUBLIC_BASE_URL", "URL"]
        return service == .jellyfin ? common : common + ["VARIANT"]
    }

    public init(_ service: UpstreamService, instance: String = ServiceInstance.defaultName) {
        let start = Self.start(service, instance)
        let title = service.rawValue.capitalizedASCII
        url = Setting(start + "URL", .baseURL, meaning: "\(title)'s address", owner: "operations")
        publicURL = Setting(
            start + "PUBLIC_BASE_URL", .baseURL, default: "`\(start)URL`",
            meaning: "\(title)'s address for links in a browser", owner: "operations")
        apiKey = Setting(
            start + "API_KEY", .secret(), secret: true, meaning: "\(title)'s API key, needed with the address",
            owner: "operations")
        variant =
            service == .jellyfin
            ? nil
            : Setting(
                start + "VARIANT", .variant, default: "`4k` for an instance of that name, `hd` beside one",
                meaning: "the quality this instance is kept for", owner: "operations")
    }

    var facts: [SettingFacts] { [apiKey.facts, publicURL.facts, url.facts] + (variant.map { [$0.facts] } ?? []) }

    /// `RADARR_` or `RADARR__4K__`.
    static func start(_ service: UpstreamService, _ instance: String) -> String {
        let name = service.environmentName
        return instance == ServiceInstance.defaultName ? name + "_" : "\(name)__\(instance.uppercased())__"
    }
}

extension SettingCatalogue {
    /// Every setting: our own, then those of each service's default instance.
    public static let all: [SettingFacts] = own + UpstreamService.allCases.flatMap { ServiceSettings($0).facts }
}

extension String {
    /// The text with its first letter raised.
    var capitalizedASCII: String { prefix(1).uppercased() + dropFirst() }
}
