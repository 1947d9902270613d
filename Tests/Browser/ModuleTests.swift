import Dashboard
import HTML
import Testing

/// The module in a real browser, against pages and events of our own.
@Suite("Module in a browser", .serialized, .enabled(if: Browser.isInstalled, "needs chromium and chromedriver"))
struct ModuleTests {
    private func job(_ done: Int64, version: Int64, _ state: JobModel.State = .running) -> JobModel {
        var job = JobModel(id: 191, kind: .librarySync, state: state, isDryRun: true, startedBy: "me", createdAt: 0)
        job.phase = .gather
        job.done = done
        job.total = 100
        job.version = version
        job.canCancel = true
        return job
    }

    private func row(_ id: Int64, _ title: String, _ stage: StageBadge.Stage, version: Int64) -> RequestsPage.Row {
        var row = RequestsPage.Row(
            id: id, title: title, year: 2020, kind: .movie, stage: stage, origin: .request, requestedBy: "me",
            updatedAt: 0)
        row.version = version
        return row
    }

    @Test("a job started elsewhere appears, moves and becomes its report, without a reload")
    func liveJob() async throws {
        try await onStage("/library?job=191") { browser, stage in
            try await browser.run("window.stayed = true")
            try await browser.wait("document.querySelector('#connection').dataset.state === 'live'")
            for (step, done) in [Int64(10), 55].enumerated() {
                let job = job(done, version: Int64(20 + step))
                try stage.patch(
                    20 + step,
                    [
                        JobCard.elementID: JobCard(job, PageContext()).body,
                        JobsIndicator.elementID: JobsIndicator([job], version: job.version, PageContext()).body,
                    ])
                try await browser.wait("document.querySelector('#library-job progress')?.value === \(done)")
            }
            #expect(try await browser.text("#jobs-indicator").contains("55 %"))
            let finished = job(100, version: 30, .succeeded)
            stage.show(running: nil, report: RunReport.Model(job: finished))
            try stage.patch(30, [JobCard.elementID: JobCard(finished, PageContext()).body])
            try await browser.wait("document.querySelector('#report')")
            #expect(try await browser.run("return window.stayed").isTrue)
            #expect(stage.server.requests.count { $0.query.contains("fragment=") } == 1)
        }
    }

    @Test("an older patch is ignored")
    func olderPatch() async throws {
        try await onStage("/requests", rows: [row(1, "Mushishi", .downloading, version: 50)]) { browser, stage in
            try await browser.wait("document.querySelector('#connection').dataset.state === 'live'")
            let older = row(1, "Older", .requested, version: 49)
            let newer = row(1, "Newer", .available, version: 51)
            try stage.patch(49, [RequestRow.elementID(1): RequestRow(older, PageContext()).body])
            try stage.patch(51, [RequestRow.elementID(1): RequestRow(newer, PageContext()).body])
            try await browser.wait("document.querySelector('#request-1 .media-title').textContent === 'Newer'")
            try stage.patch(50, [RequestRow.elementID(1): RequestRow(older, PageContext()).body])
            try stage.patch(52, [:], removed: ["nobody"])
            try await browser.wait("document.querySelector('#request-1 .media-title').textContent === 'Newer'")
        }
    }

    @Test("focus, selection and a half-typed search survive a hundred patches")
    func position() async throws {
        let rows = (1...40).map { row($0, "Title \($0)", .downloading, version: 1) }
        try await onStage("/requests", rows: rows) { browser, stage in
            try await browser.wait("document.querySelector('#connection').dataset.state === 'live'")
            try await browser.type("mush", into: "#search")
            try await browser.run("scrollTo(0, 400); search.setSelectionRange(1, 3)")
            let before = try await browser.run("return scrollY")
            for id in Int64(1)...100 {
                let changed = row(id % 40 + 1, "Changed \(id)", .available, version: 100 + id)
                let markup = RequestRow(changed, PageContext()).body
                try stage.patch(Int(100 + id), [RequestRow.elementID(changed.id): markup])
            }
            try await browser.wait("document.querySelector('#request-21 .media-title').textContent === 'Changed 100'")
            let state = try await browser.run(
                "return [document.activeElement.id, search.value, search.selectionStart, search.selectionEnd, scrollY]")
            #expect(state == .array(["search", "mush", 1, 3, before]))
        }
    }

