import API
import Accounts
import Changes
import Cryptography
import Database
import HTTPClient
import HTTPServer
import Jobs
import LibrarySync
import Lifecycle
import Media
import Observability
import Settings
import Shapes
import Store
import Tracking

/// The running Marquee: every part wired to the others, from the lock on the data directory to the listening server.
///
/// `marquee serve` is this with its schedules; any other verb makes one for itself when no server runs.
struct Application: Sendable {
    static let version = "0.1.0"

    let configuration: Configuration
    let log: Logger
    let store: Store
    let jobs: Jobs
    let syncs: LibrarySyncs
    let pending: PendingSyncs
    let tracking: Tracking
    let accounts: Accounts
    let board: HealthBoard
    let backups: Backups
    let server: HTTPServer
    let transport: any HTTPTransport
    /// For callers on this machine.
    let token: String
    private let lock: InstanceLock
    /// Listens for what other processes commit; ended by `close`.
    private let follower: Task<Void, Never>

    static let now: @Sendable () -> Timestamp = { WallClock.now() }

    /// Opens, migrates and wires everything; nothing listens yet.
    ///
    /// It will listen at `bind`, where port 0 lets the system choose.
    static func open(_ configuration: Configuration, sink: LogSink, bind: BindAddress) async throws -> Application {
        let log = Logger("marquee", sink: sink)
        guard let lock = try InstanceLock.take(in: configuration.dataDirectory) else { throw AlreadyRunning() }
        do {
            return try await wire(configuration, log, sink, bind, lock)
        } catch {
            lock.release()
            throw error
        }
    }

    private static func wire(
        _ configuration: Configuration, _ log: Logger, _ sink: LogSink, _ bind: BindAddress, _ lock: InstanceLock
    ) async throws -> Application {
        let database = try await Database.open(DatabaseLocation(url: configuration.databaseURL.text))
        let changes = Changes()
        let store = Store(database, changes: changes, now: now)
        let backups = Backups(
            database: database, directory: configuration.backupDirectory, version: version, now: now)
        try await store.migrate {
            let backup = try await backups.create(reason: .migration)
            log.info("migrating", "Bringing the database up to date; its old state is backup \(backup.id)")
        }
        let jobs = Jobs(store, owner: HexEncoding.encode(randomBytes(8)), log: Logger("jobs", sink: sink))
        try await jobs.recover(isStart: true)
        let metrics = Metrics()
        let transport = Upstreams.transport(metrics)
        let services = Upstreams.libraryServices(configuration, transport)
        let syncs = LibrarySyncs(
            jobs, store: store, services: { services }, now: now, log: Logger("library_sync", sink: sink))
        let board = HealthBoard(Upstreams.boardEntries(configuration))
        let tracking = Tracking(
            store: store, settings: Upstreams.trackingOptions(configuration),
            upstreams: Upstreams.trackingUpstreams(configuration, transport), log: Logger("tracking", sink: sink))
        let pending = PendingSyncs(jobs, tracking: tracking, transport: transport) {
            Upstreams.trackingUpstreams(configuration, $0)
        }
        let earlierToken = try HookToken.kept(in: configuration.dataDirectory)
        if let earlierToken { sink.redact(earlierToken) }
        let hookSecrets = HookSecrets(store, forAll: configuration.webhooks.token, earlier: earlierToken)
        let token = HexEncoding.encode(randomBytes(32))
        sink.redact(token)
        let accounts = Accounts(
            store, identity: Upstreams.identity(configuration, transport, version: version),
            options: AccountOptions(
                admins: configuration.adminUsers, usersSeeAll: configuration.requestVisibility == .all,
                version: version),
            log: Logger("accounts", sink: sink))
        let api = API(
            store: store, jobs: jobs, syncs: syncs, pending: pending, tracking: tracking,
            access: Access(
                adminToken: configuration.adminToken, isLocalOnly: bind.isLoopback, localToken: token,
                hookSecrets: hookSecrets,
                forwarding: Forwarding { configuration.trustedProxies.admit($0) },
                mayReadMetrics: { configuration.metricsAllow.admit($0) },
                maySendHooks: { configuration.webhooks.openFrom.admit($0) }),
            accounts: accounts, hookSecrets: hookSecrets, board: board, backups: backups, metrics: metrics,
            links: Upstreams.links(configuration),
            posters: UpstreamPosters(configuration, transport), log: Logger("api", sink: sink),
            basePath: configuration.basePath, requiresHTTPS: configuration.requiresHTTPS, now: now)
        OwnMetrics(metrics, store: store, board: board).register()
        let server = api.server(
            ServerOptions(
                host: bind.host, port: bind.port, basePath: configuration.basePath,
                unprefixed: ["/healthz", "/readyz"]))
        let follower = Task {
            do {
                try await store.follow()
            } catch {
                log.error("changes_unheard", "Changes of other processes are no longer heard: \(error)")
            }
        }
        return Application(
            configuration: configuration, log: log, store: store, jobs: jobs, syncs: syncs, pending: pending,
            tracking: tracking, accounts: accounts, board: board, backups: backups, server: server,
            transport: transport, token: token,
            lock: lock, follower: follower)
    }

    /// Starts to listen and tells other processes where.
    ///
    /// - Returns: the URL, base path included.
    func listen() async throws -> String {
        let port = try await server.start()
        let host = configuration.bind.host
        let shown = host == "0.0.0.0" || host == "::" ? "127.0.0.1" : host
        let url = "http://\(shown.contains(":") ? "[\(shown)]" : shown):\(port)\(configuration.basePath)"
        try lock.announce(url: url, token: token)
        return url
    }

    /// Stops the jobs, closes the database and lets go of the data directory.
    func close() async {
        await jobs.stop()
        follower.cancel()
        await store.database.close()
        lock.release()
    }
}

/// Another process holds the data directory.
struct AlreadyRunning: Error, CustomStringConvertible {
    var description: String { "Marquee is running on this data directory already." }
}
