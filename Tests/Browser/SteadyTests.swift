import Testing

/// Live pages stand still under the eyes: nothing jumps, and nothing is fetched again (web.md §1 and §4).
@Suite(
    "A steady page", .serialized, .enabled(if: Browser.isInstalled, "needs chromium and chromedriver"),
    .enabled(if: Stack.isBuilt, "needs the programs marquee and marquee-simulator"), .timeLimit(.minutes(10)))
struct SteadyTests {
    private static let bar = "document.querySelector('#cards-moving [data-stage=downloading] progress')"

    @Test("a download's progress moves nothing else, and asks the server for nothing")
    func progress() async throws {
        try await onStack { browser, stack in
            try await stack.sendWebhooks()
            try await browser.open(stack.url + "/")
            try await browser.wait("document.querySelector('#connection').dataset.state === 'live'")
            try await stack.step(["do": "request", "media": "movie", "title": "Lighthouse Keeper"])
            try await stack.step(["do": "request", "media": "tv", "title": "Harbour Nights", "seasons": [1]])
            try await advance(stack, by: "20s", in: browser, until: Self.bar)
            try await browser.run(
                """
                window.shifts = []
                new PerformanceObserver(list => {
                    for (const entry of list.getEntries()) shifts.push([entry.value,
                        entry.sources.map(source => source.node?.outerHTML?.slice(0, 100))])
                }).observe({ type: 'layout-shift' })
                window.asked = []
                new PerformanceObserver(list => {
                    for (const entry of list.getEntries()) asked.push(entry.name)
                }).observe({ type: 'resource' })
                window.values = new Set()
                new MutationObserver(() => {
                    const bar = \(Self.bar)
                    if (bar) values.add(bar.value)
                }).observe(document.body, { subtree: true, childList: true, attributes: true })
                """)
            try await advance(stack, by: "5s", in: browser, until: "values.size >= 4")
            let shifts = try await browser.run("return shifts")
            let moved = try await browser.run("return shifts.reduce((sum, shift) => sum + shift[0], 0)").number ?? 1
            #expect(moved < 0.005, "\(shifts)")
            let asked = try await browser.run("return asked.filter(url => !/.(images|assets)./.test(url))")
            #expect(asked.items.isEmpty, "\(asked)")
        }
    }

    /// Lets the simulator's time go on until something is seen.
    private func advance(
        _ stack: Stack, by time: String, in browser: Browser, until expression: String
    ) async throws {
        try await poll(expression, until: .seconds(120)) {
            if try await browser.run("return Boolean(\(expression))").isTrue { return () }
            try await stack.advance(time)
            // Marquee asks qBittorrent every few seconds.
            for _ in 0..<20 where try await !browser.run("return Boolean(\(expression))").isTrue {
                try await Task.sleep(for: .milliseconds(100))
            }
            return nil
        }
    }
}
