import HTML
import Testing

@testable import Dashboard

@Suite("Activity and episodes")
struct ActivityTests {
    let page = PageContext()

    private func row(_ stage: StageBadge.Stage, since: Int64 = 0) -> RequestsPage.Row {
        var row = Samples.row(1, "Mushishi", stage)
        row.stageChangedAt = since
        return row
    }

    @Test("a request stands in one band: trouble first, then what moves, then what came within 48 hours")
    func bands() {
        let day: Int64 = 86_400_000
        for stage in StageBadge.Stage.allCases {
            var row = row(stage)
            row.attention = Samples.troubles[0]
            #expect(ActivityBand.Kind.of(row, now: day) == .attention)
        }
        for stage in StageBadge.Stage.moving { #expect(ActivityBand.Kind.of(row(stage), now: day) == .moving) }
        #expect(ActivityBand.Kind.of(row(.available), now: day) == .arrived)
        #expect(ActivityBand.Kind.of(row(.available), now: 2 * day + 1) == nil)
        for stage in [StageBadge.Stage.declined, .deleted, .failed] {
            #expect(ActivityBand.Kind.of(row(stage), now: 0) == nil)
        }
    }

    @Test("the most advanced moves first, then who has waited longest; the oldest trouble and the newest arrival lead")
    func order() {
        let moving = ActivityBand.Kind.moving
        let stages = StageBadge.Stage.moving.map { moving.order(of: row($0, since: Samples.noon)) }
        #expect(stages == stages.sorted(by: >))
        #expect(Set(stages).count == stages.count)
        #expect(moving.order(of: row(.indexed, since: 1)) < moving.order(of: row(.indexed, since: 2)))
        #expect(moving.order(of: row(.importing, since: .max / 1_000_000)) < moving.order(of: row(.downloading)))
        var old = row(.failed)
        old.attention = Samples.troubles[0]
        var new = old
        new.attention?.since += 1
        #expect(ActivityBand.Kind.attention.order(of: old) < ActivityBand.Kind.attention.order(of: new))
        var late = row(.available)
        late.availableAt = 5
        #expect(ActivityBand.Kind.arrived.order(of: late) < ActivityBand.Kind.arrived.order(of: row(.available)))
    }

    @Test("a card shows the two likeliest actions the viewer may take and that lead somewhere")
    func actions() {
        var row = row(.importing)
        row.attention = Samples.troubles[0]
        func words(_ page: PageContext) -> Int {
            tags(ActivityCard(row, in: .attention, page).body.string).count { $0["class"] == "button secondary" }
        }
        #expect(words(page) == 2)
        #expect(ActivityCard(row, in: .attention, page).body.string.contains("/api/requests/1/verify"))
        row.links = [("sonarr", "https://sonarr.example")]
        row.retry = .search(service: "sonarr")
        let linked = ActivityCard(row, in: .attention, page).body.string
        #expect(linked.contains("https://sonarr.example") && linked.contains("Search again in Sonarr"))
        #expect(!linked.contains("/verify"))
        var reader = PageContext(mayOperate: false)
        reader.mayVerify = false
        #expect(words(reader) == 1)
    }

    @Test("unknown speed and time left are dashes, and a full bar comes only at the end")
    func transfer() {
        var transfer = Transfer(percent: 99.99)
        #expect(TransferText(page: page, transfer: transfer).body.string.contains(">–<"))
        #expect(transfer.wholePercent == 99)
        transfer.speed = 0
        transfer.etaSeconds = 8_640_000
        #expect(TransferText(page: page, transfer: transfer).body.string.contains(">–<"))
        transfer.speed = 2048
        #expect(TransferText(page: page, transfer: transfer).body.string.contains(">2 KiB/s · –<"))
        transfer.etaSeconds = 59
        #expect(TransferText(page: page, transfer: transfer).body.string.contains(">2 KiB/s · 59 s left<"))
        #expect(Transfer(percent: 100).wholePercent == 100)
        #expect(Transfer(percent: .nan).wholePercent == nil)
        #expect(Transfer(percent: -3).wholePercent == 0)
    }

    @Test("the bar holds each counted episode once, the most advanced first")
    func bar() {
        let bar = EpisodeBar(page: page, stages: [(.downloading, 3), (.available, 7), (.failed, 0)]).body.string
        let parts = tags(bar).filter { $0.name == "rect" }
        #expect(parts.map { $0["class"] } == ["good", "active"])
        #expect(parts.map { $0["x"] } == ["0", "7"])
        #expect(tags(bar)[0]["viewBox"] == "0 0 10 1")
        #expect(tags(bar)[0]["aria-label"] == "7 Available, 3 Downloading")
    }

    @Test("page and patch of a card, a season's block and a timeline entry are the same component")
    func same() {
        let busy = ActivityPage(Samples.busy(), page).whole(Samples.frame).string
        #expect(busy.contains(ActivityCard(Samples.busy().moving.rows[4], in: .moving, page).body.string))
        #expect(busy.contains(ActivityBandHead(.attention, total: 137, version: 4711, page).body.string))
        let model = Samples.show()
        let show = RequestPage(model, page).whole(Samples.frame).string
        let season = SeasonGrid(model.episodes.seasons[1], request: 17, page)
        #expect(show.contains(season.block(3).string) && show.contains(season.head.string))
        #expect(show.contains(TimelineRow(model.timeline[0], page).body.string))
        #expect(show.contains(TimelineNow(model.row, page).body.string))
        #expect(show.contains(RequestAttention(model.row, page).body.string))
        #expect(RequestPage(model, page).fragment("season-1")?.string == season.body.string)
        #expect(RequestPage(model, page).fragment("season-9") == nil)
    }

    @Test("a season of any length is cut into blocks that hold each episode once")
    func blocks() {
        for count in [1, 19, 20, 21, 60, 61] {
            let model = Samples.season(1, of: Array(repeating: .available, count: count))
            let all = tags(SeasonGrid(model, request: 17, page).body.string)
            #expect(all.count { $0.name == "summary" } == count + 1)
            let ids = all.filter { $0["data-order"] != nil }.compactMap { $0["id"] }
            #expect(ids == stride(from: 0, to: count, by: SeasonGrid.blockSize).map { SeasonGrid.blockID(1, $0) })
        }
    }

    @Test("repeats that follow each other are one entry, counted; another between them keeps them apart")
    func collapse() {
        func entry(_ id: Int64, _ event: String, _ stage: StageBadge.Stage? = nil) -> Timeline.Entry {
            .init(id: id, at: id, service: "shoko", event: event, text: "", stage: stage)
        }
        let seen = Timeline.collapsed([
            entry(4, "file_seen"), entry(3, "file_seen"), entry(2, "imported"), entry(1, "file_seen"),
        ])
        #expect(seen.map(\.count) == [2, 1, 1])
        #expect(seen.map(\.id) == [4, 2, 1])
        // Entering a stage twice is news each time.
        let entered = Timeline.collapsed([entry(2, "failed", .failed), entry(1, "failed", .failed)])
        #expect(entered.count == 2)
    }

    @Test("a filter by attention is read from and written to the address")
    func filter() {
        for text in ["true", "match_failed"] { #expect(RequestsPage.AttentionFilter(text: text)?.text == text) }
        #expect(RequestsPage.AttentionFilter(text: "nonsense") == nil)
        var filters = RequestsPage.Filters()
        filters.attention = .any
        filters.stages = [.requested, .approved]
        #expect(filters.url(page) == "/requests?state=requested&state=approved&attention=true")
        #expect(Attention.Action(name: "open_sonarr") == .open(service: "sonarr"))
        #expect(Attention.Action(name: "explode") == nil)
    }
}
