import API
import Accounts
import Administration
import Deletion
import HTTPClient
import LibrarySync
import Observability
import Settings
import Tracking

/// What follows from the settings: made anew as a whole when they change.
struct Composition: Sendable {
    let resources: Resources
    let configuration: Configuration
    let syncs: LibrarySyncs
    let pending: PendingSyncs
    let tracking: Tracking
    let deletions: Deletions
    let accounts: Accounts
    let api: API

    /// Wires everything to the settings; `whenSaved` is called after somebody has saved others, and waited for.
    init(_ configuration: Configuration, _ resources: Resources, whenSaved: @escaping @Sendable () async -> Void) {
        let (store, jobs, sink, transport) = (resources.store, resources.jobs, resources.sink, resources.transport)
        let now = Application.now
        let services = Upstreams.libraryServices(configuration, transport)
        syncs = LibrarySyncs(
            jobs, store: store, services: { services }, now: now, log: Logger("library_sync", sink: sink))
        tracking = Tracking(
            store: store, settings: Upstreams.trackingOptions(configuration),
            upstreams: Upstreams.trackingUpstreams(configuration, transport, resources.rules),
            log: Logger("tracking", sink: sink))
        deletions = Deletions(
            jobs, store: store, settings: Upstreams.deletionSettings(configuration),
            upstreams: Upstreams.deletionUpstreams(configuration, transport), log: Logger("deletion", sink: sink))
        pending = PendingSyncs(jobs, tracking: tracking, transport: transport) {
            Upstreams.trackingUpstreams(configuration, $0, resources.rules)
        }
        accounts = Accounts(
            store, identity: Upstreams.identity(configuration, transport, version: Application.version),
            options: AccountOptions(
                admins: configuration.adminUsers, usersSeeAll: configuration.requestVisibility == .all,
                version: Application.version),
            setUpCode: resources.setUpCode, log: Logger("accounts", sink: sink))
        let hookSecrets = HookSecrets(
            store, forAll: configuration.webhooks.token, earlier: resources.earlierHookToken)
        api = API(
            store: store, jobs: jobs, syncs: syncs, pending: pending, tracking: tracking,
            deletions: deletions,
            access: Access(
                adminToken: configuration.adminToken, isLocalOnly: resources.bind.isLoopback,
                localToken: resources.token, hookSecrets: hookSecrets,
                forwarding: Forwarding { configuration.trustedProxies.admit($0) },
                mayReadMetrics: { configuration.metricsAllow.admit($0) },
                maySendHooks: { configuration.webhooks.openFrom.admit($0) },
                hasOpenHooks: !configuration.webhooks.openFrom.isEmpty),
            accounts: accounts, hookSecrets: hookSecrets, board: resources.board, backups: resources.backups,
            metrics: resources.metrics, links: Upstreams.links(configuration),
            posters: UpstreamPosters(PosterSources(configuration), transport, resources.pictures),
            settings: SettingsOffice(
                desk: resources.desk, probe: ServiceProbe(transport), installer: HookInstaller(transport),
                gate: resources.testGate,
                version: Application.version, whenSaved: whenSaved),
            log: Logger("api", sink: sink), basePath: configuration.basePath,
            requiresHTTPS: configuration.requiresHTTPS,
            limits: CallerLimits(
                rate: configuration.network.apiRate, corsOrigins: Set(configuration.network.corsOrigins)),
            now: now, schedules: { Housekeeping.intervals(configuration) })
        self.resources = resources
        self.configuration = configuration
    }
}
