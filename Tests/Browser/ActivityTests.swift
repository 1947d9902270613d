import Dashboard
import HTML
import Testing

/// The Activity page before the eyes: cards come, move, wait and go by patches alone.
@Suite("Activity in a browser", .serialized, .enabled(if: Browser.isInstalled, "needs chromium and chromedriver"))
struct ActivityTests {
    private let page = PageContext()
    private static let isLive = "document.querySelector('#connection').dataset.state === 'live'"
    private static let moving = "[...document.querySelectorAll('#cards-moving h3')].map(h => h.textContent).join()"

    private func row(_ id: Int64, _ title: String, _ stage: StageBadge.Stage, version: Int64 = 1) -> RequestsPage.Row {
        var row = RequestsPage.Row(
            id: id, title: title, year: 2020, kind: .movie, stage: stage, origin: .request, requestedBy: "me",
            updatedAt: 1_000_000 + id)
        row.version = version
        return row
    }

    private func card(_ row: RequestsPage.Row, in band: ActivityBand.Kind) -> [String: Markup] {
        [ActivityCard.elementID(row.id): ActivityCard(row, in: band, page).body]
    }

    private func activity(_ rows: [RequestsPage.Row]) -> ActivityPage.Model {
        var model = ActivityPage.Model()
        model.moving = .init(rows: rows)
        return model
    }

    @Test("a card moves between the bands, in order, and an empty band is not shown")
    func bands() async throws {
        try await onStage("/", activity: activity([row(1, "One", .importing), row(2, "Two", .requested)])) {
            browser, stage in
            try await browser.wait(Self.isLive)
            try await browser.run("window.stayed = true")
            #expect(try await browser.text(".band:not([hidden]) h2").contains("Moving"))
            // A new one takes its place by its stage; one that moves on changes places.
            try stage.patch(20, card(row(3, "Three", .downloading, version: 20), in: .moving))
            try await browser.wait("\(Self.moving) === 'One,Three,Two'")
            try stage.patch(21, card(row(2, "Two", .syncingLibrary, version: 21), in: .moving))
            try await browser.wait("\(Self.moving) === 'Two,One,Three'")
            try await browser.wait("document.querySelector('#announce').textContent === 'Two: Entering library'")
            var blocked = row(1, "One", .importing, version: 22)
            blocked.attention = Attention(code: .importBlocked, reason: "Sample", since: 5, source: "radarr")
            try stage.patch(22, card(blocked, in: .attention))
            try await browser.wait("document.querySelector('#cards-attention #activity-card-1 .reason')")
            #expect(try await browser.text(".band:not([hidden]) h2").contains("Needs attention"))
            // An older patch does not bring it back.
            try stage.patch(21, card(row(1, "One", .importing, version: 21), in: .moving))
            var arrived = row(2, "Two", .available, version: 23)
            arrived.availableAt = 9
            try stage.patch(23, card(arrived, in: .arrived))
            try await browser.wait("document.querySelector('#cards-arrived #activity-card-2')")
            #expect(try await browser.run("return \(Self.moving)").text == "Three")
            try stage.patch(24, [:], removed: ["activity-card-3", "activity-card-1"])
            try await browser.wait("!document.querySelector('#activity-idle').hidden")
            #expect(try await browser.text("#activity-idle").contains("Nothing is under way"))
            #expect(try await browser.run("return document.querySelectorAll('.band:not([hidden])').length") == 1)
            #expect(try await browser.run("return window.stayed").isTrue)
            #expect(!stage.server.requests.contains { $0.query.contains("fragment=") })
        }
    }

