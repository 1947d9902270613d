import Dashboard
import Foundation
import HTML
import Testing

@Suite("History page")
struct HistoryTests {
    let page = PageContext()

    private func list(_ model: HistoryPage.Model) throws -> String {
        try #require(HistoryPage(model, page).fragment("list")).string
    }

    /// The texts of the cells of every table, row by row.
    private func cells(_ html: String) -> [[String]] {
        var rows: [[String]] = []
        var isInCell = false
        for piece in pieces(html) {
            switch piece {
            case .open(let tag) where tag.name == "tr": rows.append([])
            case .open(let tag) where tag.name == "td" || tag.name == "th":
                rows[rows.count - 1].append("")
                isInCell = true
            case .close("td"), .close("th"): isInCell = false
            case .text(let text) where isInCell: rows[rows.count - 1][rows[rows.count - 1].count - 1] += text
            default: break
            }
        }
        return rows
    }

    @Test("every filter is in the address, and a chip takes away only its own")
    func chips() throws {
        let html = try list(Samples.emptyHistory(filtered: true))
        let chips = tags(html).filter { $0.name == "a" && $0["class"] == "button secondary" }.compactMap { $0["href"] }
        let all = ["q=", "state=failed", "state=declined", "media_type=tv", "requested_by=mira", "from=2026-10-01"]
        #expect(chips.count == all.count)
        for (chip, own) in zip(chips, all) {
            #expect(!chip.contains(own), "\(chip)")
            for other in all where other != own { #expect(chip.contains(other), "\(chip) lacks \(other)") }
        }
    }

    @Test("paging keeps the filters, and the usual period needs no address")
    func urls() throws {
        var model = Samples.history()
        model.filters.stages = [.available]
        let next = tags(try list(model)).first { $0["rel"] == "next" }?["href"]
        #expect(next == "/history?state=available&amp;after=OA")
        model.filters.period = .days(365)
        let year = tags(try list(model)).first { $0["rel"] == "next" }?["href"]
        #expect(year == "/history?state=available&amp;period=365&amp;after=OA")
    }

    @Test("the form without a script sends every filter, and keeps a period that is not the usual one")
    func form() {
        var model = Samples.history()
        model.filters.period = .days(30)
        let all = tags(HistoryPage(model, page).body.string)
        let names = all.filter { ["input", "select"].contains($0.name) }.compactMap { $0["name"] }
        #expect(names.prefix { $0 != "query" } == ["period", "q", "state", "media_type", "requested_by", "from", "to"])
        #expect(all.contains { $0["name"] == "period" && $0["value"] == "30" })
        #expect(all.contains { $0.name == "button" && $0["type"] == "submit" })
        model.requesters = []
        #expect(!tags(HistoryPage(model, page).body.string).contains { $0["name"] == "requested_by" })
    }

    @Test("what has ended waits above the list; a period that is over has nothing to wait for")
    func waiting() throws {
        var model = Samples.history()
        let live = tags(try list(model))
        #expect(live.first?["data-holds"] == "history-rows" && live.first?.has("data-still") == true)
        #expect(live.contains { $0.has("data-waiting") && $0.has("hidden") && $0["href"] == "/history" })
        model.includesNow = false
        let past = tags(try list(model))
        #expect(past.first?.has("data-holds") == false && !past.contains { $0.has("data-waiting") })
        for name in Samples.histories.map(\.name) {
            let sample = try #require(Samples.histories.first { $0.name == name })
            #expect(tags(try list(sample.model)).contains { $0["id"] == "history-rows" }, "\(name)")
        }
    }

    @Test("a row that goes on again keeps its place and is no news")
    func goesOn() {
        let ended = tags(HistoryRow(Samples.row(1, "Stalker", .failed), page).body.string).first
        #expect(ended?["data-list"] == "history-rows" && ended?["id"] == "history-1")
        let moving = tags(HistoryRow(Samples.row(1, "Stalker", .downloading), page).body.string).first
        #expect(moving?["data-list"] == nil && moving?["id"] == "history-1")
    }

    @Test("the list alone comes without figures, the figures alone without the list")
    func regions() throws {
        let history = HistoryPage(Samples.history(), page)
        let whole = history.body.string
        for region in ["list", "charts"] {
            #expect(whole.contains(try #require(history.fragment(region)).string))
        }
        #expect(history.fragment("main")?.string.contains(whole) == true)
        #expect(history.fragment("rows") == nil)
    }

    @Test("every drawing has a role, a title and a description, and a table with the same numbers")
    func charts() throws {
        let html = try #require(HistoryPage(Samples.history(), page).fragment("charts")).string
        let all = tags(html)
        let drawings = all.filter { $0.name == "svg" }
        #expect(drawings.count == 3)
        for drawing in drawings {
            #expect(drawing["role"] == "img")
            for name in ["aria-labelledby", "aria-describedby"] {
                #expect(all.contains { $0["id"] == drawing[name] }, "\(drawing)")
            }
        }
        #expect(all.count { $0.name == "table" } == 3)
        let cells = cells(html)
        for row in [
            ["Available", "188", "87 %"], ["Failed", "12", "5 %"], ["Declined", "9", "4 %"], ["Deleted", "5", "2 %"],
            ["Success rate", "94 %"], ["2026-11-02", "12"], ["2026-11-09", "0"], ["2026-11-16", "31"],
            ["Approved", "7 min", "1 d 3 h", "214"], ["Importing", "900 ms", "41 s", "214"],
        ] { #expect(cells.contains(row), "\(row)") }
        for sentence in [
            "94 % succeeded. Available: 188, Declined: 9, Failed: 12, Deleted: 5.",
            "43 requests in 3 weeks. Most, 31, in the week of 2026-11-16.",
            "Approved: median 7 min, 95 of 100 within 1 d 3 h.",
        ] { #expect(html.contains(sentence), "\(sentence)") }
    }

    @Test("no figure is drawn outside its frame, however large", arguments: [1, 3, 53, 104])
    func frame(weeks: Int) throws {
        var model = Samples.history()
        var charts = Samples.charts()
        charts.weeks = (0..<weeks).map { .init(monday: "2026-01-05", count: Int64($0 * $0 * 977 % 1_000_003)) }
        charts.weeks[weeks - 1].count = .max / 100
        charts.times = StageBadge.Stage.allCases.map {
            .init(stage: $0, median: 0, percentile95: .max / 4, count: 1)
        }
        charts.outcomes = [.available: 1, .failed: .max / 100]
        model.charts = charts
        let html = try #require(HistoryPage(model, page).fragment("charts")).string
        for tag in tags(html) {
            let x = ["x", "cx", "x1", "x2"].compactMap { tag[$0] }.compactMap(Double.init)
            for place in x { #expect((0...340).contains(place), "\(tag)") }
            if let left = tag["x"].flatMap(Double.init), let width = tag["width"].flatMap(Double.init) {
                #expect(left + width <= 341, "\(tag)")
            }
            if let height = tag["height"].flatMap(Double.init), tag.name == "rect" {
                #expect((0...110).contains(height))
            }
        }
    }

    @Test("nothing to count is said, not drawn; a rate nobody can know is a dash")
    func nothing() throws {
        let empty = try #require(HistoryPage(Samples.emptyHistory(filtered: false), page).fragment("charts")).string
        #expect(!tags(empty).contains { $0.name == "svg" })
        #expect(empty.components(separatedBy: "Nothing to count in this period.").count == 4)
        var model = Samples.history()
        model.charts?.outcomes = [.declined: 4]
        let declined = try #require(HistoryPage(model, page).fragment("charts")).string
        #expect(cells(declined).contains(["Success rate", "–"]) && !declined.contains("100 % succeeded"))
    }

    @Test("one failure in ten thousand is not a hundred percent")
    func nearly() throws {
        var model = Samples.history()
        model.charts?.outcomes = [.available: 9_999, .failed: 1]
        let html = try #require(HistoryPage(model, page).fragment("charts")).string
        #expect(cells(html).contains(["Success rate", "99 %"]))
    }
}
