import Dashboard
import HTML
import Testing

@Suite("Live components")
struct LiveTests {
    let page = PageContext()

    @Test("the place of the job card is there before, while and after a job runs, and knows its version")
    func place() {
        for job in [nil, Samples.running(), Samples.job()] {
            let tag = tags(JobCard(job, version: 4711, page).body.string).first
            #expect(tag?["id"] == JobCard.elementID)
            #expect(tag?["data-version"] == "4711")
        }
    }

    @Test("a finished job asks once for its report; a running one does not")
    func report() {
        #expect(tags(JobCard(Samples.job(), page).body.string).first?["data-load"] == "191-succeeded")
        #expect(tags(JobCard(Samples.running(), page).body.string).first?["data-load"] == nil)
    }

    @Test("a preview has two steps, a run has three, an applied plan and an undo have one")
    func steps() {
        func steps(_ job: JobModel) -> Int { tags(JobCard(job, page).body.string).count { $0.name == "li" } }
        #expect(steps(Samples.running(dryRun: true)) == 2)
        #expect(steps(Samples.running(.apply, dryRun: false)) == 3)
        var job = Samples.running(.apply, dryRun: false)
        job.planOf = 190
        #expect(steps(job) == 1)
        job.undoOf = 191
        #expect(steps(job) == 1)
    }

    @Test("a bar without a known total has no value")
    func unknownTotal() {
        var job = Samples.running()
        job.total = nil
        let bar = tags(JobCard(job, page).body.string).first { $0.name == "progress" }
        #expect(bar != nil && bar?["value"] == nil)
    }

    @Test("page and patch are the same component")
    func same() throws {
        var model = LibraryPage.Model()
        model.running = Samples.running()
        let whole = Samples.whole(model, page).string
        #expect(whole.contains(JobCard(Samples.running(), page).body.string))
        #expect(whole.contains(JobsIndicator([Samples.running()], version: 4711, page).body.string))
        let list = RequestsPage(Samples.requests(), page).whole(Frame(jobs: [], version: 1)).string
        #expect(list.contains(RequestRow(Samples.row(1, "Violet Evergarden: The Movie", .available), page).body.string))
    }

    @Test("a region of the page is exactly its part of the page")
    func regions() throws {
        let sample = try #require(Samples.library.first { $0.name == "plan" })
        let library = LibraryPage(sample.model, page)
        let whole = Samples.whole(sample.model, page).string
        for region in ["main", "plan", "findings"] {
            #expect(whole.contains(try #require(library.fragment(region)).string), "\(region)")
        }
        #expect(library.fragment("nonsense") == nil)
        #expect(RequestsPage(Samples.requests(), page).fragment("list") != nil)
    }

    @Test("an applicable plan is applied with its own options; an expired one offers nothing")
    func plans() {
        var report = Samples.report(Samples.job(dryRun: true))
        report.planState = .applicable
        report.updatesExisting = false
        let open = RunReport(report, page).body.string
        #expect(open.contains("name=\"plan\" value=\"191\""))
        #expect(open.contains("name=\"update_existing\" value=\"false\""))
        report.planState = .expired
        #expect(!RunReport(report, page).body.string.contains("<button"))
    }

    @Test("a page that is changing reloads itself where there is no script")
    func noScript() {
        var model = LibraryPage.Model()
        #expect(!Samples.whole(model, page).string.contains("http-equiv=\"refresh\""))
        model.running = Samples.running()
        #expect(
            Samples.whole(model, page).string.contains(
                "<noscript><meta http-equiv=\"refresh\" content=\"3\"></noscript>"))
    }
}
