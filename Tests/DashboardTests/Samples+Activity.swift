import Dashboard

extension Samples {
    static func transfer(_ percent: Double) -> Transfer {
        var transfer = Transfer(percent: percent, bytesDone: 490_000_000, bytesTotal: 1_181_116_032)
        transfer.speed = 5_452_595
        transfer.etaSeconds = 126
        return transfer
    }

    static func trouble(_ code: Attention.Code, _ reason: String) -> Attention {
        var attention = Attention(code: code, reason: reason, since: noon - 3_720_000, source: "sonarr")
        attention.actions = [.open(service: "sonarr"), .retry, .verify, .override]
        return attention
    }

    /// Each attention code with a sentence.
    static let troubles: [Attention] = [
        trouble(.matchFailed, "Shoko could not match [Group] Mushishi - 05.mkv (2 tries)"),
        trouble(.notGrabbed, "Radarr does not have this film"),
        trouble(.notGrabbed, "No release found for 2 h"),
        trouble(.releasesRejected, "Every release was rejected: 12 × Unknown quality, 3 × Not enough seeders"),
        trouble(.timeout, "Grabbed 62 min ago; qBittorrent does not show it moving"),
        trouble(.downloadStalled, "stalledDL, 0 seeds"),
        trouble(.downloadError, "No space left on device"),
        trouble(.importBlocked, "Not an upgrade for existing episode file(s)"),
        trouble(.metadataOnly, "Jellyfin lists Mushishi without anything to play"),
        trouble(.notAppearing, "Jellyfin does not show Mushishi - 05.mkv yet"),
        trouble(.upstreamUnreachable, "Sonarr does not answer: connection refused"),
    ]

    static func moving(_ id: Int64, _ title: String, _ stage: StageBadge.Stage) -> RequestsPage.Row {
        var row = row(id * 2 + 1, title, stage, id % 3 == 0 ? .tv : .movie)
        row.posterPath = "/images/poster/\(row.id)"
        row.version = 4711
        if stage == .downloading { row.progress = transfer(41.5) }
        if row.kind == .tv {
            row.seasons = [1, 2]
            row.episodes = (7, 12)
            row.episodeStages = [(.downloading, 3), (.available, 7), (.failed, 2)]
        }
        return row
    }

    /// The states of the Activity page, by the name of their snapshot.
    static let activities: [(name: String, model: ActivityPage.Model)] = [
        ("empty", ActivityPage.Model()), ("set-up", setUp()), ("quiet", quiet()), ("busy", busy()),
    ]

    private static func setUp() -> ActivityPage.Model {
        var model = ActivityPage.Model()
        model.idle.steps = ActivityIdle.Step.allCases.map { ($0, $0 == .jellyfin) }
        return model
    }

    private static func quiet() -> ActivityPage.Model {
        var model = ActivityPage.Model()
        model.idle.lastArrival = (id: 3, title: "Mushishi", at: noon)
        model.arrived = .init(rows: [arrival(21)])
        return model
    }

    private static func arrival(_ id: Int64) -> RequestsPage.Row {
        var row = row(id, "Violet Evergarden: The Movie", .available)
        row.availableAt = noon - 1_200_000
        row.links = [("jellyfin", "https://jellyfin.example/web/#/details?id=9f2c")]
        return row
    }

    static func busy() -> ActivityPage.Model {
        var model = ActivityPage.Model()
        model.attention = .init(
            rows: [troubles[0], troubles[3], troubles[5]].enumerated().map { index, trouble in
                var row = row(Int64(index * 2 + 41), "Mushishi", .animeMatching, .tv)
                row.attention = trouble
                row.links = [("sonarr", "https://sonarr.example/series/mushishi")]
                row.retry = .search(service: "sonarr")
                return row
            }, total: 137)
        let stages: [StageBadge.Stage] = [
            .syncingLibrary, .animeMatching, .importing, .downloadDone, .downloading, .downloading, .indexed, .approved,
            .requested,
        ]
        model.moving = .init(
            rows: stages.enumerated().map { moving(Int64($0 + 1), "The Lives of Others", $1) })
        model.moving.rows[5].progress = Transfer(percent: 3)
        model.arrived = .init(rows: [21, 23, 25].map(arrival))
        model.version = 4711
        return model
    }

    static func status() -> StatusPage.Model {
        var model = StatusPage.Model()
        var sonarr = ServiceRow.Model(service: "sonarr", instance: "default")
        sonarr.isReachable = false
        sonarr.silentSince = noon - 360_000
        sonarr.expectsWebhooks = true
        sonarr.lastWebhook = noon - 4_000_000
        sonarr.error = "Sonarr at http://sonarr:8989 refused the connection."
        sonarr.remedy = .address(name: "SONARR_URL")
        sonarr.lastSuccess = noon - 361_000
        var radarr = ServiceRow.Model(service: "radarr", instance: "4k")
        radarr.isReachable = true
        radarr.application = "Radarr"
        radarr.version = "5.14.0.9383"
        radarr.clockSkew = -95
        radarr.lastSuccess = noon
        radarr.isSupported = false
        radarr.latencyMilliseconds = 12
        radarr.expectsWebhooks = true
        radarr.lastPolled = noon
        let jellyfin = ServiceRow.Model(service: "jellyfin", instance: "default")
        model.services = [jellyfin, sonarr, radarr]
        var grab = UnmatchedList.Entry(
            id: 913, service: "sonarr", instance: "default", event: "Grab", receivedAt: noon - 7_000)
        grab.title = "Mushishi"
        var old = UnmatchedList.Entry(id: 900, service: "radarr", instance: "4k", event: "Download", receivedAt: noon)
        old.canReplay = false
        model.unmatched = [grab, old]
        model.unmatchedTotal = 14
        model.warnings = StatusPage.Warning.allCases
        var sync = JobKindRow.Model(kind: .librarySync)
        sync.running = running()
        sync.isBusy = true
        sync.last = job(188)
        sync.nextAt = noon + 3_600_000
        var pending = JobKindRow.Model(kind: .pendingSync)
        pending.isBusy = true
        pending.last = job(187, .pendingSync, .failed)
        pending.last?.error = "Jellyseerr did not answer."
        model.jobs = [sync, JobKindRow.Model(kind: .metadataUpdate), pending]
        var own = OwnState.Model(
            database: "SQLite", schema: (13, 13), events: (12_034, 98_765), streams: 3, leads: true)
        own.databaseSize = 47_185_920
        own.eventsSince = noon - 86_400_000
        own.diskFree = 80_000_000_000
        own.clockSkews = [0, -95]
        model.own = own
        return model
    }
}
