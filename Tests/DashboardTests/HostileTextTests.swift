import Dashboard
import HTML
import Testing

@Suite("Hostile text")
struct HostileTextTests {
    static let texts = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)",
        "</title><svg onload=x>",
        "{count} {name} {{", "\u{202E}gnp.exe", "مرحبا <b>", String(repeating: "Ω", count: 500), "👩‍👩‍👧‍👦 \u{0}\u{1B}[31m",
        "javascript:alert(1)", "&lt;b&gt;", "",
    ]

    @Test("stays text on every page", arguments: texts)
    func everywhere(text: String) {
        let page = PageContext(csrfToken: text)
        let clean = Self.pages("harmless", page: PageContext(csrfToken: "harmless")).map { tags($0.string).map(\.name) }
        let hostile = Self.pages(text, page: page).map { tags($0.string) }
        for (expected, found) in zip(clean, hostile) {
            // Without a text there may be one element less.
            if !text.isEmpty { #expect(found.map(\.name) == expected, "the same elements, whatever the text") }
            for tag in found {
                #expect(!tag.attributes.contains { $0.name.hasPrefix("on") })
                #expect(tag["href"]?.hasPrefix("javascript") != true)
            }
        }
    }

    @Test("keeps every title in an isolate of its own, so that it cannot turn its neighbours around")
    func direction() {
        for title in ["\u{202E}gnp.exe"] {
            let markup = RequestRow(Samples.row(1, title, .available), PageContext()).body.string
            #expect(markup.contains("<bdi>\(title)</bdi>"))
        }
    }

    /// Every page with `text` in every place where a stranger's text can stand.
    static func pages(_ text: String, page: PageContext) -> [Markup] {
        var job = Samples.running()
        job.startedBy = text
        var failed = Samples.job(193, .librarySync, .failed)
        failed.error = text
        failed.startedBy = text
        var report = RunReport.Model(job: failed)
        report.itemErrors = [.init(item: text, title: text, detail: text)]
        report.warnings = [.init(service: text, detail: text)]
        var plan = PlanTable.Model(jobID: 1, isApplied: false)
        var entry = PlanTable.Entry(action: .fill, requestID: 1, kind: .movie, title: text, year: 1)
        entry.fields = [.init(name: text, before: text, after: text, source: text, evidence: text)]
        entry.conflicts = [.init(name: text, stored: text, found: text, source: text)]
        entry.reason = text
        plan.entries = [entry]
        plan.counts = [(.fill, 1)]
        plan.next = text
        var finding = Finding(id: 1, kind: .conflict, title: text, since: 0)
        var candidate = Finding.Candidate(choice: text, source: text, title: text, year: 1, kind: .tv)
        candidate.facts = [(text, text)]
        candidate.path = text
        candidate.link = text
        finding.candidates = [candidate]
        finding.choices = [.ignore]
        finding.detail = text
        var model = LibraryPage.Model()
        model.running = job
        model.report = report
        model.plan = plan
        model.findings.findings = [finding]
        model.notice = Notice(.bad, title: text, text: text)
        return [
            Samples.whole(model, page), requests(text, page), request(text, page), error(text, page),
            activity(text, page), status(text, page), history(text, page), history(text, page, isEmpty: true),
        ]
    }

    private static func requests(_ text: String, _ page: PageContext) -> Markup {
        var model = RequestsPage.Model()
        model.rows = [hostileRow(text)]
        model.filters.search = text
        model.filters.requester = text
        model.filters.place = "radarr/" + text
        model.requesters = ["a", "b"]
        model.places = ["sonarr/" + text]
        model.saved = [.init(id: 1, name: text, query: text)]
        model.next = text
        return RequestsPage(model, page).whole(Frame(jobs: [], version: 1))
    }

    private static func history(_ text: String, _ page: PageContext, isEmpty: Bool = false) -> Markup {
        var model = Samples.history()
        model.rows = isEmpty ? [] : [hostileRow(text)]
        model.filters.search = text
        model.filters.requestedBy = text
        model.filters.period = .dates(from: text, to: text)
        model.requesters = [text]
        model.next = text
        model.charts?.zone = text
        model.charts?.weeks = [.init(monday: text, count: 1)]
        return HistoryPage(model, page).whole(Frame(version: 1))
    }

    private static func request(_ text: String, _ page: PageContext) -> Markup {
        var model = RequestPage.Model(row: hostileRow(text))
        model.originalTitle = text
        model.overview = text
        model.ids = [(text, text)]
        model.release = text
        model.indexer = text
        model.instance = (text, text)
        model.override = .init(name: text, reason: text)
        model.dialog = .override
        var episode = EpisodeSquare.Model(number: 1, title: text, stage: .available)
        episode.file = text
        episode.reason = text
        var season = SeasonGrid.Model(number: 1, available: 1, aired: 1, isRequested: true, episodes: [episode])
        season.packs = [.init(first: 1, last: 2, release: text)]
        model.episodes.seasons = [season]
        model.episodes.notRequested = [(2, episode)]
        var grab = Timeline.Entry(id: 2, at: 1, service: text, event: "grabbed", text: text)
        grab.values = ["quality": text, "indexer": text, "units": text, "size": text, "count": text]
        model.timeline = [.init(id: 1, at: 0, service: text, event: text, text: text), grab]
        let field = PlanTable.Field(name: text, before: text, after: text, source: text)
        model.changes = [.init(field: field, jobID: 1, at: 0)]
        return RequestPage(model, page).whole(Frame(jobs: [], version: 1))
    }

    private static func activity(_ text: String, _ page: PageContext) -> Markup {
        var model = ActivityPage.Model()
        var quiet = hostileRow(text)
        quiet.attention = nil
        model.attention = .init(rows: [hostileRow(text)])
        model.moving = .init(rows: [quiet])
        model.arrived = .init(rows: [quiet])
        model.idle.lastArrival = (id: 1, title: text, at: 0)
        var frame = Frame(version: 1)
        frame.silences = [.init(service: text, since: 0)]
        return ActivityPage(model, page).whole(frame)
    }

    private static func status(_ text: String, _ page: PageContext) -> Markup {
        var model = StatusPage.Model()
        var service = ServiceRow.Model(service: text, instance: text)
        service.version = text
        service.error = text
        service.application = text
        service.remedy = .credentials(name: text)
        var kind = JobKindRow.Model(kind: .librarySync)
        kind.last = Samples.job(1, .librarySync, .failed)
        kind.last?.error = text
        model.jobs = [kind]
        model.own = OwnState.Model(
            database: text, schema: (1, 2), events: (1, 1), streams: 0, leads: false)
        model.services = [service]
        var entry = UnmatchedList.Entry(id: 1, service: text, instance: text, event: text, receivedAt: 0)
        entry.title = text
        model.unmatched = [entry]
        return StatusPage(model, page).whole(Frame(version: 1))
    }

    private static func error(_ text: String, _ page: PageContext) -> Markup {
        ErrorPage(.init(status: 404, detail: text, traceID: text), page).whole
    }

    private static func hostileRow(_ text: String) -> RequestsPage.Row {
        var row = Samples.row(1, text, .available)
        row.requestedBy = text
        row.quality = text
        row.posterPath = text
        row.links = [(text, text), ("jellyfin", text)]
        row.retry = .search(service: text)
        var attention = Attention(code: .importBlocked, reason: text, since: 0, source: text)
        attention.messages = [text]
        attention.actions = [.open(service: text), .retry, .verify, .override]
        row.attention = attention
        return row
    }
}
