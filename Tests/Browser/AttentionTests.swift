import Dashboard
import HTML
import Testing

/// W4: what is wrong with a request is said with what can be done, and doing it takes the trouble away.
@Suite("Trouble in a browser", .serialized, .enabled(if: Browser.isInstalled, "needs chromium and chromedriver"))
struct AttentionTests {
    private let page = PageContext()

    private func row(_ code: Attention.Code?) -> RequestsPage.Row {
        var row = RequestsPage.Row(
            id: 17, title: "Mushishi", year: 2005, kind: .movie, stage: .importing, origin: .request,
            requestedBy: "me", updatedAt: 0)
        row.retry = .search(service: "radarr")
        row.version = code == nil ? 40 : 10
        if let code {
            var attention = Attention(code: code, reason: "Reason of \(code.rawValue)", since: 1000, source: "radarr")
            attention.messages = ["Said by Radarr"]
            attention.actions = [.retry, .verify, .override]
            row.attention = attention
        }
        return row
    }

    @Test(
        "each trouble has its name, its reason, the service's words and its actions", arguments: Attention.Code.allCases
    )
    func codes(_ code: Attention.Code) async throws {
        var activity = ActivityPage.Model()
        activity.attention = .init(rows: [row(code)])
        try await onStage("/", activity: activity, request: RequestPage.Model(row: row(code))) { browser, stage in
            try await browser.wait("document.querySelector('#connection').dataset.state === 'live'")
            #expect(try await browser.text("#cards-attention .reason").contains("Reason of \(code.rawValue)"))
            #expect(
                try await browser.run("return document.querySelectorAll('#cards-attention .actions > *').length") == 2,
                "the two likeliest")
            try await browser.open(stage.server.url + "/request/17")
            try await browser.wait("document.querySelector('#connection').dataset.state === 'live'")
            let panel = try await browser.text("#request-17-attention")
            #expect(panel.contains("Reason of \(code.rawValue)") && panel.contains("Said by Radarr"))
            #expect(try await browser.text("#attention-title") != "")
            #expect(try await browser.run("return document.querySelectorAll('.trouble .actions > *').length") == 3)

            try await browser.click(".trouble .actions form button")
            try await poll("the retry", until: .seconds(15)) {
                stage.server.requests.contains { $0.method == "POST" && $0.path == "/api/requests/17/retry" } ? () : nil
            }
            try stage.patch(40, [RequestAttention.elementID(17): RequestAttention(row(nil), page).body])
            try await browser.wait("!document.querySelector('.trouble')")
        }
    }
}
