import Dashboard
import HTML
import Testing

/// The page of one request before the eyes.
@Suite("A request in a browser", .serialized, .enabled(if: Browser.isInstalled, "needs chromium and chromedriver"))
struct RequestTests {
    private let page = PageContext()
    private static let isLive = "document.querySelector('#connection').dataset.state === 'live'"

    private func model(_ stage: StageBadge.Stage = .downloading, version: Int64 = 1) -> RequestPage.Model {
        var row = RequestsPage.Row(
            id: 17, title: "Mushishi", year: 2005, kind: .tv, stage: stage, origin: .request, requestedBy: "me",
            updatedAt: 0)
        row.version = version
        row.retry = .search(service: "sonarr")
        var model = RequestPage.Model(row: row)
        model.episodes.seasons = [
            season((1...25).map { .init(number: $0, title: "Episode \($0)", stage: .indexed) }, version: version),
            .init(number: 2, available: 1, aired: 1, isRequested: false, episodes: nil),
        ]
        model.timeline = [.init(id: 1, at: 1000, service: "jellyseerr", event: "requested", text: "")]
        return model
    }

    private func season(_ episodes: [EpisodeSquare.Model], version: Int64) -> SeasonGrid.Model {
        let available = Int64(episodes.count { $0.stage == .available })
        var season = SeasonGrid.Model(
            number: 1, available: available, aired: Int64(episodes.count), isRequested: true, episodes: episodes)
        season.version = version
        return season
    }

    @Test("the timeline grows and squares fill by patches, and an opened square stays open")
    func patches() async throws {
        try await onStage("/request/17", request: model()) { browser, stage in
            try await browser.wait(Self.isLive)
            try await browser.run("document.querySelectorAll('.squares summary')[2].focus()")
            try await browser.wait("document.querySelectorAll('.squares details')[2].open")
            #expect(try await browser.text(".squares details[open] p").contains("Episode 3"))
            var next = model(.available, version: 30)
            next.episodes.seasons[0] = season(
                (1...25).map { .init(number: $0, title: "Episode \($0)", stage: $0 < 5 ? .available : .indexed) },
                version: 30)
            let grid = SeasonGrid(next.episodes.seasons[0], request: 17, page)
            let entry = Timeline.Entry(id: 2, at: 2000, service: "jellyfin", event: "available", text: "")
            let late = Timeline.Entry(id: 3, at: 1500, service: "sonarr", event: "grabbed", text: "")
            try stage.patch(
                30,
                [
                    RequestHead.elementID(17): RequestHead(next, page).body,
                    SeasonGrid.headID(1): grid.head, SeasonGrid.blockID(1, 0): grid.block(0),
                    TimelineRow.elementID(2): TimelineRow(entry, page).body,
                    TimelineRow.elementID(3): TimelineRow(late, page).body,
                    TimelineNow.elementID(17): TimelineNow(next.row, page).body,
                ])
            try await browser.wait("document.querySelectorAll('.squares details:not([class])').length === 4")
            #expect(try await browser.text("#season-1 .pill") == "4/25")
            #expect(try await browser.run("return document.querySelectorAll('.squares details')[2].open").isTrue)
            let texts = try await browser.run(
                "return [...document.querySelectorAll('#timeline-list strong bdi')].map(e => e.textContent).join()")
            #expect(texts.text == "Playable in Jellyfin,Grabbed,Requested")
            #expect(try await browser.text("#timeline-list li.now").contains("Available"))
            try await browser.wait("document.querySelector('#announce').textContent === 'Mushishi: Available'")
            try await browser.press("\u{E014}")  // arrow right
            try await browser.wait(
                "document.querySelectorAll('.squares details')[3].open && !document.querySelectorAll('.squares details')[2].open"
            )
            try await browser.press("\u{E00C}")  // Escape
            try await browser.wait("!document.querySelector('.squares details[open]')")
            try await browser.click(".squares details:nth-child(5) > summary")
            try await browser.wait("document.querySelectorAll('.squares details')[4].open")
        }
    }

    @Test("a season that was not asked for loads when it is opened, and stays through a reload of the page's part")
    func onDemand() async throws {
        try await onStage("/request/17", request: model()) { browser, stage in
            try await browser.wait(Self.isLive)
            try await browser.click("#season-2 > summary")
            try await browser.wait(
                "document.querySelector('#season-2 .squares details p')?.textContent.includes('Two')")
            #expect(try await browser.run("return document.querySelector('#season-2').open").isTrue)
            stage.server.send("reset", id: 90, data: "{}")
            try await browser.wait("document.querySelector('#connection')")
            try await poll("the fetch after a reset", until: .seconds(10)) {
                stage.server.requests.contains { $0.query == "fragment=main" } ? () : nil
            }
            try await browser.wait("document.querySelector('#season-2 .squares details')")
            #expect(stage.server.requests.count { $0.query.contains("fragment=season-2") } == 1)
        }
    }

    @Test("verify says what Jellyfin answered; the override dialog is modal, has an address, and leads back")
    func actions() async throws {
        try await onStage("/request/17", request: model()) { browser, stage in
            try await browser.wait(Self.isLive)
            try await browser.click("form[action$='/verify'] button")
            try await browser.wait("document.querySelector('.toast')?.textContent === 'Jellyfin does not have it'")
            try await browser.click("a[href$='dialog=override']")
            try await browser.wait("document.querySelector('#dialog-override:modal')")
            #expect(try await browser.run("return location.search").text == "?dialog=override")
            try await browser.press("\u{E00C}")  // Escape
            try await browser.wait("!document.querySelector('#dialog-override') && location.search === ''")
            try await browser.open(stage.server.url + "/request/17?dialog=override")
            try await browser.wait("document.querySelector('#dialog-override:modal')")
            try await browser.type("Seen on disc", into: "#dialog-override textarea")
            try await browser.click("#dialog-override button.primary")
            try await browser.wait("!document.querySelector('#dialog-override') && location.search === ''")
            let sent = stage.server.requests.last { $0.path.hasSuffix("/override") }
            #expect(sent?.body == "state=&jellyfin_id=&is_anime=&reason=Seen+on+disc")
        }
    }

    @Test("nothing scrolls sideways at 360 pixels, whatever the names")
    func narrow() async throws {
        var model = model()
        model.row.title = String(repeating: "Immeasurable", count: 12)
        model.release = model.row.title
        model.row.attention = Attention(
            code: .importBlocked, reason: model.row.title, since: 0, source: model.row.title)
        var activity = ActivityPage.Model()
        activity.attention = .init(rows: [model.row])
        try await onStage("/request/17", activity: activity, request: model) { browser, stage in
            try await browser.resize(width: 360, height: 760)
            for path in ["/request/17", "/", "/request/17?dialog=override"] {
                try await browser.open(stage.server.url + path)
                let width = try await browser.run("return document.documentElement.scrollWidth - innerWidth")
                #expect((width.number ?? 1) <= 0, "\(path)")
            }
        }
    }
}
