import Foundation
import Testing

@testable import Simulator

@Suite("Webhooks the services send") struct WebhookTests {
    private func stack(_ requests: [(String, [String: Any])]) async -> LivingStack {
        let stack = LivingStack()
        _ = await stack.control("POST", "/webhooks", ["to": "http://marquee.test/", "secret": "s3cret"])
        for (media, more) in requests { _ = await stack.request(media, more) }
        return stack
    }

    @Test("tell of a pack: one grab, one import per file, one import complete")
    func pack() async {
        let stack = await stack([("tv", ["episodes": 5])])
        await stack.advance("1h")
        let sonarr = stack.received.hooks.filter { $0.service == "sonarr" }
        #expect(sonarr.map(\.event) == ["SeriesAdd", "Grab"] + Array(repeating: "Download", count: 6))
        let grab = sonarr[1].object
        #expect((grab["episodes"] as? [Any])?.count == 5)
        let ids = Set(sonarr.dropFirst().compactMap { $0.object.text("downloadId") })
        #expect(ids == [stack.flow.torrents[0].hash.uppercased()])
        for file in sonarr[2...6] {
            #expect(file.object["isUpgrade"] as? Bool == false && (file.object["episodes"] as? [Any])?.count == 1)
            #expect(file.object.object("episodeFile").text("path")?.hasPrefix("/media/tv/") ?? false)
        }
        let complete = sonarr[7].object
        #expect(complete["isUpgrade"] == nil && complete["episodeFile"] == nil && complete.int("fileCount") == 5)
        #expect((complete["episodeFiles"] as? [Any])?.count == 5)
    }

