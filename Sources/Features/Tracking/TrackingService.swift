import Database
public import HTTPClient
import Jellyfin
public import Lifecycle
public import Media
import Observability
import QBittorrent
import Seerr
import Servarr
import Shoko
import Store
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
    var sockets = WebSocketClient()

    public init() {}

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

/// Runs every reader and the due checks, wherever leadership is held.
public struct TrackingService: Service {
    public let name = "tracking"
    private let tracking: Tracking
    private let upstreams: TrackingUpstreams
    private let clock: any Clock<Duration>

    public init(_ tracking: Tracking, clock: any Clock<Duration> = ContinuousClock()) {
        self.tracking = tracking
        upstreams = tracking.upstreams
        self.clock = clock
    }

    public func run(until shutdown: ShutdownSignal) async throws {
        while !shutdown.isTriggered {
            // One replica reads; the others try again, so that one takes over within ten seconds.
            if let lock = try? await tracking.store.database.tryLock("tracking") {
                tracking.setLeading(true)
                await lead(until: shutdown, lock)
                tracking.setLeading(false)
                lock.release()
            }
            await shutdown.wait(atMost: .seconds(5), clock)
        }
    }

    private func lead(until shutdown: ShutdownSignal, _ lock: SessionLock) async {
        let tracking = tracking
        let clock = clock
        var reconciliation = Reconciliation(tracking: tracking, librarian: tracking.librarian)
        reconciliation.scans = upstreams.jellyfin.map { LibraryScans(jellyfin: $0, tracking: tracking) }
        let settled = reconciliation
        await withTaskGroup(of: Void.self) { group in
            for reader in readers(settled) {
                group.addTask { await reader.run(in: tracking, until: shutdown, clock: clock) }
            }
            group.addTask { await makeChecks(settled, until: shutdown) }
            for (watch, stream) in listeners() { group.addTask { await watch.listen(to: stream) } }
            group.addTask {
                await withTaskGroup(of: Void.self) { race in
                    race.addTask { await lock.ended() }
                    race.addTask { await shutdown.wait() }
                    await race.next()
                    // Waiting for the lock cannot be cancelled; giving it back ends it.
                    lock.release()
                    race.cancelAll()
                }
            }
            // The last task ends first when leadership or the process ends; the readers follow.
            await group.next()
            group.cancelAll()
        }
    }

    private func makeChecks(_ reconciliation: Reconciliation, until shutdown: ShutdownSignal) async {
        while !shutdown.isTriggered && !Task.isCancelled {
            var pause: Duration = .milliseconds(250)
            do {
                let next = try await reconciliation.makeDueChecks()
                if let next {
                    let ahead = next.milliseconds - tracking.store.now().milliseconds
                    pause = .milliseconds(min(max(ahead, 20), 250))
                }
            } catch {
                tracking.log.warn("checks_failed", "\(error)")
                pause = .seconds(2)
            }
            await shutdown.wait(atMost: pause, clock)
        }
    }

    private func readers(_ reconciliation: Reconciliation) -> [SourceReader] {
        var readers: [SourceReader] = []
        for seerr in upstreams.seerr { readers.append(reader(of: seerr)) }
        for servarr in upstreams.servarr { readers += self.readers(of: servarr) }
        for client in upstreams.clients { readers += self.readers(of: client) }
        for shoko in upstreams.shoko { readers.append(reader(of: shoko)) }
        readers.append(releases)
        if tracking.settings.tracksUnrequested { readers.append(unrequested) }
        if upstreams.jellyfin != nil, let librarian = tracking.librarian {
            readers += self.readers(of: reconciliation, librarian)
        }
        return readers
    }

    private func reader(of seerr: Seerr) -> SourceReader {
        let watch = SeerrWatch(seerr, tracking)
        return SourceReader(
            what: "requests", instance: Self.name("jellyseerr", seerr.instance), pace: upstreams.paces.seerr,
            isActive: isWaiting(nil, [.requested])
        ) { try await watch.read(afresh: $0) }
    }

    private func readers(of servarr: Servarr) -> [SourceReader] {
        let instance = Self.name(servarr.kind.rawValue, servarr.instance)
        let type = servarr.kind.mediaType
        let queue = QueueWatch(servarr, tracking)
        let watch = ArrWatch(servarr, tracking)
        let moving: [Stage] = [.approved, .indexed, .downloading, .downloadDone, .importing]
        let paces = upstreams.paces
        var readers = [
            SourceReader(
                what: "queue", instance: instance, pace: paces.queue, isActive: isWaiting(type, moving)
            ) { _ in try await queue.read() },
            SourceReader(
                what: "history", instance: instance, pace: paces.history, isActive: isWaiting(type, moving)
            ) { _ in try await watch.readHistory() },
            SourceReader(
                what: "titles", instance: instance, pace: paces.list, isActive: isWaiting(type, [.approved])
            ) { _ in try await watch.readTitles() },
        ]
        if type == .tv {
            let age = paces.missing.active
            readers.append(
                SourceReader(
                    what: "episodes", instance: instance, pace: paces.missing, isActive: isWaiting(type, Stage.open)
                ) { _ in try await watch.readEpisodes(olderThan: min(age, .seconds(60))) })
        }
        return readers
    }

