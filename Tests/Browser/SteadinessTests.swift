import Testing

/// Live updates move nothing under the pointer and fetch nothing (web.md §2 and §4).
@Suite(
    "A page that is patched", .serialized, .enabled(if: Browser.isInstalled, "needs chromium and chromedriver"),
    .enabled(if: Stack.isBuilt, "needs the programs marquee and marquee-simulator"), .timeLimit(.minutes(10)))
struct SteadinessTests {
    private static let percent = "document.querySelector('#cards-moving [data-stage=downloading] progress')?.value ?? 0"

    @Test("shifts nothing while progress comes in, and asks the server for no page and no list")
    func steady() async throws {
        try await onStack { browser, stack in
            try await stack.sendWebhooks()
            try await browser.open(stack.url + "/")
            try await browser.wait("document.querySelector('#connection').dataset.state === 'live'")
            try await stack.step(["do": "request", "media": "movie", "title": "Lighthouse Keeper"])
            try await stack.advance("4m")
            try await browser.wait("\(Self.percent) > 0")
            try await browser.run(
                """
                window.shifted = 0
                new PerformanceObserver(list => {
                  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value
                }).observe({type: 'layout-shift'})
                performance.clearResourceTimings()
                """)
            for _ in 0..<4 {
                let before = try await browser.run("return \(Self.percent)").number ?? 0
                try await stack.advance("30s")
                try await browser.wait(
                    "(\(Self.percent)) > \(before) || document.querySelector('#cards-arrived article')",
                    until: .seconds(60))
            }
            #expect(try await browser.run("return window.shifted").number ?? 1 < 0.02)
            let asked = try await browser.run(
                """
                return performance.getEntriesByType('resource').map(e => e.name)
                  .filter(name => !/\\/(api\\/events|images|assets)/.test(name)).join(' ')
                """
            ).text
            #expect(asked == "")
        }
    }

    @Test("rows are ticked by pointer, Shift and key, counted, and verified together")
    func bulk() async throws {
        try await onStack { browser, stack in
            _ = try await stack.call("/api/admin/sync/library")
            try await browser.open(stack.url + "/requests")
            try await browser.wait("document.querySelectorAll('#list tbody [name=ids]').length === 50")
            try await browser.run("document.querySelectorAll('[name=ids]')[1].click()")
            try await browser.run(
                """
                document.querySelectorAll('[name=ids]')[4]
                  .dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true, shiftKey: true}))
                """)
            try await browser.wait("document.querySelector('#picked').innerText === '4'")
            try await browser.press("j")
            try await browser.press("x")
            try await browser.wait("document.querySelector('#picked').innerText === '5'")
            try await browser.press("x")
            try await browser.wait("document.querySelector('#picked').innerText === '4'")
            try await browser.click("#bulk button[value=verify]")
            try await browser.wait(
                "document.querySelector('main .notice')?.innerText.includes('asked about 4 requests')",
                until: .seconds(60))
        }
    }
}
