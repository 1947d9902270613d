import Dashboard

extension Samples {
    /// The states of a request's page, by the name of their snapshot.
    static let requestPages: [(name: String, model: RequestPage.Model)] = [
        ("arrived", request()), ("show", show()), ("override", overridden()),
    ]

    static func episode(_ number: Int64, _ stage: StageBadge.Stage) -> EpisodeSquare.Model {
        var episode = EpisodeSquare.Model(number: number, title: "The Green Seat", stage: stage)
        switch stage {
        case .available, .syncingLibrary: episode.file = "Mushishi - S01E0\(number) - The Green Seat WEBDL-1080p.mkv"
        case .downloading: episode.percent = 41
        case .failed: episode.reason = "No space left on device"
        default: break
        }
        return episode
    }

    static func season(_ number: Int64, of stages: [StageBadge.Stage]) -> SeasonGrid.Model {
        let available = Int64(stages.count { $0 == .available })
        var season = SeasonGrid.Model(
            number: number, available: available, aired: Int64(stages.count), isRequested: true,
            episodes: stages.enumerated().map { episode(Int64($0 + 1), $1) })
        season.version = 4711
        return season
    }

    static func show() -> RequestPage.Model {
        var row = row(17, "Mushishi", .downloading, .tv)
        row.version = 4711
        row.progress = transfer(41.5)
        row.seasons = [1]
        row.episodes = (7, 12)
        row.episodeStages = [(.available, 7), (.downloading, 5)]
        row.isUncertain = true
        row.quality = "Bluray-1080p"
        row.links = [("sonarr", "https://sonarr.example/series/mushishi")]
        row.attention = troubles[7]
        row.attention?.messages = ["One or more episodes expected in this release were not imported", "Sample"]
        row.retry = .refresh(service: "sonarr")
        var model = RequestPage.Model(row: row)
        model.release = "Mushishi.S01.1080p.BluRay-GRP"
        model.indexer = "Nyaa"
        model.size = 21_689_789_645
        model.instance = ("sonarr", "anime")
        model.firstAirsAt = noon
        model.ids = [("tvdb_id", "79151")]
        model.episodes.seasons = seasons()
        model.episodes.notRequested = [(2, episode(1, .downloading))]
        model.timeline = story()
        model.timelineTotal = 812
        return model
    }

    private static func seasons() -> [SeasonGrid.Model] {
        var first = season(1, of: StageBadge.Stage.allCases + [.available])
        var unaired = episode(14, .approved)
        unaired.isUnaired = true
        unaired.airsAt = noon + 86_400_000
        var undated = unaired
        undated.number = 15
        undated.airsAt = nil
        first.episodes? += [unaired, undated]
        first.packs = [.init(first: 2, last: 5, release: "Mushishi.S01.1080p.BluRay-GRP", transfer: transfer(41.5))]
        let second = SeasonGrid.Model(number: 2, available: 10, aired: 10, isRequested: false, episodes: nil)
        let specials = SeasonGrid.Model(number: 0, available: 0, aired: 2, isRequested: false, episodes: nil)
        return [specials, first, second]
    }

    /// One entry of each kind, a repeat and a late one among them.
    private static func story() -> [Timeline.Entry] {
        var entries: [Timeline.Entry] = []
        func add(
            _ event: String, _ values: [String: String] = [:], by service: String, _ stage: StageBadge.Stage? = nil
        ) {
            let id = Int64(entries.count + 1)
            var entry = Timeline.Entry(
                id: id, at: noon - 3_600_000 + id * 60_000, service: service, event: event, text: "", stage: stage)
            entry.values = values
            if stage != nil { entry.duration = 60_000 }
            entries.append(entry)
        }
        add("requested", ["name": "mira"], by: "jellyseerr", .requested)
        add("approved", by: "jellyseerr", .approved)
        add("grabbed", ["units": "S01E01–E13", "count": "13", "size": "21689789645"], by: "sonarr", .indexed)
        add("downloading", ["size": "21689789645"], by: "qbittorrent", .downloading)
        add("file_seen", ["file": "Mushishi - 05.mkv"], by: "shoko")
        add("file_seen", ["file": "Mushishi - 05.mkv"], by: "shoko")
        add("attention_begun", ["reason": "Not an upgrade"], by: "marquee")
        add("imported", ["file": "Mushishi - S01E05.mkv", "units": "S01E05"], by: "sonarr")
        entries[entries.count - 1].isLate = true
        entries.append(.init(id: 99, at: noon, service: "plex", event: "of_tomorrow", text: "Plex said hello"))
        return entries
    }

    static func overridden() -> RequestPage.Model {
        var model = request()
        model.row.attention = nil
        model.row.retry = .search(service: "radarr")
        model.override = .init(name: "mira", reason: "Watched it on disc", stage: .available)
        model.dialog = .override
        return model
    }
}
