import Changes
import Database
public import Media

/// Books observations within one transaction: finds or makes their requests, and derives each once at the end.
///
/// Match, insert and derive are one transaction of the single writer, so concurrent duplicates read the winner's row
/// (tracking.md §2.2).
public final class TrackingLedger {
    public let tx: StoreTransaction
    let context: TrackingContext
    var open: [Int64: TrackedRequest] = [:]
    /// In the order in which they were first touched.
    private var order: [Int64] = []
    /// Download ids that a request is known by since this transaction: a client that lists them should be asked.
    public private(set) var learnedDownloads: [String] = []
    /// Titles of an *arr that a request is known by since this transaction: its queue should be looked at again.
    public private(set) var learnedTitles: [RequestKey] = []
    /// Who was found by a key: the facts of one webhook share theirs, and rows do not change before the end.
    var found: [RequestKey: [Candidate]] = [:]
    /// Whether anything waits for its request; nil while nobody asked.
    var hasUnmatched: Bool?
    private var askedLooks: Set<AskedLook> = []

    public init(_ tx: StoreTransaction, _ context: TrackingContext) {
        self.tx = tx
        self.context = context
    }

    /// A request with all its facts, loaded once.
    public func request(_ id: Int64) throws -> TrackedRequest? {
        if let held = open[id] { return held }
        guard let tracked = try tx.raw.trackedRequest(id) else { return nil }
        hold(tracked)
        return tracked
    }

    func hold(_ tracked: TrackedRequest) {
        open[tracked.id] = tracked
        order.append(tracked.id)
        if tracked.isNew { found = [:] }
    }

    /// Every request touched so far.
    public var touched: [TrackedRequest] { order.compactMap { open[$0] } }

    /// Records an observation with the request it belongs to, made if the observation makes one.
    ///
    /// What belongs to nobody is kept and tried again later; what has no meaning without a request is not.
    /// - Returns: the request of the hook's answer; nil when no request is concerned yet.
    @discardableResult
    public func record(_ observation: Observation, inbox: Int64? = nil) throws -> Int64? {
        let path = observation.keys.path.map { context.commonPath($0, observation.service, observation.instance) }
        let owners = try self.owners(of: observation, path: path)
        if owners.isEmpty {
            if let made = try makeRequest(for: observation, inbox: inbox) { return made.id }
            try keepUnmatched(observation, path: path, inbox: inbox)
            return nil
        }
        for (id, units) in owners {
            guard let tracked = try request(id) else { continue }
            var own = observation
            own.units = units
            try book(own, on: tracked, path: path, inbox: inbox)
        }
        return owners.first?.id
    }

    /// Books an observation on the request it belongs to.
    func book(_ observation: Observation, on tracked: TrackedRequest, path: String?, inbox: Int64?) throws {
        var observation = observation
        if observation.units.isEmpty && tracked.row.mediaType == .tv, let path {
            observation.units = tracked.units(at: path)
        }
        for reading in observation.episodes where observation.units.contains(reading.number) {
            tracked.update(reading, readAt: observation.observedAt)
        }
        tracked.name(observation.units)
        let isNews = tracked.record(observation, inbox: inbox)
        tracked.follow(observation)
        try learn(observation, tracked, path: path)
        // A hint that is repeated asks again: the first look may have come too early.
        let isHint = [.appearHint, .vanishHint, .availableHint].contains(observation.fact)
        if isNews || (isHint && observation.channel == .webhook) { try scheduleLook(after: observation, tracked) }
    }

    /// What makes Jellyfin worth asking: hints at once, files a little later (tracking.md §5).
    private func scheduleLook(after observation: Observation, _ tracked: TrackedRequest) throws {
        guard askedLooks.insert(AskedLook(request: tracked.id, fact: observation.fact)).inserted else { return }
        switch observation.fact {
        case .imported, .fileMatched, .pathChanged:
            try tx.scheduleCheck(
                tracked.id, cause: observation.fact.rawValue, at: tx.now.advanced(by: .seconds(10)))
            if observation.fact == .imported {
                let delay = tracked.row.isAnime == true ? context.scanDelayForAnime : context.scanDelay
                try tx.scheduleCheck(tracked.id, cause: "scan", at: tx.now.advanced(by: delay), keepsEarlier: false)
            }
        case .appearHint, .vanishHint, .availableHint:
            try tx.scheduleCheck(tracked.id, cause: observation.fact.rawValue, at: tx.now)
        default: break
        }
    }

    /// Derives every request that was touched and stores what changed.
    ///
    /// - Returns: how many rows changed in a way that people see.
    @discardableResult
    public func finish() throws -> Int {
        var news: [(id: Int64, change: RequestChange)] = []
        for id in order {
            guard let tracked = open[id], tracked.isDirty else { continue }
            let wasOwned = tracked.stored.owner != nil
            guard try save(tracked) else { continue }
            let change: RequestChange =
                tracked.isNew ? .created : !wasOwned && tracked.row.owner != nil ? .owned : .updated
            news.append((tracked.id, change))
        }
        if news.count > 200 {
            let added = news.count { $0.change == .created }
            try tx.emit(.requests, data: "{\"job_id\":null,\"added\":\(added),\"updated\":\(news.count - added)}")
        } else {
            for (id, change) in news { try tx.emit(.request, object: id, data: change.data) }
        }
        return news.count
    }

    func noteLearned(_ key: RequestKey) {
        switch key.kind {
        case "download": learnedDownloads.append(key.value)
        case "radarr", "sonarr": learnedTitles.append(key)
        default: break
        }
    }

    /// Binds a request to the number an *arr has for it.
    public func learn(_ service: String, _ id: InstanceID<Int64>, for request: Int64) throws {
        guard let tracked = try self.request(request) else { return }
        tracked.edit { row in
            if service == "radarr" && row.radarr == nil { row.radarr = id }
            if service == "sonarr" && row.sonarr == nil { row.sonarr = id }
        }
        try add([RequestKey(service, id.instance, String(id.id))], to: tracked)
    }
}

/// The twelve files of a pack ask for one look.
private struct AskedLook: Hashable {
    var request: Int64
    var fact: Observation.Fact
}

/// What the ledger needs to know of the installation.
public struct TrackingContext: Sendable {
    public var rules: TrackingRules
    /// `radarr/4k` and its variant; instances that are not told apart are missing.
    public var variants: [String: Variant]
    /// A service's path in the common view; path, service, instance.
    public var commonPath: @Sendable (String, String, String) -> String
    /// The waits after the last import before Jellyfin is asked to look.
    public var scanDelay: Duration = .seconds(60)
    public var scanDelayForAnime: Duration = .seconds(180)

    public init(
        rules: TrackingRules, variants: [String: Variant] = [:],
        commonPath: @escaping @Sendable (String, String, String) -> String = { path, _, _ in path }
    ) {
        self.rules = rules
        self.variants = variants
        self.commonPath = commonPath
    }
}
