import Dashboard
import HTML
import Testing

/// The list of requests: its filters, what it offers beside its rows, and its columns.
@Suite("List of requests")
struct ListTests {
    private func page(_ change: (inout RequestsPage.Model) -> Void, _ context: PageContext = PageContext()) -> [Tag] {
        var model = Samples.requests()
        change(&model)
        return tags(RequestsPage(model, context).whole(Frame(version: 1)).string)
    }

    @Test("the way out as a file, saving, and the next page speak of exactly the filters shown")
    func addresses() {
        let shown = page { model in
            model.filters.search = "a&b=c"
            model.filters.kind = .tv
            model.filters.stages = [.failed, .downloading]
            model.filters.requester = "Zoë #1"
            model.filters.place = "sonarr/anime"
            model.filters.attention = .any
            model.filters.origin = .request
            model.filters.sort = .title
            model.filters.whose = .mine
        }
        let query =
            "q=a%26b%3Dc&amp;media_type=tv&amp;state=failed&amp;state=downloading&amp;requested_by=Zo%C3%AB%20%231"
            + "&amp;attention=true&amp;instance=sonarr%2Fanime&amp;origin=request&amp;sort=title&amp;whose=mine"
        let plain = query.replacing("&amp;", with: "&")
        func isSame(_ text: String?) -> Bool { text == query || text == plain }
        let links = shown.filter { $0.name == "a" }.compactMap { $0["href"] }
        let exports = links.filter { $0.hasPrefix("/api/requests/export?format=") }
        #expect(exports.count == 2 && exports.allSatisfy { $0.hasSuffix(plain) || $0.hasSuffix(query) })
        let kept = shown.filter { $0.name == "input" && $0["name"] == "query" }
        #expect(!kept.isEmpty && kept.allSatisfy { isSame($0["value"]) })
        #expect(links.contains { $0.hasPrefix("/requests?q=a%26b%3Dc") && $0.hasSuffix("after=OA") })
    }

    @Test("every filter can be taken away by itself when nothing matches")
    func chips() {
        let model = Samples.emptyRequests(filtered: true)
        let chips = tags(RequestsPage(model, PageContext()).body.string).filter {
            $0.name == "a" && $0["aria-label"]?.hasPrefix("Remove filter") == true
        }
        let names = ["q=", "media_type=", "state=", "requested_by=", "attention=", "instance="]
        #expect(chips.count == names.count)
        for name in names {
            let without = chips.filter { !($0["href"] ?? "").contains(name) }
            #expect(without.count == 1, "\(name)")
        }
        for chip in chips {
            #expect(chip["data-region"] == "main", "the fields are shown anew too")
            #expect(chip["href"]?.contains("sort=title") == true)
        }
    }

    @Test("a column is left out by a class of its own, and rows stay the same for everybody")
    func columns() {
        for column in RequestsPage.Column.allCases {
            let table = page { $0.hidden = [column] }.first { $0.name == "table" }
            let place = (RequestsPage.Column.allCases.firstIndex(of: column) ?? 0) + 2
            #expect(table?["class"] == "requests no-\(place)")
        }
        let css = String(decoding: Assets.css.bytes, as: UTF8.self)
        for place in 2...7 { #expect(css.contains(".no-\(place) tr>:nth-child(\(place))")) }
        let heads = page { $0.hidden = [] }.filter { $0.name == "th" && $0["scope"] == "col" }
        #expect(heads.count == RequestsPage.Column.allCases.count + 1)
    }

    @Test("who may change nothing keeps and chooses nothing, but takes the list away and opens what was kept")
    func readOnly() {
        var viewer = PageContext(mayOperate: false)
        viewer.mayVerify = false
        let shown = page({ _ in }, viewer)
        #expect(!shown.contains { $0.name == "form" && $0["method"] == "post" })
        #expect(
            shown.contains { $0["href"] == "/requests?state=anime_matching&amp;sort=created" }
                || shown.contains { $0["href"] == "/requests?state=anime_matching&sort=created" })
        #expect(shown.contains { $0["href"]?.hasPrefix("/api/requests/export") == true })
    }

    @Test("mine and all are offered only where there is a choice, and the names of others only to who sees them")
    func whose() {
        func hasChoice(_ tags: [Tag]) -> Bool { tags.contains { $0["href"]?.contains("whose=mine") == true } }
        #expect(hasChoice(page { $0.filters.whose = .all }))
        #expect(!hasChoice(page { $0.filters.whose = nil }))
        func hasNames(_ tags: [Tag]) -> Bool { tags.contains { $0["name"] == "requested_by" } }
        #expect(hasNames(page { _ in }))
        #expect(!hasNames(page { $0.requesters = [] }))
    }

    @Test("a row says its attention, so that an open page knows when it no longer matches")
    func attention() {
        var row = Samples.row(1, "Mushishi", .downloading)
        #expect(tags(RequestRow(row, PageContext()).body.string).first?.has("data-attention") == false)
        row.attention = Attention(code: .downloadStalled, reason: "no peers", since: 0, source: "qbittorrent")
        #expect(
            tags(RequestRow(row, PageContext()).body.string).first?["data-attention"]
                == Attention.Code.downloadStalled.rawValue
        )
    }
}
