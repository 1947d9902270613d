import Testing

/// W2: a film runs from webhook to available before the eyes; card, timeline and badge follow without a reload.
@Suite(
    "A request before the eyes", .serialized, .enabled(if: Browser.isInstalled, "needs chromium and chromedriver"),
    .enabled(if: Stack.isBuilt, "needs the programs marquee and marquee-simulator"), .timeLimit(.minutes(10)))
struct LiveFlowTests {
    private static let isLive = "document.querySelector('#connection').dataset.state === 'live'"

    private func card(in band: String, _ more: String = "") -> String {
        "[...document.querySelectorAll('#cards-\(band) \(more)')].some(e => e.innerText.includes('Lighthouse Keeper'))"
    }

    @Test("squares fill one by one, and a season with some of its twelve episodes is not available")
    func season() async throws {
        try await onStack { browser, stack in
            try await stack.sendWebhooks()
            try await stack.step([
                "do": "request", "media": "tv", "title": "Slow Season", "episodes": 12, "single_episodes": true,
            ])
            try await browser.open(stack.url + "/request/1")
            try await browser.wait(Self.isLive)
            try await browser.run("window.stayed = true")
            // As soon as one of the downloads is over the others stand still.
            let over = """
                return fetch('/api/requests/1').then(answer => answer.json()).then(one => one.episodes
                    .filter(e => !['approved', 'indexed', 'downloading'].includes(e.state)).length)
                """
            try await poll("the first episode", until: .seconds(120)) { () -> Void? in
                try await stack.advance("3s")
                return try await browser.run(over).number ?? 0 > 0 ? () : nil
            }
            try await stack.step(["do": "stall"])
            try await stack.advance("6m")
            let squares = "document.querySelectorAll('#episodes .squares details')"
            let there = "document.querySelectorAll('#episodes .squares details:not([class])')"
            try await browser.wait("\(there).length > 0", until: .seconds(60))
            let some = Int(try await browser.run("return \(there).length").number ?? 0)
            #expect((1..<12).contains(some))
            #expect(try await browser.run("return \(squares).length") == 12)
            #expect(try await browser.text("#episodes .pill") == "\(some)/12")
            let stage = "document.querySelector('.request-head').dataset.stage"
            #expect(try await browser.run("return \(stage)").text != "available")
            #expect(try await browser.run("return \(stage)").text != nil)

            try await stack.step(["do": "finish"])
            try await stack.advance("10m")
            try await browser.wait("\(stage) === 'available' && \(there).length === 12", until: .seconds(60))
            #expect(try await browser.run("return window.stayed").isTrue)
        }
    }

    @Test("a card moves from band to band by webhooks alone, and a request's page grows")
    func film() async throws {
        try await onStack { browser, stack in
            try await stack.sendWebhooks()
            try await browser.open(stack.url + "/")
            try await browser.wait(Self.isLive)
            #expect(try await browser.text("#activity-idle").contains("Nothing is under way"))
            try await browser.run("window.stayed = true")
            try await stack.step(["do": "request", "media": "movie", "title": "Lighthouse Keeper"])
            try await stack.step([
                "do": "request", "media": "movie", "title": "Blocked Reel",
                "block": "Not an upgrade for existing file",
            ])
            try await stack.step(["do": "request", "media": "tv", "title": "Harbour Nights", "seasons": [1]])
            try await browser.wait(card(in: "moving"))
            try await stack.advance("4m")
            try await browser.wait(card(in: "moving", "[data-stage=downloading]"))
            try await browser.keepPictures("activity")
            try await stack.advance("30m")
            try await browser.wait("document.querySelector('#cards-attention .reason')", until: .seconds(60))
            try await browser.wait("/1/.test(document.querySelector('#attention-badge').innerText)")
            try await browser.wait(card(in: "arrived"), until: .seconds(60))
            #expect(try await browser.run("return " + card(in: "moving")).isTrue == false)
            #expect(try await browser.run("return window.stayed").isTrue)
            try await browser.keepPictures("activity-arrived")

            try await stack.step(["do": "request", "media": "tv", "title": "Second Harbour", "seasons": [1]])
            try await browser.wait(
                "[...document.querySelectorAll('#cards-moving h3 a')].some(a => a.innerText === 'Second Harbour')")
            try await browser.run(
                """
                [...document.querySelectorAll('#cards-moving h3 a')].find(a => a.innerText === 'Second Harbour').click()
                """)
            try await browser.wait("/^.request.\\d+$/.test(location.pathname)")
            try await browser.wait(Self.isLive)
            try await browser.run("window.stayed = true")
            let lines = "document.querySelectorAll('#timeline-list > li').length"
            let before = try await browser.run("return \(lines)")
            try await stack.advance("4m")
            try await browser.wait("\(lines) > \(Int(before.number ?? 0))")
            try await browser.wait("document.querySelectorAll('#episodes .squares details.active').length > 0")
            try await browser.keepPictures("request-live")
            try await stack.advance("40m")
            try await browser.wait(
                "document.querySelector('.request-head').dataset.stage === 'available'", until: .seconds(60))
            try await browser.wait("document.querySelector('#episodes .pill.good')")
            #expect(try await browser.run("return window.stayed").isTrue)
        }
    }
}
