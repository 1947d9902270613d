import API
import Accounts
import Administration
import Changes
import Cryptography
import Database
import HTTPClient
import Jobs
import Lifecycle
import Media
import Observability
import Settings
import Store

/// What lives as long as the process, whatever the settings say meanwhile.
struct Resources: Sendable {
    /// The settings as they were at the start: what only a restart changes is read from here.
    let configuration: Configuration
    let sink: LogSink
    let log: Logger
    let store: Store
    let jobs: Jobs
    let desk: SettingsDesk
    let board: HealthBoard
    let backups: Backups
    let metrics: Metrics
    let transport: any HTTPTransport
    let bind: BindAddress
    /// Which addresses may be called.
    let rules: OutboundRules
    /// Where the server listens, once it does: nothing here may call it.
    let ownPort: Locked<Int?>
    let pictures: PictureCache
    let setUpCode: SetUpCode
    let testGate = TestGate()
    /// The secret of all webhooks that an earlier version kept.
    let earlierHookToken: String?
    /// For callers on this machine.
    let token: String

    /// Opens and migrates the database and reads what is stored in it.
    ///
    /// `start` is the configuration without that; nil for `bind` listens where the configuration says.
    static func open(
        _ start: Configuration, environment: [String: String], sink: LogSink, bind: BindAddress?
    ) async throws -> Resources {
        let log = Logger("marquee", sink: sink)
        let key = try KeyFile.key(at: start.keyFile)
        let database = try await Database.open(DatabaseLocation(url: start.databaseURL.text))
        let store = Store(database, changes: Changes(), now: Application.now)
        let backups = Backups(
            database: database, directory: start.backupDirectory, version: Application.version, now: Application.now)
        try await store.migrate {
            let backup = try await backups.create(reason: .migration)
            log.info("migrating", "Bringing the database up to date; its old state is backup \(backup.id)")
        }
        let desk = SettingsDesk(store, key: key, environment: environment) { sink.redact($0) }
        let configuration = try await desk.configuration()
        sink.level = max(sink.level, configuration.logLevel)
        let jobs = Jobs(store, owner: HexEncoding.encode(randomBytes(8)), log: Logger("jobs", sink: sink))
        try await jobs.recover(isStart: true)
        let earlierHookToken = try HookToken.kept(in: configuration.dataDirectory)
        if let earlierHookToken { sink.redact(earlierHookToken) }
        let token = HexEncoding.encode(randomBytes(32))
        sink.redact(token)
        let metrics = Metrics()
        let board = HealthBoard(Upstreams.boardEntries(configuration))
        OwnMetrics(metrics, store: store, board: board).register()
        let ownPort = Locked<Int?>(nil)
        let rules = OutboundRules(denied: configuration.network.outboundDeny) { ownPort.withLock { $0 } }
        return Resources(
            configuration: configuration, sink: sink, log: log, store: store, jobs: jobs, desk: desk, board: board,
            backups: backups, metrics: metrics, transport: Upstreams.transport(metrics, rules),
            bind: bind ?? configuration.bind, rules: rules, ownPort: ownPort,
            pictures: PictureCache(folder: configuration.dataDirectory + "/images"), setUpCode: SetUpCode(),
            earlierHookToken: earlierHookToken, token: token)
    }
}
