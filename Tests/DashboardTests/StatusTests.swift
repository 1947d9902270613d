import Dashboard
import HTML
import Testing

/// What the Status page tells, and to whom.
@Suite("Status page")
struct StatusTests {
    private let page = PageContext()

    private func row(_ change: (inout ServiceRow.Model) -> Void, _ viewer: PageContext = PageContext()) -> String {
        var model = ServiceRow.Model(service: "radarr", instance: "4k")
        change(&model)
        return ServiceRow(model, viewer).body.string
    }

    @Test("users see whether a service answers, and nothing else of it")
    func users() {
        let viewer = PageContext(mayOperate: false)
        let told = row(
            {
                $0.isReachable = false
                $0.version = "5.14"
                $0.error = "secret-host refused"
                $0.remedy = .address(name: "RADARR_URL")
            }, viewer)
        #expect(told.contains(">No<"))
        for secret in ["5.14", "secret-host", "RADARR_URL"] { #expect(!told.contains(secret)) }
        var model = Samples.status()
        model.jobs = []
        var user = viewer
        user.maySeeJobs = false
        let whole = StatusPage(model, user).body.string
        for secret in ["SQLite", "id=\"own\"", "id=\"unmatched\"", "id=\"jobs\"", "SONARR_URL"] {
            #expect(!whole.contains(secret), "\(secret)")
        }
    }

    @Test("unknown is not no")
    func unknown() {
        #expect(row { _ in }.contains(">Unknown<"))
        #expect(row { $0.isReachable = true }.contains(">Yes<"))
    }

    @Test("never is red only where a webhook is expected")
    func never() {
        #expect(row { $0.expectsWebhooks = true }.contains("bad-text\">never"))
        #expect(!row { _ in }.contains("never"))
    }

    @Test("an error comes with what to do; a version out of range and a wrong clock are marked")
    func marks() {
        let told = row {
            $0.isReachable = true
            $0.version = "4.1"
            $0.isSupported = false
            $0.clockSkew = 300
            $0.error = "refused"
            $0.remedy = .credentials(name: "RADARR_API_KEY")
        }
        #expect(told.contains("Check RADARR_API_KEY"))
        #expect(told.contains("not tested with this version"))
        #expect(told.contains("clock 5 min ahead"))
        #expect(row { $0.clockSkew = -31 }.contains("clock 31 s behind"))
        #expect(!row { $0.clockSkew = 30 }.contains("ahead"))
        #expect(row { $0.clockSkew = .min }.contains("behind"))
    }

    @Test("a job that runs shows its progress and Cancel, one that does not Run now")
    func jobs() {
        var model = JobKindRow.Model(kind: .librarySync)
        #expect(JobKindRow(model, page).body.string.contains("Has not run yet"))
        #expect(tags(JobKindRow(model, page).body.string).contains { $0["action"] == "/api/admin/sync/library" })
        model.isBusy = true
        #expect(tags(JobKindRow(model, page).body.string).first { $0.name == "button" }?.has("disabled") == true)
        model.running = Samples.running()
        let running = tags(JobKindRow(model, page).body.string)
        #expect(running.first { $0.name == "progress" }?["value"] == "3200")
        #expect(running.contains { $0["action"] == "/api/jobs/191/cancel" })
        #expect(!running.contains { $0["action"] == "/api/admin/sync/library" })
        let reader = tags(JobKindRow(model, PageContext(mayOperate: false)).body.string)
        #expect(!reader.contains { $0.name == "form" })
        model.running = nil
        model.last = Samples.job(188)
        #expect(tags(JobKindRow(model, page).body.string).contains { $0["href"] == "/library?job=188" })
    }

    @Test("what weakens the set-up is said with what to do")
    func warnings() {
        var model = StatusPage.Model()
        #expect(!StatusPage(model, page).body.string.contains("notice"))
        model.warnings = [.openHooks, .plainCookie]
        let told = StatusPage(model, page).body.string
        #expect(told.contains("notice bad") && told.contains("MARQUEE_WEBHOOK_OPEN_FROM"))
        #expect(told.contains("MARQUEE_REQUIRE_HTTPS"))
    }

    @Test("page and patch are the same rows, and a patch for one look at a service is small")
    func patches() {
        let model = Samples.status()
        let whole = StatusPage(model, page).whole(Frame(version: 1)).string
        for service in model.services { #expect(whole.contains(ServiceRow(service, page).body.string)) }
        for job in model.jobs { #expect(whole.contains(JobKindRow(job, page).body.string)) }
        let jobs = model.jobs.map { JobKindRow($0, page).body.bytes.count }.reduce(0, +)
        #expect(jobs + JobsIndicator([Samples.running()], version: 1, page).body.bytes.count <= 6_000)
        for service in model.services {
            let bytes = ServiceRow(service, page).body.bytes.count
            #expect(bytes + SilentNote(Samples.frame.silences, version: 1, page).body.bytes.count <= 6_000)
        }
    }
}
