import Lifecycle
import Media
import QBittorrent
import Seerr
import Servarr
import Shoko
import Store
import WebSocket

extension TrackingService {
    /// One reader for each source and instance that is configured.
    func readers(_ reconciliation: Reconciliation) -> [SourceReader] {
        var readers: [SourceReader] = []
        for seerr in upstreams.seerr { readers.append(reader(of: seerr)) }
        if !upstreams.servarr.contains(where: { $0.kind == .sonarr }) {
            for seerr in upstreams.seerr { readers.append(seasons(of: seerr)) }
        }
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

    /// Where no Sonarr tells the episodes.
    private func seasons(of seerr: Seerr) -> SourceReader {
        let watch = SeasonWatch(seerr, tracking)
        return SourceReader(
            what: "seasons", instance: Self.name("jellyseerr", seerr.instance), pace: upstreams.paces.seerr,
            isActive: isWaiting(.tv, [.requested, .approved])
        ) { _ in try await watch.read() }
    }

    private func readers(of servarr: Servarr) -> [SourceReader] {
        let instance = Self.name(servarr.kind.rawValue, servarr.instance)
        let type = servarr.kind.mediaType
        let queue = QueueWatch(servarr, tracking)
        let watch = ArrWatch(servarr, tracking)
        let missing = MissingWatch(servarr: servarr, tracking: tracking)
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
            SourceReader(
                what: "missing", instance: instance, pace: paces.missing, isActive: isWaiting(type, moving)
            ) { _ in try await missing.read() },
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
        ) { _ in
            try await watch.read()
            return true
        }
    }

    private var unrequested: SourceReader {
        let tracking = tracking
        return SourceReader(
            what: "grabs nobody asked for", instance: "unrequested", idle: .seconds(60), active: .seconds(60),
            isActive: { true }
        ) { _ in
            try await tracking.book([]) { try $0.trackUnrequested(olderThan: .seconds(600)) }
            return true
        }
    }

    func listeners() -> [(ShokoWatch, ShokoStream)] {
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
        read: @escaping @Sendable (_ afresh: Bool) async throws -> Bool
    ) {
        self.init(
            what: what, instance: instance, idle: pace.idle, active: pace.active, settling: settling,
            isActive: isActive, read: read)
    }

    /// A reader that asks its service every time.
    fileprivate init(
        what: String, instance: String, pace: TrackingUpstreams.Pace, settling: Duration = .seconds(2),
        isActive: @escaping @Sendable () async throws -> Bool,
        read: @escaping @Sendable (_ afresh: Bool) async throws -> Void
    ) {
        self.init(what: what, instance: instance, pace: pace, settling: settling, isActive: isActive) {
            afresh -> Bool in
            try await read(afresh)
            return true
        }
    }
}

extension Stage {
    static let open: [Stage] = allCases.filter { !$0.isClosed }
}
