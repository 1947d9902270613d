public import HTTPClient
import Jellyfin
public import Media
import QBittorrent
import Seerr
import Servarr
import Shoko

/// The services a deletion reaches.
public struct DeletionUpstreams: Sendable {
    struct Arr: Sendable {
        var client: Servarr
        var variant: Variant?

        var service: DeletionService { client.kind == .radarr ? .radarr : .sonarr }
    }

    var torrents: [QBittorrent] = []
    var arrs: [Arr] = []
    var shoko: [Shoko] = []
    var jellyfin: Jellyfin?
    var seerr: [Seerr] = []

    public init() {}

    public mutating func addTorrents(
        _ instance: String, _ base: BaseURL, key: String?, login: (name: String, password: String)?,
        _ transport: any HTTPTransport
    ) {
        let credentials: QBittorrent.Credentials =
            if let key {
                .apiKey(key)
            } else if let login {
                .password(user: login.name, password: login.password)
            } else {
                .none
            }
        torrents.append(QBittorrent(instance: instance, base: base, credentials: credentials, transport: transport))
    }

    public mutating func addArr(
        _ type: MediaType, _ instance: String, _ base: BaseURL, key: String, variant: Variant?,
        _ transport: any HTTPTransport
    ) {
        let kind: Servarr.Kind = type == .movie ? .radarr : .sonarr
        arrs.append(
            Arr(client: Servarr(kind, instance: instance, base: base, key: key, transport: transport), variant: variant)
        )
    }

    public mutating func addShoko(
        _ instance: String, _ base: BaseURL, key: String?, login: (name: String, password: String)?,
        _ transport: any HTTPTransport
    ) {
        if let key {
            shoko.append(Shoko(instance: instance, base: base, key: key, transport: transport))
        } else if let login {
            shoko.append(
                Shoko(
                    instance: instance, base: base, user: login.name, password: login.password, transport: transport))
        }
    }

    public mutating func setJellyfin(
        _ instance: String, _ base: BaseURL, key: String, _ transport: any HTTPTransport
    ) {
        jellyfin = Jellyfin(instance: instance, base: base, key: key, transport: transport)
    }

    public mutating func addSeerr(_ instance: String, _ base: BaseURL, key: String, _ transport: any HTTPTransport) {
        seerr.append(Seerr(instance: instance, base: base, key: key, transport: transport))
    }

    func arr(_ service: DeletionService, _ instance: String?) -> Servarr? {
        arrs.first { $0.service == service && $0.client.instance == instance }?.client
    }
}

/// What a deletion is told by the configuration.
public struct DeletionSettings: Sendable {
    /// Whether services are called at all (`ENABLE_DELETION_SYNC`).
    public var isEnabled = false
    /// Items of one run.
    public var maxItems = 100
    /// Waits before each reading that verifies; nil for the usual ones.
    public var verifyWaits: [Duration]?
    public var external = ExternalDeletions.ask
    /// Whether every webhook has shown a secret: nothing is called on the word of others.
    public var trustsHooks = false
    /// A service's path in terms that all share: path, service, instance.
    public var commonPath: @Sendable (String, String, String) -> String = { path, _, _ in path }
    /// A path of the common view where this process may look at it; nil where it may not.
    public var diskPath: @Sendable (String) -> String? = { _ in nil }

    public init() {}

    static let usualWaits: [Duration] = [
        .seconds(30), .seconds(30), .seconds(60), .seconds(120), .seconds(300), .seconds(600),
    ]
}

/// What becomes of deletions that were made elsewhere.
public enum ExternalDeletions: String, Sendable, Hashable, CaseIterable {
    case record, ask, propagate
}