    private func readers(of client: QBittorrent) -> [SourceReader] {
        let watch = TorrentWatch(client, tracking)
        let packs = PackWatch(client: client, tracking: tracking)
        let instance = Self.name("qbittorrent", client.instance)
        return [
            SourceReader(
                what: "torrents", instance: instance, pace: upstreams.paces.qbittorrent,
                settling: .milliseconds(100), isActive: isWaiting(nil, [.indexed, .downloading])
            ) { _ in try await watch.read() },
            SourceReader(
                what: "files of packs", instance: instance, pace: upstreams.paces.packFiles,
                isActive: isWaiting(.tv, [.downloading])
            ) { _ in try await packs.read() },
        ]
    }

    private func reader(of shoko: Shoko) -> SourceReader {
        let watch = ShokoWatch(shoko, tracking)
        return SourceReader(
            what: "files", instance: Self.name("shoko", shoko.instance), pace: upstreams.paces.shoko,
            isActive: isWaiting(nil, [.animeMatching])
        ) { _ in try await watch.read() }
    }

    /// Nothing waits for it, and its own name keeps a slow indexer from being taken for an outage.
    private var releases: SourceReader {
        let watch = ReleaseWatch(tracking: tracking)
        return SourceReader(
            what: "releases", instance: "releases", idle: .seconds(30), active: .seconds(5),
            isActive: isWaiting(nil, [.approved])
        ) { _ in try await watch.read() }
    }

    private var unrequested: SourceReader {
        let tracking = tracking
        return SourceReader(
            what: "grabs nobody asked for", instance: "unrequested", idle: .seconds(60), active: .seconds(60),
            isActive: { true }
        ) { _ in try await tracking.book([]) { try $0.trackUnrequested(olderThan: .seconds(600)) } }
    }

    private func listeners() -> [(ShokoWatch, ShokoStream)] {
        let store = tracking.store
        return upstreams.shoko.map { shoko in
            let stream = ShokoStream(shoko, client: upstreams.sockets, clock: clock) { store.now() }
            tracking.setStream(stream, of: shoko.instance)
            return (ShokoWatch(shoko, tracking), stream)
        }
    }

    private func readers(of reconciliation: Reconciliation, _ librarian: Librarian) -> [SourceReader] {
        let paces = upstreams.paces
        return [
            SourceReader(
                what: "library changes", instance: "jellyfin", pace: paces.jellyfin,
                isActive: isWaiting(nil, Stage.open)
            ) { _ in try await reconciliation.reconcile() },
            SourceReader(
                what: "library", instance: "jellyfin", pace: paces.jellyfinFull,
                isActive: isWaiting(nil, [.syncingLibrary])
            ) { _ in try await librarian.readAll() },
        ]
    }

    private func isWaiting(_ type: MediaType?, _ stages: [Stage]) -> @Sendable () async throws -> Bool {
        let store = tracking.store
        return {
            let waiting = try await store.read { try $0.waiting(type) }
            return stages.contains { waiting[$0] != nil }
        }
    }

    static func name(_ service: String, _ instance: String) -> String {
        instance == "default" ? service : "\(service)/\(instance)"
    }
}

extension SourceReader {
    fileprivate init(
        what: String, instance: String, pace: TrackingUpstreams.Pace, settling: Duration = .seconds(2),
        isActive: @escaping @Sendable () async throws -> Bool,
        read: @escaping @Sendable (_ afresh: Bool) async throws -> Void
    ) {
        self.init(
            what: what, instance: instance, idle: pace.idle, active: pace.active, settling: settling,
            isActive: isActive, read: read)
    }
}

extension Stage {
    static let open: [Stage] = allCases.filter { !$0.isClosed }
}

extension ShutdownSignal {
    /// Returns when the signal is triggered or the time is over.
    func wait(atMost limit: Duration, _ clock: any Clock<Duration>) async {
        await withTaskGroup(of: Void.self) { race in
            race.addTask { try? await clock.sleep(for: limit) }
            race.addTask { await self.wait() }
            await race.next()
            race.cancelAll()
        }
    }
}
