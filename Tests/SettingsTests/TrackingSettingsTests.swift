import Settings
import Testing

@Suite struct TrackingSettingsTests {
    @Test("nothing set gives the paces of the specification") func paces() throws {
        let polling = try load().polling
        let table: [(PollSource, String?, String)] = [
            (.seerr, "5m", "1m"), (.arrQueue, "1m", "10s"), (.arrHistory, "5m", "1m"), (.arrMissing, "1h", "15m"),
            (.arrList, "6h", "10m"), (.qbittorrent, "15s", "3s"), (.packFiles, nil, "10s"), (.shoko, "15m", "1m"),
            (.jellyfin, "5m", "30s"), (.jellyfinFull, "1d", "5m"),
        ]
        #expect(table.map(\.0) == PollSource.allCases)
        for (source, idle, active) in table {
            #expect(polling[source].idle?.settingText == idle, "\(source)")
            #expect(polling[source].active.settingText == active, "\(source)")
        }
    }

    @Test("nothing set gives the limits of the specification") func usualLimits() throws {
        let limits = try load().limits
        let shown = AttentionLimit.allCases.map { "\($0.rawValue)=\(limits[$0].settingText)" }
        #expect(
            shown == [
                "NOT_GRABBED=10m", "APPROVED=2h", "INDEXED=1h", "DOWNLOAD_STALLED=30m", "DOWNLOADING=1d",
                "DOWNLOAD_DONE=30m", "IMPORTING=1h", "ANIME_MATCHING=30m", "NOT_APPEARING=15m",
                "UPSTREAM_UNREACHABLE=2m",
            ])
    }

    @Test("every pace can be set by its name, down to a tenth of a second", arguments: PollSource.allCases)
    func setPace(source: PollSource) throws {
        var environment = ["MARQUEE_POLL_\(source.rawValue)_ACTIVE": "100ms"]
        if source != .packFiles { environment["MARQUEE_POLL_\(source.rawValue)"] = "2s" }
        let configuration = try load(environment)
        #expect(configuration.polling[source].active == .milliseconds(100))
        #expect(configuration.polling[source].idle == (source == .packFiles ? nil : .seconds(2)))
        #expect(configuration.warnings.isEmpty)
        for other in PollSource.allCases where other != source {
            #expect(configuration.polling[other] == other.usualPace)
        }
        #expect(problems(["MARQUEE_POLL_\(source.rawValue)_ACTIVE": "99ms"]).count == 1)
    }

    @Test("a source somebody waits for is never read less often than otherwise") func order() throws {
        let pace = try load(["MARQUEE_POLL_SEERR": "2s"]).polling[.seerr]
        #expect(pace == PollPace(idle: .seconds(2), active: .seconds(2)))
    }

    @Test("every limit can be set by its name, from a second on", arguments: AttentionLimit.allCases)
    func setLimit(limit: AttentionLimit) throws {
        let limits = try load(["MARQUEE_LIMIT_\(limit.rawValue)": "1s"]).limits
        #expect(limits[limit] == .seconds(1))
        for other in AttentionLimit.allCases where other != limit { #expect(limits[other] == other.usual) }
        #expect(problems(["MARQUEE_LIMIT_\(limit.rawValue)": "999ms"]).count == 1)
    }

    @Test("nothing set: scans are asked for, nothing unrequested is tracked, requests stay for ever")
    func trackingDefaults() throws {
        let tracking = try load().tracking
        #expect(tracking.libraryScan == .auto)
        #expect(tracking.scanDelay == .seconds(60))
        #expect(tracking.scanDelayAnime == .seconds(180))
        #expect(tracking.sightingGap == .seconds(3_600))
        #expect(tracking.vanishGrace == .seconds(600))
        #expect(!tracking.tracksUnrequested)
        #expect(tracking.requestRetention == nil)
        #expect(tracking.factRetention == .seconds(90 * 86_400))
        #expect(tracking.pendingSyncInterval == .off)
    }

    @Test("each of them can be set, in the file as well") func trackingValues() throws {
        let configuration = try load(
            ["MARQUEE_LIBRARY_SCAN": "OFF", "MARQUEE_SCAN_DELAY": "0s", "MARQUEE_SIGHTING_GAP": "200ms"],
            file: #"""
                {"marquee": {"scan_delay_anime": "1s", "vanish_grace": "2s", "track_unrequested": true,
                 "retention_days": 30, "retention_facts": "7d", "pending_sync_interval": "15m",
                 "poll_arr_queue_active": "1s", "limit_indexed": "5s"}}
                """#)
        let tracking = configuration.tracking
        #expect(tracking.libraryScan == .off)
        #expect(tracking.scanDelay == .zero)
        #expect(tracking.scanDelayAnime == .seconds(1))
        #expect(tracking.sightingGap == .milliseconds(200))
        #expect(tracking.vanishGrace == .seconds(2))
        #expect(tracking.tracksUnrequested)
        #expect(tracking.requestRetention == .seconds(30 * 86_400))
        #expect(tracking.factRetention == .seconds(7 * 86_400))
        #expect(tracking.pendingSyncInterval == .every(.seconds(900)))
        #expect(configuration.polling[.arrQueue].active == .seconds(1))
        #expect(configuration.limits[.indexed] == .seconds(5))
        #expect(configuration.warnings.isEmpty)
    }

    @Test(
        "what breaks a rule is refused by name",
        arguments: [
            "MARQUEE_LIBRARY_SCAN=on", "MARQUEE_RETENTION_DAYS=-1", "MARQUEE_RETENTION_FACTS=1h",
            "MARQUEE_PENDING_SYNC_INTERVAL=14m", "MARQUEE_WEBHOOK_OPEN_FROM=lan", "MARQUEE_SIGHTING_GAP=0s",
        ])
    func refused(setting: String) throws {
        let parts = setting.split(separator: "=").map(String.init)
        #expect(problems([parts[0]: parts[1]]).first?.hasPrefix("\(parts[0]) (environment): must be ") == true)
    }

    @Test("packs have one pace only; a slip in a pace's name is a warning") func unknownPace() throws {
        let warnings = try load(["MARQUEE_POLL_PACK_FILES": "1s", "MARQUEE_POLL_ARR_QUEU": "1s"]).warnings
        #expect(warnings.count == 2)
        #expect(
            warnings.first == "Unknown setting MARQUEE_POLL_ARR_QUEU (environment) is ignored; "
                + "did you mean MARQUEE_POLL_ARR_QUEUE?")
    }

    @Test("webhooks need a secret unless their address is named") func webhooks() throws {
        let usual = try load().webhooks
        #expect(usual.token == nil)
        #expect(!usual.openFrom.admit("127.0.0.1"))
        let set = try load(
            [
                "MARQUEE_WEBHOOK_TOKEN_FILE": "/hook", "MARQUEE_WEBHOOK_OPEN_FROM": "172.16.0.0/12",
            ], files: ["/hook": "hook-secret\n"]
        ).webhooks
        #expect(set.token == "hook-secret")
        #expect(set.openFrom.admit("172.18.0.3"))
    }
}
