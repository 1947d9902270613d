import Dashboard
import HTML
import Testing

/// The bytes of web.md §4.
@Suite("Budgets")
struct BudgetTests {
    @Test("style sheet and module stay small")
    func assets() {
        #expect(Assets.css.bytes.count <= 25_000)
        #expect(Assets.js.bytes.count <= 25_000)
    }

    @Test("a full list of requests, with style sheet and module, fits in 120 kB")
    func requests() {
        var model = Samples.requests()
        model.rows = (1...50).map {
            Samples.row($0, "A title of quite usual length, number \($0)", .syncingLibrary, .tv)
        }
        let page = RequestsPage(model, PageContext()).whole(Frame(jobs: [Samples.running()], version: 1))
        #expect(page.bytes.count + Assets.css.bytes.count + Assets.js.bytes.count <= 120_000)
    }

    @Test("a full plan fits in 200 kB")
    func plan() {
        var plan = Samples.plan()
        plan.entries = (0..<50).map { plan.entries[$0 % 5] }
        var model = LibraryPage.Model()
        model.plan = plan
        #expect(Samples.whole(model, PageContext()).bytes.count <= 200_000)
    }

    @Test("one patch fits in 6 kB")
    func patches() {
        let page = PageContext()
        let patches = [
            JobCard(Samples.running(), page).body, JobCard(Samples.job(), page).body,
            JobsIndicator([Samples.running()], version: 1, page).body,
            RequestRow(Samples.row(1, "Mushishi", .available), page).body, RequestHead(Samples.request(), page).body,
        ]
        for patch in patches { #expect(patch.bytes.count <= 6000) }
    }
}
