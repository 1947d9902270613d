import Compression
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

    @Test("a full History with two years of weeks, with style sheet and module, fits in 130 kB")
    func history() {
        var model = Samples.history()
        model.rows = (1...50).map { Samples.row($0, "A title of quite usual length, number \($0)", .available, .tv) }
        model.charts?.weeks = (0..<104).map { .init(monday: "2026-01-05", count: Int64($0)) }
        let page = HistoryPage(model, PageContext()).whole(Samples.frame)
        #expect(page.bytes.count + Assets.css.bytes.count + Assets.js.bytes.count <= 130_000)
    }

    private static func activity(moving count: Int) -> ActivityPage.Model {
        var model = Samples.busy()
        let stages = StageBadge.Stage.allCases.filter { $0 != .available }
        model.moving.rows = (1...Int64(count)).map {
            Samples.moving($0, "A title of quite usual length", stages[Int($0) % stages.count])
        }
        return model
    }

    @Test("Activity with 50 cards, with style sheet and module, fits in 120 kB, and in 30 kB compressed")
    func activity() throws {
        var model = ActivityPage.Model()
        model.moving = Self.activity(moving: 50).moving
        let page = ActivityPage(model, PageContext()).whole(Samples.frame).bytes
        #expect(page.count + Assets.css.bytes.count + Assets.js.bytes.count <= 120_000)
        let packed = [page, Assets.css.bytes, Assets.js.bytes].map { Gzip.compress($0).count }
        #expect(packed.reduce(0, +) <= 30_000, "\(packed)")
    }

    @Test("Activity shows at most its limits, and full it is still small")
    func fullActivity() {
        var model = Self.activity(moving: 60)
        model.attention.rows = Array(repeating: model.attention.rows[0], count: 30)
        model.arrived.rows = Array(repeating: model.arrived.rows[0], count: 30)
        let page = ActivityPage(model, PageContext()).whole(Samples.frame)
        #expect(tags(page.string).count { $0.name == "article" } == 20 + 50 + 12)
        #expect(page.bytes.count + Assets.css.bytes.count + Assets.js.bytes.count <= 170_000)
    }

    private static func season(_ count: Int) -> SeasonGrid.Model {
        let titles = ["The Green Seat", "A Title That Is Somewhat Longer Than Most", "Rain", "One-Eyed Fish"]
        var season = Samples.season(1, of: Array(repeating: .available, count: count))
        season.episodes = (1...Int64(count)).map { number in
            let title = titles[Int(number) % titles.count]
            var episode = EpisodeSquare.Model(number: number, title: title, stage: .available)
            episode.file = "Mushishi - S01E\(number) - \(title) WEBDL-1080p.mkv"
            return episode
        }
        season.packs = [.init(first: 1, last: 100)]
        return season
    }

    @Test("a request with 1,000 episodes and a long story fits in 200 kB")
    func episodes() {
        var model = Samples.show()
        model.episodes.seasons = (1...4).map { number in
            var season = Self.season(250)
            season.number = Int64(number)
            return season
        }
        model.timeline = (1...Int64(Timeline.limit)).map {
            .init(id: $0, at: Samples.noon + $0, service: "sonarr", text: "Imported Mushishi - S01E\($0).mkv")
        }
        let page = RequestPage(model, PageContext()).whole(Samples.frame)
        #expect(tags(page.string).count { $0.name == "details" } == 1001 + 4 + 1, "squares, seasons, More")
        #expect(page.bytes.count <= 200_000)
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
            RequestHead(Samples.show(), page).body, RequestAttention(Samples.show().row, page).body,
            RequestActions(Samples.overridden().row, override: Samples.overridden().override, page).body,
            TimelineNow(Samples.show().row, page).body, TimelineRow(Samples.show().timeline[2], page).body,
            SeasonGrid(Self.season(500), request: 17, page).block(480),
            SeasonGrid(Self.season(500), request: 17, page).head,
            HistoryRow(Samples.history().rows[0], page).body,
            ServiceRow(Samples.status().services[1], page).body,
            SilentNote(Samples.frame.silences, version: 1, page).body,
            ActivityIdle(Samples.activities[1].model.idle, isIdle: true, version: 1, page).body,
        ]
        let rows =
            Samples.busy().attention.rows.map { ActivityCard($0, in: .attention, page).body }
            + Samples.busy().moving.rows.map { ActivityCard($0, in: .moving, page).body }
        for patch in rows { #expect(patch.bytes.count <= 2000) }
        for patch in patches { #expect(patch.bytes.count <= 6000) }
    }
}