    @Test("new cards wait behind a button while the focus is in the list, and the focused one stays in its place")
    func waiting() async throws {
        try await onStage("/", activity: activity([row(1, "One", .downloading), row(2, "Two", .requested)])) {
            browser, stage in
            try await browser.wait(Self.isLive)
            try await browser.run("document.querySelector('#activity-card-2 a').focus()")
            for id in Int64(3)...5 {
                try stage.patch(Int(20 + id), card(row(id, "New \(id)", .importing, version: 20 + id), in: .moving))
            }
            try await browser.wait("document.querySelector('.moving [data-waiting]').textContent === '3 new'")
            #expect(try await browser.run("return \(Self.moving)").text == "One,Two")
            try stage.patch(30, card(row(2, "Two", .syncingLibrary, version: 30), in: .moving))
            try await browser.wait("document.querySelector('#activity-card-2').dataset.stage === 'syncing_library'")
            #expect(try await browser.run("return \(Self.moving)").text == "One,Two")
            #expect(try await browser.run("return document.activeElement.textContent").text == "Two")
            // One of those that wait goes again; it is never seen.
            try stage.patch(31, [:], removed: ["activity-card-4"])
            try await browser.wait("document.querySelector('.moving [data-waiting]').textContent === '2 new'")
            try await browser.click(".moving [data-waiting]")
            try await browser.wait("document.activeElement.textContent === 'New 3'")
            try await browser.run("document.activeElement.blur(); document.body.focus()")
            try await browser.run("document.querySelector('#search').focus()")
            try await browser.wait("\(Self.moving).startsWith('Two,New 3,New 5,One')")
            #expect(try await browser.run("return document.querySelector('.moving [data-waiting]').hidden").isTrue)
        }
    }

    @Test("a band keeps its limit, progress moves, times in a stage are spans, and a removed card hands on the focus")
    func limits() async throws {
        let rows = (1...50).map { row($0, "Title \($0)", .requested) }
        try await onStage("/", activity: activity(rows)) { browser, stage in
            try await browser.wait(Self.isLive)
            var loading = row(51, "New", .downloading, version: 20)
            for percent in [10.0, 55.5] {
                loading.progress = Transfer(percent: percent)
                loading.version += 1
                try stage.patch(Int(loading.version), card(loading, in: .moving))
            }
            try await browser.wait("document.querySelector('#activity-card-51 progress')?.value === 55")
            #expect(try await browser.run("return document.querySelector('#cards-moving').children.length") == 50)
            #expect(try await browser.text("#activity-card-51 .transfer") == "–")
            #expect(try await browser.text("#activity-card-51 [data-span]").hasSuffix("days"))
            try await browser.run("document.querySelector('#activity-card-51 a').focus()")
            try stage.patch(40, [:], removed: ["activity-card-51"])
            try await browser.wait("document.activeElement.textContent === 'Title 1'")
        }
    }

    @Test("the indicator names a silent service, and the end of the session marks the page old")
    func truth() async throws {
        try await onStage("/", activity: activity([row(1, "One", .requested)]), expectsErrors: true) { browser, stage in
            try await browser.wait(Self.isLive)
            let minutes = try await browser.run("return Date.now() - 6 * 60000").number ?? 0
            let note = SilentNote([.init(service: "sonarr", since: Int64(minutes))], version: 20, page)
            try stage.patch(20, [SilentNote.elementID: note.body])
            try await browser.wait(
                "document.querySelector('#connection').innerText.includes('Sonarr silent for 6 min')")
            #expect(try await browser.text("#connection").hasPrefix("live"))
            try stage.patch(21, [SilentNote.elementID: SilentNote([], version: 21, page).body])
            try await browser.wait("document.querySelector('#connection').innerText === 'live'")
            stage.signOut()
            stage.server.cutStreams(refuseNew: true, status: 401)
            try await browser.wait("!document.querySelector('#signed-out').hidden")
            #expect(try await browser.text("#connection") == "signed out")
            #expect(try await browser.text("#cards-moving").contains("One"))
            #expect(try await browser.run("return document.querySelector('#signed-out a').search").text == "?next=%2F")
            stage.signOut(false)
            stage.server.cutStreams()
            try await browser.wait("document.querySelector('#signed-out').hidden && \(Self.isLive)")
        }
    }
}
