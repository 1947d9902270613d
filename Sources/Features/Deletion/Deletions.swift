public import Jobs
import Lifecycle
public import Observability
public import Store

/// The one door to deletions: API, pages and command line all come in here.
public final class Deletions: Sendable {
    let jobs: Jobs
    let store: Store
    public let settings: DeletionSettings
    let upstreams: DeletionUpstreams
    let gatherer: Gatherer
    let services: ServiceDesk
    let clock: any Clock<Duration>
    let log: Logger
    let losses = Losses()

    public init(
        _ jobs: Jobs, store: Store, settings: DeletionSettings, upstreams: DeletionUpstreams,
        clock: any Clock<Duration> = ContinuousClock(), log: Logger
    ) {
        self.jobs = jobs
        self.store = store
        self.settings = settings
        self.upstreams = upstreams
        self.clock = clock
        self.log = log
        let shelf = upstreams.jellyfin.map { ProviderShelf($0, now: store.now) }
        gatherer = Gatherer(store: store, upstreams: upstreams, settings: settings, shelf: shelf)
        services = ServiceDesk(upstreams: upstreams, settings: settings, shelf: shelf)
    }

    var executor: Executor {
        Executor(store: store, services: services, settings: settings, clock: clock, log: log)
    }

    var verifier: Verifier { Verifier(store: store, services: services, settings: settings, log: log) }
}
