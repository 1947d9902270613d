import Media
import Store

@testable import Deletion

/// Rows and holdings to plan with.
enum Sample {
    static let now = Timestamp(milliseconds: 1_700_000_000_000)

    static func row(
        _ id: Int64 = 1, _ type: MediaType = .movie, variant: Variant? = nil, seasons: [Int] = [],
        isAnime: Bool? = nil, seerr: [Int64] = [], hashes: [TorrentHash] = []
    ) -> RowFacts {
        var row = RequestRecord(
            id: id, mediaType: type, origin: .request, title: "Quiet Harbour", state: .available, at: now)
        row.tmdb = 603
        row.tvdb = type == .tv ? 81_189 : nil
        row.variant = variant
        row.seasons = seasons
        row.isAnime = isAnime
        row.radarr = type == .movie ? InstanceID(instance: "default", id: 53) : nil
        row.sonarr = type == .tv ? InstanceID(instance: "default", id: 7) : nil
        var facts = RowFacts(row)
        facts.seerrRequests = seerr.map { InstanceID(instance: "default", id: $0) }
        facts.hashes = hashes
        facts.items = [item(1)]
        return facts
    }

    /// An id that a sample spells out.
    private static func valid<ID>(_ id: ID?) -> ID {
        guard let id else { preconditionFailure("a sample names what no service could have") }
        return id
    }

    static func hash(_ number: Int) -> TorrentHash {
        let digits = String(number, radix: 16)
        return valid(TorrentHash(String(repeating: "0", count: 40 - digits.count) + digits))
    }

    static func item(_ number: Int) -> JellyfinItemID {
        valid(JellyfinItemID(String(hash(number).text.suffix(32))))
    }

    static func entry(_ id: Int64 = 53, _ type: MediaType = .movie, seasons: [ArrEntry.Season] = []) -> ArrEntry {
        var entry = ArrEntry(
            id: valid(ArrTitleID(id)), type: type, title: "Quiet Harbour", json: "{\"id\":\(id)}")
        entry.tmdb = 603
        entry.tvdb = type == .tv ? 81_189 : nil
        entry.path = "/media/Quiet Harbour"
        entry.size = 4_000
        entry.seasons = seasons
        return entry
    }

    static func file(_ id: Int64, _ path: String, _ units: [UnitNumber] = []) -> ArrFile {
        ArrFile(
            id: valid(ArrFileID(id)), path: path, size: 1_000, units: units,
            episodes: units.map { Int64($0.season * 100 + $0.episode) })
    }

    static func torrent(_ number: Int, _ change: (inout TorrentHolding) -> Void = { _ in }) -> TorrentHolding {
        var torrent = TorrentHolding(hash: hash(number), name: "Torrent \(number)", state: "uploading", progress: 1)
        torrent.contentPath = "/downloads/torrent-\(number)"
        change(&torrent)
        return torrent
    }

    static func holding(_ number: Int = 1, width: Int64? = nil) -> ItemHolding {
        var item = ItemHolding(id: item(number), kind: .movie, title: "Quiet Harbour", path: "/media/item-\(number)")
        item.tmdb = 603
        item.sources = [ItemHolding.Source(id: "s\(number)", path: "/media/item-\(number)/a.mkv", width: width)]
        return item
    }

    static func media(_ requests: [SeerrMedia.Request]) -> SeerrMedia {
        SeerrMedia(id: valid(SeerrMediaID(41)), type: .movie, tmdb: 603, status: 5, requests: requests)
    }

    static func request(_ id: Int64, _ variant: Variant = .hd, seasons: [Int] = []) -> SeerrMedia.Request {
        SeerrMedia.Request(
            id: valid(SeerrRequestID(id)), status: 2, variant: variant, seasons: seasons, userName: "ada")
    }

    /// A film that every service holds.
    static func film() -> MediumFacts {
        var facts = MediumFacts(row(seerr: [69], hashes: [hash(1)]))
        var arr = ArrFacts(.radarr, "default", variant: nil, entries: .known([entry()]))
        arr.files = .known([file(301, "/media/Quiet Harbour/a.mkv")])
        arr.hashes = .known([hash(1): []])
        facts.arrs = [arr]
        facts.clients = [ClientFacts("default", .known([torrent(1), torrent(9)]))]
        facts.jellyfin = JellyfinFacts("default", .known([holding()]))
        facts.seerr = [SeerrFacts("default", .known(media([request(69)])))]
        return facts
    }

    /// A series of two seasons, three episodes each in files of their own.
    static func series(_ asked: RowFacts = row(1, .tv, seasons: [1])) -> MediumFacts {
        var facts = MediumFacts(asked)
        let seasons = [1, 2].map { ArrEntry.Season(number: $0, monitored: true, files: 3) }
        var arr = ArrFacts(.sonarr, "default", variant: nil, entries: .known([entry(7, .tv, seasons: seasons)]))
        let units = [1, 2].flatMap { season in (1...3).map { UnitNumber(season, $0) } }
        arr.files = .known(
            units.map { unit in
                file(Int64(unit.season * 10 + unit.episode), "/media/s\(unit.season)e\(unit.episode).mkv", [unit])
            })
        arr.episodes = .known(
            units.map { unit in
                var episode = EpisodeReading(unit)
                episode.sonarrID = Int64(unit.season * 100 + unit.episode)
                episode.monitored = true
                episode.hasFile = true
                return episode
            })
        facts.arrs = [arr]
        facts.jellyfin = JellyfinFacts("default", .known([]))
        facts.seerr = [SeerrFacts("default", .known(media([request(69, seasons: [1]), request(70, seasons: [2])])))]
        return facts
    }

    static func options(files: Bool = true, _ change: (inout DeletionOptions) -> Void = { _ in }) -> DeletionOptions {
        var options = DeletionOptions()
        options.deletesFiles = files
        change(&options)
        return options
    }

    static func plan(
        _ facts: MediumFacts, _ options: DeletionOptions = options(), _ mode: DeletionPlanner.Mode = .full
    ) -> DeletionItem {
        DeletionPlanner(facts, options, mode).item()
    }
}

extension DeletionItem {
    func steps(_ service: DeletionService) -> [PlannedStep] { steps.filter { $0.service == service } }
    func statuses(_ service: DeletionService) -> [StepStatus] { steps(service).map(\.status) }
}
