import Testing

/// Several requests ticked in the list and acted on together (web.md §3 "Requests").
@Suite(
    "Ticked requests", .serialized, .enabled(if: Browser.isInstalled, "needs chromium and chromedriver"),
    .enabled(if: Stack.isBuilt, "needs the programs marquee and marquee-simulator"), .timeLimit(.minutes(10)))
struct BulkFlowTests {
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