    @Test("go to Marquee's address of each instance, with the secret where the service can put it")
    func targets() async {
        let stack = await stack([("movie", ["is_4k": true]), ("anime", ["episodes": 1])])
        await stack.advance("2h")
        let urls = Set(stack.received.hooks.map(\.url))
        #expect(
            urls == [
                "http://marquee.test/hooks/jellyseerr", "http://marquee.test/hooks/radarr/4k",
                "http://marquee.test/hooks/sonarr", "http://marquee.test/hooks/jellyfin",
                "http://marquee.test/hooks/qbittorrent",
            ])
        for hook in stack.received.hooks {
            let name = hook.service == "seerr" ? "Authorization" : "X-Marquee-Token"
            #expect(hook.headers[name] == "s3cret")
            #expect(!hook.url.contains("s3cret"))
        }
    }

    @Test("have the types real servers were recorded with", .enabled(if: Shared.isThere, Comment(rawValue: Shared.why)))
    func recordings() async throws {
        let stack = await stack([("tv", ["episodes": 5]), ("movie", [:])])
        await stack.advance("1h")
        for (file, service, matches) in [
            ("sonarr-webhook/grab-season-pack", "sonarr", { $0.text("eventType") == "Grab" }),
            ("sonarr-webhook/import-complete-season-pack", "sonarr", { $0["episodeFiles"] != nil }),
            ("sonarr-webhook/zulip-episode_imported_upgrade", "sonarr", { $0["episodeFile"] != nil }),
            ("radarr-webhook/grab", "radarr", { $0.text("eventType") == "Grab" }),
            ("radarr-webhook/zulip-movie_added", "radarr", { $0.text("eventType") == "MovieAdded" }),
            ("overseerr-webhook/jellyseerr-movie-auto-approved", "seerr", { $0.object("media").text("tvdbId") == "" }),
        ] as [(String, String, ([String: Any]) -> Bool)] {
            let ours = stack.received.hooks.filter { $0.service == service }.map(\.object).first(where: matches)
            let hook = try #require(ours, "no \(file)")
            var recorded = try #require(Shared.json("recordings/\(file).json") as? [String: Any])
            // Labels and formats differ by set-up; the recording holds bare names where the server sends objects.
            recorded["_note"] = nil
            #expect(ShapeTests.conflicts(hook, recorded).isEmpty, "\(file)")
            let missing = recorded.keys.filter { hook[$0] == nil && !["deletedFiles"].contains($0) }
            #expect(missing.isEmpty, "\(file) lacks \(missing)")
        }
    }

    @Test("are installed through the *arr's own API, which tries them first")
    func installing() async {
        let stack = LivingStack()
        var body: [String: Any] = [
            "name": "Marquee", "implementation": "Webhook", "configContract": "WebhookSettings", "tags": [Int](),
            "onGrab": true, "onDownload": false,
            "fields": [
                ["name": "url", "value": "http://marquee.test/hooks/radarr"], ["name": "method", "value": 1],
                ["name": "username", "value": "hook"], ["name": "password", "value": "s3cret"],
            ],
        ]
        stack.received.answer(401)
        #expect(await stack.arr("radarr", "POST", "/notification", body).status == 400)
        #expect(await stack.arr("radarr", "/notification").array.isEmpty)
        stack.received.answer(202)
        let made = await stack.arr("radarr", "POST", "/notification", body)
        #expect(made.status == 201)
        let test = stack.received.hooks.last
        #expect(test?.event == "Test" && test?.object.object("movie").int("tmdbId") == 0)
        #expect(test?.headers["Authorization"] == "Basic aG9vazpzM2NyZXQ=")
        _ = await stack.request("movie")
        await stack.advance("1h")
        // Only what is ticked is sent, and nothing by the other instance.
        #expect(stack.received.hooks.dropFirst(2).map(\.event) == ["Grab"])
        body["fields"] = [["name": "url", "value": "nowhere"]]
        #expect(await stack.arr("radarr", "POST", "/notification", body).array.first?.text("propertyName") == "Url")
        let id = made.object.int("id") ?? 0
        #expect(await stack.arr("radarr", "DELETE", "/notification/\(id)").status == 200)
        #expect(await stack.arr("radarr", "/notification/\(id)").status == 404)
    }

    @Test("of Seerr need a template that is encoded twice; any other text is taken and never arrives")
    func seerrTemplate() async {
        let stack = LivingStack()
        let template =
            #"{"kind":"{{notification_type}}","twice":"{{subject}} {{subject}}","{{media}}":{"id":"{{media_tmdbid}}"},"{{issue}}":{"id":"{{issue_id}}"}}"#
        func save(_ payload: String) async -> Reply {
            await stack.seerr(
                "POST", "/settings/notifications/webhook",
                [
                    "enabled": true, "types": 2 | 32 | 128,
                    "options": ["webhookUrl": "http://marquee.test/hooks/jellyseerr", "jsonPayload": payload],
                ])
        }
        #expect(await save(template).status == 200)
        _ = await stack.request("movie", ["title": "First"])
        await stack.advance("1s")
        #expect(stack.received.hooks.isEmpty)
        let quoted = String(decoding: JSON.string(template).bytes, as: UTF8.self)
        #expect(await save(quoted).status == 200)
        let shown = await stack.seerr("GET", "/settings/notifications/webhook").object
        #expect(shown.object("options").text("jsonPayload") == template)
        _ = await stack.request("movie", ["title": "Second", "year": 1999])
        await stack.advance("1s")
        let hook = stack.received.hooks.first?.object ?? [:]
        #expect(hook.text("kind") == "MEDIA_PENDING" && hook.text("twice") == "Second (1999) {{subject}}")
        #expect(hook.object("media").text("id") == "7000002" && hook["issue"] is NSNull)
        stack.received.answer(nil)
        let test = ["options": ["webhookUrl": "http://marquee.test", "jsonPayload": quoted]]
        #expect(await stack.seerr("POST", "/settings/notifications/webhook/test", test).status == 500)
    }

    @Test("are lost, doubled, late or out of order as faults say, and listed with what became of them")
    func faults() async {
        for (kind, check) in [
            ("drop_webhook", { (events: [String]) in events == [] }),
            ("duplicate_webhook", { events in events == ["MovieAdded", "MovieAdded", "Grab", "Grab"] }),
            ("delay_webhook", { events in events == [] }),
        ] as [(String, ([String]) -> Bool)] {
            let stack = await stack([("movie", [:])])
            _ = await stack.control("POST", "/fault", ["service": "radarr", "kind": kind, "params": ["seconds": 300]])
            await stack.advance("60s")
            #expect(check(stack.received.hooks.filter { $0.service == "radarr" }.map(\.event)), "\(kind)")
            let listed = await stack.control("GET", "/webhooks").object["webhooks"] as? [[String: Any]] ?? []
            let own = listed.filter { $0.text("service") == "radarr" }
            if kind == "drop_webhook" { #expect(own.allSatisfy { $0["status"] is NSNull } && own.count == 2) }
            await stack.advance("301s")
            if kind == "delay_webhook" {
                #expect(stack.received.hooks.contains { $0.service == "radarr" && $0.event == "Grab" })
            }
        }
        let stack = await stack([])
        _ = await stack.control(
            "POST", "/fault", ["service": "sonarr", "kind": "reorder_webhook", "params": ["seconds": 100]])
        _ = await stack.request("tv", ["episodes": 8])
        await stack.advance("1h")
        let episodes = stack.received.hooks.filter { $0.service == "sonarr" && $0.object["episodeFile"] != nil }
            .compactMap { ($0.object["episodes"] as? [[String: Any]])?.first?.int("episodeNumber") }
        #expect(episodes.sorted() == Array(1...8) && episodes != Array(1...8))
    }

    @Test("an event's name narrows a fault to it")
    func event() async {
        let stack = await stack([])
        _ = await stack.control("POST", "/fault", ["service": "radarr", "kind": "drop_webhook", "event": "Grab"])
        _ = await stack.request("movie")
        await stack.advance("1h")
        #expect(stack.received.hooks.filter { $0.service == "radarr" }.map(\.event) == ["MovieAdded", "Download"])
    }

    @Test("accept_only answers success and does nothing")
    func acceptOnly() async {
        let stack = LivingStack()
        _ = await stack.control("POST", "/fault", ["service": "seerr", "kind": "accept_only"])
        #expect(await stack.seerr("POST", "/request", ["mediaType": "movie", "mediaId": 5]).status == 200)
        #expect(await stack.seerr("GET", "/request").results.isEmpty)
    }

    @Test("of an upgrade tell the old file's end first")
    func upgrade() async {
        let stack = await stack([("movie", [:])])
        await stack.advance("1h")
        _ = await stack.control("POST", "/step", ["do": "upgrade"])
        await stack.advance("1h")
        let radarr = stack.received.hooks.filter { $0.service == "radarr" }
        #expect(radarr.map(\.event) == ["MovieAdded", "Grab", "Download", "Grab", "MovieFileDelete", "Download"])
        #expect(radarr[4].object.text("deleteReason") == "upgrade")
        #expect(radarr[5].object["isUpgrade"] as? Bool == true)
        #expect((radarr[5].object["deletedFiles"] as? [Any])?.count == 1)
        let jellyfin = stack.received.hooks.filter { $0.service == "jellyfin" }.map(\.event)
        #expect(jellyfin == ["ItemAdded", "ItemDeleted", "ItemAdded"])
    }
}
