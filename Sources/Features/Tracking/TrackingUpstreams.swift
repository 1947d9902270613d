public import HTTPClient
import Jellyfin
public import Media
import QBittorrent
import Seerr
import Servarr
import Shoko
import WebSocket

/// The upstream instances that tracking reads, and how often.
public struct TrackingUpstreams: Sendable {
    public struct Pace: Sendable {
        /// While nobody waits; nil reads only when somebody does.
        public var idle: Duration?
        public var active: Duration

        public init(idle: Duration?, active: Duration) {
            self.idle = idle
            self.active = active
        }
    }

    public struct Paces: Sendable {
        public var seerr = Pace(idle: .seconds(300), active: .seconds(60))
        public var queue = Pace(idle: .seconds(60), active: .seconds(10))
        public var history = Pace(idle: .seconds(300), active: .seconds(60))
        public var missing = Pace(idle: .seconds(3_600), active: .seconds(900))
        public var list = Pace(idle: .seconds(21_600), active: .seconds(600))
        public var qbittorrent = Pace(idle: .seconds(15), active: .seconds(3))
        public var packFiles = Pace(idle: nil, active: .seconds(10))
        public var shoko = Pace(idle: .seconds(900), active: .seconds(60))
        public var jellyfin = Pace(idle: .seconds(300), active: .seconds(30))
        public var jellyfinFull = Pace(idle: .seconds(86_400), active: .seconds(300))

        public init() {}
    }

    public var paces = Paces()
    var seerr: [Seerr] = []
    var servarr: [Servarr] = []
    var clients: [QBittorrent] = []
    var shoko: [Shoko] = []
    var jellyfin: Jellyfin?
    var sockets: WebSocketClient

    /// - Parameter rules: addresses that sockets may be opened to; for calls the transport has its own.
    public init(rules: OutboundRules = OutboundRules()) { sockets = WebSocketClient(rules: rules) }

    public mutating func addShoko(
        _ instance: String, _ base: BaseURL, _ login: ClientLogin, _ transport: any HTTPTransport
    ) {
        switch login {
        case .key(let key):
            shoko.append(Shoko(instance: instance, base: base, key: key, transport: transport))
        case .password(let name, let password):
            shoko.append(
                Shoko(instance: instance, base: base, user: name, password: password, transport: transport))
        case .none: break
        }
    }

    public mutating func addSeerr(_ instance: String, _ base: BaseURL, key: String, _ transport: any HTTPTransport) {
        seerr.append(Seerr(instance: instance, base: base, key: key, transport: transport))
    }

    public mutating func addServarr(
        _ type: MediaType, _ instance: String, _ base: BaseURL, key: String, _ transport: any HTTPTransport
    ) {
        servarr.append(
            Servarr(type == .movie ? .radarr : .sonarr, instance: instance, base: base, key: key, transport: transport))
    }

    public mutating func addClient(
        _ instance: String, _ base: BaseURL, _ login: ClientLogin, _ transport: any HTTPTransport
    ) {
        let credentials: QBittorrent.Credentials =
            switch login {
            case .key(let key): .apiKey(key)
            case .password(let name, let password): .password(user: name, password: password)
            case .none: .none
            }
        clients.append(
            QBittorrent(instance: instance, base: base, credentials: credentials, transport: transport))
    }

    public mutating func setJellyfin(
        _ instance: String, _ base: BaseURL, key: String, _ transport: any HTTPTransport
    ) {
        jellyfin = Jellyfin(instance: instance, base: base, key: key, transport: transport)
    }
}

/// What opens a download client.
public enum ClientLogin: Sendable {
    case key(String)
    case password(String, String)
    /// It lets this machine in without a login.
    case none
}
