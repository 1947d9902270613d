import Accounts
import Administration
import Cryptography
import Database
import Deletion
import HTTPClient
import Jobs
import LibrarySync
import Media
import Observability
import Shapes
import Store
import TestSupport
import Testing
import Tracking

@testable import API

/// Everything behind the routes over an empty database, with no service configured.
enum TestAPI {
    static let now = Timestamp(milliseconds: 1_700_000_000_000)

    static func with(
        isLocalOnly: Bool = true, limits: CallerLimits = CallerLimits(), schedules: [String: Duration] = [:],
        _ body: (API) async throws -> Void
    ) async throws {
        try await TestStore.with { store in
            let log = Logger("test", sink: LogSink(level: .error, write: { _ in }))
            let transport = StubTransport([:])
            let jobs = Jobs(store, owner: "test", log: log)
            let tracking = Tracking(
                store: store,
                settings: TrackingOptions(
                    rules: TrackingRules(), variants: [:], commonPath: { path, _, _ in path },
                    ownPath: { path, _, _ in path }),
                upstreams: TrackingUpstreams(), log: log)
            let key = try #require(SealingKey(bytes: Array(0..<32)))
            let office = SettingsOffice(
                desk: SettingsDesk(store, key: key, environment: [:], redact: { _ in }),
                probe: ServiceProbe(transport), installer: HookInstaller(transport), gate: TestGate(), version: "0",
                whenSaved: {})
            let secrets = HookSecrets(store, forAll: nil, earlier: nil)
            try await body(
                API(
                    store: store, jobs: jobs,
                    syncs: LibrarySyncs(
                        jobs, store: store,
                        services: {
                            LibraryServices(
                                jellyfin: nil, radarr: [], sonarr: [], transport: transport, temporaryDirectory: "/tmp")
                        }, now: { now }, log: log),
                    pending: PendingSyncs(jobs, tracking: tracking, transport: transport) { _ in TrackingUpstreams() },
                    tracking: tracking,
                    deletions: Deletions(
                        jobs, store: store, settings: DeletionSettings(), upstreams: DeletionUpstreams(), log: log),
                    access: Access(
                        adminToken: nil, isLocalOnly: isLocalOnly, localToken: "t", hookSecrets: secrets,
                        forwarding: Forwarding { _ in false },
                        mayReadMetrics: { _ in false }, maySendHooks: { _ in false }),
                    accounts: Accounts(
                        store, identity: nil, options: AccountOptions(admins: [], version: "0"), log: log),
                    hookSecrets: secrets, board: HealthBoard([]),
                    backups: Backups(database: store.database, directory: "/tmp", version: "0", now: { now }),
                    metrics: Metrics(), links: PublicLinks(), posters: AnyPoster(),
                    settings: office, log: log, basePath: "", requiresHTTPS: false, limits: limits, now: { now },
                    schedules: { schedules }))
            await jobs.stop()
        }
    }

    /// Every address has a picture.
    private struct AnyPoster: PosterSource {
        func mayShow(_ url: String) -> Bool { true }
        func image(at url: String) -> Poster? { Poster(contentType: "image/png", bytes: Array(url.utf8)) }
    }
}
