import Dashboard
import HTML
import Testing

/// The list of requests and the Status page as they change before the eyes.
@Suite("Live lists in a browser", .serialized, .enabled(if: Browser.isInstalled, "needs chromium and chromedriver"))
struct ListModuleTests {
    private let page = PageContext()
    private static let isLive = "document.querySelector('#connection').dataset.state === 'live'"

    private func row(_ stage: StageBadge.Stage, version: Int64, needing: Bool = false) -> RequestsPage.Row {
        var row = RequestsPage.Row(
            id: 1, title: "Mushishi", year: 2005, kind: .tv, stage: stage, origin: .request, requestedBy: "me",
            updatedAt: 0)
        row.version = version
        if needing {
            row.attention = Attention(code: .downloadStalled, reason: "no peers", since: 0, source: "qbittorrent")
        }
        return row
    }

    @Test(
        "a row that no longer matches the filters stays, dimmed, until it matches again",
        arguments: [
            "?state=downloading&state=importing", "?attention=true", "?attention=download_stalled&state=downloading",
        ])
    func dimmed(query: String) async throws {
        let first = row(.downloading, version: 1, needing: true)
        try await onStage("/requests" + query, rows: [first]) { browser, stage in
            try await browser.wait(Self.isLive)
            let isDim = "document.querySelector('#request-1').classList.contains('dim')"
            #expect(try await browser.run("return " + isDim).isTrue == false)
            let gone = row(.available, version: 20)
            try stage.patch(20, [RequestRow.elementID(1): RequestRow(gone, page).body])
            try await browser.wait(isDim)
            #expect(try await browser.text("#request-1").contains("Available"))
            let back = row(.downloading, version: 21, needing: true)
            try stage.patch(21, [RequestRow.elementID(1): RequestRow(back, page).body])
            try await browser.wait("!" + isDim)
            #expect(!stage.server.requests.contains { $0.query.contains("fragment=") })
        }
    }

    @Test("a service's row changes by its own patch, without fetching the page")
    func service() async throws {
        let stage = try Stage()
        defer { stage.server.stop() }
        var model = ServiceRow.Model(service: "sonarr", instance: "default")
        model.isReachable = true
        model.version = "4.0.9"
        var status = StatusPage.Model()
        status.services = [model, ServiceRow.Model(service: "radarr", instance: "default")]
        status.jobs = [JobKindRow.Model(kind: .librarySync)]
        stage.show(status: status)
        let browser = try await Browser.open()
        do {
            try await browser.open(stage.server.url + "/status")
            try await browser.wait(Self.isLive)
            model.isReachable = false
            model.error = "Sonarr refused the connection."
            model.remedy = .address(name: "SONARR_URL")
            model.eventID = 20
            try stage.patch(20, [ServiceRow.elementID("sonarr", "default"): ServiceRow(model, page).body])
            try await browser.wait("document.querySelector('#service-sonarr-default .badge.bad')")
            #expect(try await browser.text("#service-sonarr-default").contains("Check SONARR_URL"))
            #expect(try await browser.text("#service-radarr-default").contains("Unknown"))
            var kind = JobKindRow.Model(kind: .librarySync)
            var job = JobModel(
                id: 7, kind: .librarySync, state: .running, isDryRun: false, startedBy: "me", createdAt: 0)
            job.done = 30
            job.total = 60
            job.canCancel = true
            kind.running = job
            kind.version = 21
            try stage.patch(21, [JobKindRow.elementID(.librarySync): JobKindRow(kind, page).body])
            try await browser.wait("document.querySelector('#job-library_sync progress')?.value === 30")
            #expect(!stage.server.requests.contains { $0.query.contains("fragment=") })
            #expect(try await browser.consoleErrors() == [])
        } catch {
            await browser.close()
            throw error
        }
        await browser.close()
    }
}
