public import Media
public import Observability
import QBittorrent
import Shoko
public import SignalR
public import Store
import Synchronization

/// Follows every request from Seerr to playable: receives what services tell, reads what they do not, and acts.
public final class Tracking: Sendable {
    public let store: Store
    public let settings: TrackingOptions
    /// Which services answer, and since when others do not.
    public let reach: Reach
    /// Tells readers that something happened at their service.
    public let wakes: Wakes
    let log: Logger
    let upstreams: TrackingUpstreams
    private let isLeader = Mutex(false)
    private let streams = Mutex<[String: ShokoStream]>([:])
    private let shelf = Mutex<Librarian?>(nil)

    public init(store: Store, settings: TrackingOptions, upstreams: TrackingUpstreams, log: Logger) {
        self.store = store
        self.settings = settings
        self.upstreams = upstreams
        self.log = log
        reach = Reach()
        wakes = Wakes()
        if let jellyfin = upstreams.jellyfin { shelf.withLock { $0 = Librarian(jellyfin, self) } }
    }

    /// Looks into Jellyfin; nil where none is configured.
    var librarian: Librarian? { shelf.withLock(\.self) }

    /// The version of a client or Shoko, by the session its reader has open.
    public func version(of service: String, _ instance: String) async throws -> String? {
        if let client = upstreams.clients.first(where: { $0.instance == instance }), service == "qbittorrent" {
            return try await client.version().version
        }
        return try await upstreams.shoko.first { $0.instance == instance }?.status().version
    }

    /// How the event stream of each Shoko stands.
    public var shokoLinks: [String: SignalRState] { streams.withLock { $0.mapValues(\.state) } }

    func setStream(_ stream: ShokoStream, of instance: String) { streams.withLock { $0[instance] = stream } }

    /// Whether this process is the one that reads (operations.md §5).
    public var isLeading: Bool { isLeader.withLock(\.self) }

    func setLeading(_ leads: Bool) {
        isLeader.withLock { $0 = leads }
        wakes.setElsewhere(!leads)
    }

    /// What derivations and matching need to know of the installation now.
    public var context: TrackingContext {
        var rules = settings.rules
        rules.unreachable = reach.outages
        rules.pastOutages = reach.pastOutages
        var context = TrackingContext(
            rules: rules, variants: settings.variants, commonPath: settings.commonPath)
        context.scanDelay = settings.scan.delay
        context.scanDelayForAnime = settings.scan.delayForAnime
        return context
    }

    /// Books observations of one reading in one transaction.
    @discardableResult
    func book(
        _ observations: [Observation], _ more: @escaping @Sendable (TrackingLedger) throws -> Void = { _ in }
    ) async throws -> Int {
        let context = context
        let (changed, learned) = try await store.write { tx in
            let ledger = TrackingLedger(tx, context)
            for observation in observations { try ledger.record(observation) }
            try more(ledger)
            return (try ledger.finish(), Learned(ledger))
        }
        wakes.tell(learned)
        return changed
    }
}

/// What tracking is told by the configuration.
public struct TrackingOptions: Sendable {
    public var rules: TrackingRules
    public var variants: [String: Variant]
    public var commonPath: @Sendable (String, String, String) -> String
    /// A common path as a service sees it; nil when none of its prefixes fits.
    public var ownPath: @Sendable (String, String, String) -> String?
    public var scan: ScanOptions
    /// Whether grabs that nobody asked for become requests.
    public var tracksUnrequested = false

    public init(
        rules: TrackingRules, variants: [String: Variant], scan: ScanOptions = ScanOptions(),
        commonPath: @escaping @Sendable (String, String, String) -> String,
        ownPath: @escaping @Sendable (String, String, String) -> String?
    ) {
        self.rules = rules
        self.variants = variants
        self.scan = scan
        self.commonPath = commonPath
        self.ownPath = ownPath
    }
}

/// When Jellyfin may be asked to look for new files (tracking.md §5).
public struct ScanOptions: Sendable {
    public var isOn = true
    public var delay: Duration = .seconds(60)
    public var delayForAnime: Duration = .seconds(180)

    public init() {}
}
