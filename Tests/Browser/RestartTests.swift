import Testing

/// W5: Marquee itself goes away and comes back under an open page.
@Suite(
    "A restart before the eyes", .serialized, .enabled(if: Browser.isInstalled, "needs chromium and chromedriver"),
    .enabled(if: Stack.isBuilt, "needs the programs marquee and marquee-simulator"), .timeLimit(.minutes(10)))
struct RestartTests {
    private static let state = "document.querySelector('#connection').dataset.state"
    private static let titles = "[...document.querySelectorAll('#cards-moving h3')].map(h => h.innerText).sort().join()"

    @Test("the age of the data is counted while it is away, and afterwards nothing is missing")
    func restart() async throws {
        // A refused connection is an error of the console's.
        try await onStack(expectsErrors: true) { browser, stack in
            try await stack.sendWebhooks()
            try await browser.open(stack.url + "/")
            try await browser.wait("\(Self.state) === 'live'")
            try await browser.run("window.stayed = true")
            try await stack.step(["do": "request", "media": "movie", "title": "Asked Before"])
            try await browser.wait("\(Self.titles) === 'Asked Before'", until: .seconds(60))

            await stack.halt()
            try await browser.wait("['reconnecting', 'polling'].includes(\(Self.state))")
            let age = "Number(/\\d+/.exec(document.querySelector('#connection span').innerText)?.[0])"
            try await browser.wait("\(age) >= 1")
            let before = Int(try await browser.run("return \(age)").number ?? 0)
            try await browser.wait("\(age) > \(before)")
            // As long as it takes to restart a machine.
            try await browser.wait("\(age) >= 40", until: .seconds(90))
            #expect(try await browser.run("return \(Self.titles)").text == "Asked Before")

            try await stack.resume()
            try await stack.step(["do": "request", "media": "movie", "title": "Asked Since"])
            try await browser.wait("\(Self.state) === 'live'", until: .seconds(60))
            try await browser.wait("\(Self.titles) === 'Asked Before,Asked Since'", until: .seconds(60))
            #expect(try await browser.run("return window.stayed").isTrue)
        }
    }
}
