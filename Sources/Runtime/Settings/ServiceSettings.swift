public import HTTPClient
public import Media

/// The settings every instance of an upstream service has.
///
/// `RADARR_URL` belongs to the instance `default`, `RADARR__4K__URL` to `radarr/4k`.
public struct ServiceSettings: Sendable {
    public let url: Setting<BaseURL>
    public let publicURL: Setting<BaseURL>
    public let apiKey: Setting<String>
    /// Only where a name and password may stand for the key.
    public let username: Setting<String>?
    public let password: Setting<String>?
    /// Only where one library is kept in two qualities.
    public let variant: Setting<Variant>?

    public init(_ service: UpstreamService, instance: String = ServiceInstance.defaultName) {
        let start = Self.start(service, instance)
        let title = service.title
        let hasLogin = service.entrance != .key
        url = Setting(start + "URL", .baseURL, meaning: "\(title)'s address", owner: "operations")
        publicURL = Setting(
            start + "PUBLIC_BASE_URL", .baseURL, default: "`\(start)URL`",
            meaning: "\(title)'s address for links in a browser", owner: "operations")
        apiKey = Setting(
            start + "API_KEY", .secret(), secret: true,
            meaning: "\(title)'s API key, " + Self.use(of: service), owner: "operations")
        username =
            hasLogin
            ? Setting(
                start + "USERNAME", .words, meaning: "name to log in to \(title) with, instead of a key",
                owner: "operations")
            : nil
        password =
            hasLogin
            ? Setting(
                start + "PASSWORD", .words, secret: true, meaning: "password of `\(start)USERNAME`",
                owner: "operations")
            : nil
        variant =
            service.hasVariants
            ? Setting(
                start + "VARIANT", .variant, default: "`4k` for an instance with that in its name, `hd` beside one",
                meaning: "the quality this instance is kept for", owner: "operations")
            : nil
    }

    private static func use(of service: UpstreamService) -> String {
        switch service.entrance {
        case .key: "needed with the address"
        case .keyOrLogin: "needed with the address, unless a user name is given"
        case .keyOrLoginOrOpen:
            "known from version 5.2; without key and user name the service must admit Marquee's address"
        }
    }

    /// In the order of the names.
    var facts: [SettingFacts] {
        [
            apiKey.facts, password?.facts, publicURL.facts, url.facts, username?.facts, variant?.facts,
        ].compactMap { $0 }
    }

    /// The ends of all names a service has, `API_KEY_FILE` too.
    static func keys(of service: UpstreamService) -> [String] {
        let start = start(service, ServiceInstance.defaultName)
        return ServiceSettings(service).facts.flatMap(\.names).map { String($0.dropFirst(start.count)) }
    }

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