    @Test("many changes at once fetch the list once in two seconds")
    func bulk() async throws {
        try await onStage("/requests", rows: [row(1, "One", .requested, version: 1)]) { browser, stage in
            try await browser.wait("document.querySelector('#connection').dataset.state === 'live'")
            stage.show(rows: [row(1, "One", .requested, version: 1), row(2, "Two", .available, version: 2)])
            for id in 60..<90 { stage.server.send("requests", id: id, data: #"{"job_id":1,"added":1,"updated":0}"#) }
            try await browser.wait("document.querySelector('#request-2')")
            #expect(stage.server.requests.count { $0.query.contains("fragment=list") } == 1)
        }
    }

    @Test("a cut stream is said, resumed after the last event, and its gap is filled")
    func reconnect() async throws {
        try await onStage("/requests", rows: [row(1, "One", .requested, version: 1)], expectsErrors: true) {
            browser, stage in
            try await browser.wait("document.querySelector('#connection').dataset.state === 'live'")
            try stage.patch(77, [:])
            stage.server.cutStreams(refuseNew: true)
            try await browser.wait("document.querySelector('#connection').dataset.state === 'reconnecting'")
            #expect(try await browser.text("#connection").contains("old"))
            stage.server.cutStreams()
            try await browser.wait("document.querySelector('#connection').dataset.state === 'live'")
            let last = stage.server.requests.last { $0.path == "/api/events" }
            #expect(last?.headers["last-event-id"] == "77")
            stage.show(rows: [row(3, "Three", .requested, version: 90)])
            stage.server.send("reset", id: 90, data: "{}")
            try await browser.wait("document.querySelector('#request-3') && !document.querySelector('#request-1')")
        }
    }

    @Test("a form is sent in the background and leads to its job; times are local right away and after a patch")
    func forms() async throws {
        try await onStage("/library") { browser, stage in
            try await browser.run("window.stayed = true")
            stage.show(running: job(40, version: 60))
            try await browser.click("button[name=dry_run][value=true]")
            try await browser.wait("document.querySelector('#library-job progress')?.value === 40")
            #expect(try await browser.run("return location.search").text == "?job=191")
            #expect(try await browser.run("return window.stayed").isTrue)
            let sent = stage.server.requests.first { $0.method == "POST" }
            #expect(sent?.path == "/api/admin/sync/library")
            #expect(sent?.headers["prefer"] == "respond-async")
            #expect(sent?.body == "update_existing=true&update_existing=false&dry_run=true")
            let times = "[...document.querySelectorAll('time')]"
            try await browser.wait("\(times).length && \(times).every(t => !t.textContent.includes('UTC'))")
        }
    }

    @Test("without a script a form posts and leads to its job, and the page reloads itself while the job runs")
    func noScript() async throws {
        let stage = try Stage()
        defer { stage.server.stop() }
        let browser = try await Browser.open(javaScript: false)
        do {
            try await browser.open(stage.server.url + "/library")
            stage.show(running: job(40, version: 60))
            try await browser.click("button[name=dry_run][value=true]")
            try await poll("the job's page, twice", until: .seconds(15)) {
                stage.server.requests.count { $0.path == "/library" && $0.query == "job=191" } >= 2 ? () : nil
            }
            let sent = stage.server.requests.first { $0.method == "POST" }
            #expect(sent?.body == "update_existing=true&update_existing=false&dry_run=true")
            #expect(!stage.server.requests.contains { $0.path == "/api/events" })
        } catch {
            await browser.close()
            throw error
        }
        await browser.close()
    }

    @Test("the keys lead through the page")
    func keys() async throws {
        let rows = (1...3).map { row($0, "Title \($0)", .available, version: 1) }
        try await onStage("/requests", rows: rows) { browser, _ in
            try await browser.press("jj")
            try await browser.wait("document.activeElement.textContent === 'Title 2'")
            try await browser.press("k")
            try await browser.wait("document.activeElement.textContent === 'Title 1'")
            try await browser.press("?")
            try await browser.wait("document.querySelector('#help').open")
            try await browser.press("\u{E00C}")  // Escape, in WebDriver's key table
            try await browser.wait("!document.querySelector('#help').open")
            try await browser.press("/")
            try await browser.wait("document.activeElement.id === 'search'")
            try await browser.press("gl")
            try await browser.wait("document.querySelector('#search').value === 'gl'")
            try await browser.run("search.blur()")
            try await browser.press("gl")
            try await browser.wait("location.pathname === '/library'")
        }
    }

    @Test("nothing scrolls sideways at 360 pixels")
    func narrow() async throws {
        let title = String(repeating: "Immeasurable", count: 12)
        try await onStage("/requests", rows: [row(1, title, .syncingLibrary, version: 1)]) { browser, stage in
            try await browser.resize(width: 360, height: 760)
            for path in ["/requests", "/library"] {
                stage.show(running: job(40, version: 99))
                try await browser.open(stage.server.url + path)
                let width = try await browser.run("return document.documentElement.scrollWidth - innerWidth")
                #expect((width.number ?? 1) <= 0, "\(path)")
            }
        }
    }
}
