import Testing

/// The first job of the house, before the eyes: preview, apply, undo.
@Suite(
    "Library in a browser", .serialized, .enabled(if: Browser.isInstalled, "needs chromium and chromedriver"),
    .enabled(if: Stack.isBuilt, "needs the programs marquee and marquee-simulator"), .timeLimit(.minutes(10)))
struct LibraryFlowTests {
    /// Whether the report of a finished run is there.
    private static let isDone = "document.querySelector('#report .badge.good, #report .badge.attention')"

    @Test("preview, live progress, plan, apply and undo, without a reload")
    func flow() async throws {
        try await onStack { browser, stack in
            try await browser.open(stack.url + "/library")
            try await browser.wait("document.querySelector('#connection').dataset.state === 'live'")
            try await browser.keepPictures("library-empty")
            try await browser.run("window.stayed = true")

            try await stack.holdListing()
            try await browser.click("button[name=dry_run][value=true]")
            try await browser.wait("document.querySelector('#library-job progress')?.value > 0")
            try await browser.wait("/[1-9]/.test(document.querySelector('#jobs-indicator')?.innerText)")
            try await browser.keepPictures("library-running")
            try await stack.release()
            try await browser.wait(Self.isDone, until: .seconds(60))
            #expect(try await browser.text("#plan-title") == "Plan")
            #expect(try await browser.run("return document.querySelectorAll('#plan tbody').length > 0").isTrue)
            try await browser.keepPictures("library-plan")

            try await browser.click("#report .button.primary")
            try await browser.wait("document.querySelector('#report form[action$=\"/undo\"]')", until: .seconds(60))
            #expect(try await browser.text("#plan-title") == "Changes")
            try await browser.keepPictures("library-applied")

            try await browser.click("#report form[action$=\"/undo\"] button")
            try await browser.wait(
                "/Undo of/.test(document.querySelector('#report-title')?.textContent)", until: .seconds(60))
            try await browser.keepPictures("library-undone")
            #expect(try await browser.run("return window.stayed").isTrue)
        }
    }

    @Test("a running job survives a reload, and is cancelled")
    func cancel() async throws {
        try await onStack { browser, stack in
            try await browser.open(stack.url + "/library")
            try await stack.holdListing()
            try await browser.click("button[name=dry_run][value=false]")
            try await browser.wait("document.querySelector('#library-job progress')?.value > 0")
            try await browser.open(stack.url + "/library")
            try await browser.wait("document.querySelector('#library-job progress')?.value > 0")
            try await browser.click("#library-job form[action$=\"/cancel\"] button")
            // The server has heard of it before the listing may go on.
            try await browser.wait("!document.querySelector('#library-job button[aria-busy]')")
            try await stack.release()
            try await browser.wait("!document.querySelector('#library-job progress')", until: .seconds(60))
            // The report comes with the page's part, a moment after the card.
            try await browser.wait("document.querySelector('.last .badge')?.innerText === 'Cancelled'")
            try await browser.open(stack.url + "/requests")
            try await browser.wait("document.querySelector('#list .empty')")
        }
    }

    @Test("the list of requests fills while it is open, and leads to a request")
    func requests() async throws {
        try await onStack { browser, stack in
            try await browser.open(stack.url + "/library")
            try await browser.click("button[name=dry_run][value=false]")
            try await browser.wait(Self.isDone, until: .seconds(60))
            try await browser.open(stack.url + "/requests")
            try await browser.wait("document.querySelectorAll('#list tbody tr').length === 50")
            try await browser.keepPictures("requests")
            try await browser.click("#list a[rel=next]")
            try await browser.wait("location.search.includes('after=')")
            try await browser.click("#list .media-title")
            try await browser.wait("/^.request.\\d+$/.test(location.pathname)")
            try await browser.keepPictures("request")
        }
    }
}
