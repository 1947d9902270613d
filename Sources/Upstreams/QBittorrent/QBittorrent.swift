public import HTTPClient

/// One qBittorrent, 4.x to 5.2 (upstreams.md §4), with its login session.
///
/// `sync/maindata` belongs to a session, and a second reader on it would take changes away from the first: so there is
/// one of these per server, and its calls go one after another.
public actor QBittorrent {
    /// How this server lets us in; a secret, so its description is empty.
    public enum Credentials: Sendable {
        /// The server's whitelist or localhost bypass.
        case none
        case password(user: String, password: String)
        /// From 5.2: `qbt_…`, sent with every call.
        case apiKey(String)
    }

    static let service = "qbittorrent"

    public nonisolated let instance: String
    let transport: any HTTPTransport
    let base: BaseURL
    let credentials: Credentials
    var cookies = CookieJar()
    /// Why the last login was refused, and when: no other is tried for a while.
    var refusal: (error: UpstreamError, at: ContinuousClock.Instant)?
    var session = TorrentSession()
    private var isBusy = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    let loginPause: Duration

    /// `loginPause` is how long a refused login is not tried again: five in an hour are a ban.
    public init(
        instance: String = "default", base: BaseURL, credentials: Credentials, transport: any HTTPTransport,
        loginPause: Duration = .seconds(900)
    ) {
        self.loginPause = loginPause
        self.instance = instance
        self.base = base
        self.credentials = credentials
        self.transport = transport
    }

    /// A call below `/api/v2`.
    ///
    /// Neither `Referer` nor `Origin` is sent: the server compares what comes with `Host`, which a proxy may have
    /// changed, and lets calls without them pass.
    func request(
        _ method: String = "GET", _ path: String..., query: [(String, String)] = [], timeout: Duration = .seconds(10)
    ) -> HTTPRequest {
        HTTPRequest(
            method, base.appending(["api", "v2"] + path, query: query), timeout: timeout, service: Self.service)
    }

    /// Waits until no other call is under way; `leave` lets the next one in.
    func enter() async {
        if isBusy { await withCheckedContinuation { waiting.append($0) } }
        isBusy = true
    }

    func leave() {
        if waiting.isEmpty { isBusy = false } else { waiting.removeFirst().resume() }
    }
}

extension QBittorrent.Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "credentials" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
