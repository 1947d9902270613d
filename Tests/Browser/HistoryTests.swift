import Testing

/// History: filters, paging, the way back, figures as tables, and news that waits; with and without a script.
@Suite(
    "History in a browser", .serialized, .enabled(if: Browser.isInstalled, "needs chromium and chromedriver"),
    .enabled(if: Stack.isBuilt, "needs the programs marquee and marquee-simulator"), .timeLimit(.minutes(10)))
struct HistoryTests {
    private static let isLive = "document.querySelector('#connection').dataset.state === 'live'"
    private static let rows = "document.querySelectorAll('#history-rows > tr').length"

    /// Has the simulator ask for films, so many that the list has a second page, and lets them end.
    private func end(_ count: Int, _ stack: Stack) async throws {
        try await stack.sendWebhooks()
        for number in 1...count {
            try await stack.step(["do": "request", "media": "movie", "title": .string("Ended Film \(number)")])
        }
        try await stack.step(["do": "request", "media": "tv", "title": "Ended Show", "seasons": [1]])
        try await stack.advance("3h")
    }

    @Test("filters, paging and the way back; figures have their tables; news waits above a list that stands still")
    func history() async throws {
        try await onStack { browser, stack in
            try await browser.open(stack.url + "/history")
            try await browser.wait(Self.isLive)
            #expect(try await browser.text("#history-rows").contains("Nothing has ended"))
            #expect(try await browser.run("return document.cookie.includes('marquee_zone=')").isTrue)
            try await end(51, stack)
            // What ends before the eyes is counted, and comes when it is asked for.
            try await browser.wait(
                "document.querySelector('[data-waiting]:not([hidden])')?.innerText === '52 new'", until: .seconds(120))
            #expect(try await browser.text("#history-rows").contains("Nothing has ended"))
            try await browser.click("[data-waiting]")
            try await browser.wait("\(Self.rows) === 50 && !document.querySelector('[data-waiting]:not([hidden])')")
            #expect(try await browser.text("#list h2").contains("52"))
            try await browser.keepPictures("history")

            try await browser.run("window.stayed = true")
            try await browser.click("a[rel=next]")
            try await browser.wait("\(Self.rows) === 2 && location.search.includes('after=')")
            try await browser.run("history.back()")
            try await browser.wait("\(Self.rows) === 50 && location.search === ''")
            try await browser.run("history.forward()")
            try await browser.wait("\(Self.rows) === 2")
            try await browser.run("history.back()")
            try await browser.wait("\(Self.rows) === 50")

            try await browser.type("ended show", into: "#filter-q")
            try await browser.wait("\(Self.rows) === 1 && location.search.includes('q=ended+show')")
            #expect(try await browser.run("return document.activeElement.id").text == "filter-q")
            try await browser.run(
                """
                const stage = document.querySelector('#filter-state'); stage.value = 'failed'
                stage.dispatchEvent(new Event('input', { bubbles: true }))
                """)
            try await browser.wait("document.querySelectorAll('#history-rows a').length === 2")
            try await browser.click("#history-rows a")
            try await browser.wait("\(Self.rows) === 0 && !location.search.includes('q=')")
            #expect(try await browser.run("return window.stayed").isTrue)
        }
    }

    @Test("without a script the filters are a form, the periods are links, and every figure is in a table")
    func withoutScript() async throws {
        try await onStack(hasScript: false) { browser, stack in
            try await end(2, stack)
            try await poll("what has ended", until: .seconds(120)) {
                try await browser.open(stack.url + "/history")
                return try await browser.text("#list h2").contains("3") ? () : nil
            }
            for name in ["outcomes", "times", "weeks"] {
                let card = "section[aria-labelledby=chart-\(name)]"
                try await browser.click(card + " summary")
                #expect(try await browser.text(card + " table").isEmpty == false)
            }
            #expect(try await browser.text("section[aria-labelledby=chart-outcomes] table").contains("Available\t3"))
            try await browser.type("show", into: "#filter-q")
            try await browser.click("form.filters button[type=submit]")
            #expect(try await browser.text("#history-rows").contains("Ended Show"))
            #expect(try await browser.text("#list h2").contains("1"))
            try await browser.click(".tabs a:first-child")
            #expect(try await browser.text(".tabs [aria-current]") == "7 days")
            #expect(try await browser.text("#list h2").contains("1"))
        }
    }

    @Test("nothing scrolls sideways at 360 pixels, the bar has four places, and More leads to the rest")
    func narrow() async throws {
        try await onStack { browser, stack in
            try await end(3, stack)
            try await browser.resize(width: 360, height: 760)
            for path in ["/history", "/history?period=365", "/music", "/deletions", "/publishing"] {
                try await browser.open(stack.url + path)
                try await browser.run("for (const part of document.querySelectorAll('main details')) part.open = true")
                let width = try await browser.run("return document.documentElement.scrollWidth - innerWidth")
                #expect((width.number ?? 1) <= 0, "\(path)")
                let bar = try await browser.run(
                    """
                    return [...document.querySelectorAll('.rail > ul > li')].filter(e => e.offsetParent)
                        .map(e => e.innerText.trim()).join()
                    """)
                #expect(bar.text == "Activity,Requests,Library,More")
            }
            try await browser.click(".more summary")
            try await browser.click(".more a[href$='/history']")
            try await browser.wait("location.pathname === '/history'")
            try await browser.keepPictures("history-phone")
        }
    }

    @Test("g and h go to History from anywhere, but not while typing")
    func keys() async throws {
        try await onStack { browser, stack in
            try await browser.open(stack.url + "/music")
            try await browser.wait(Self.isLive)
            try await browser.press("?")
            try await browser.wait("document.querySelector('#help').open")
            #expect(try await browser.text("#help").contains("Go to History"))
            try await browser.press("\u{E00C}")  // Escape
            try await browser.type("gh", into: "#search")
            #expect(try await browser.run("return location.pathname").text == "/music")
            try await browser.run("document.activeElement.blur()")
            try await browser.press("g")
            try await browser.press("h")
            try await browser.wait("location.pathname === '/history'")
        }
    }
}
