import Foundation
import Testing

/// W7 and, without a script, its part of W15: filters, search, paging, the way back, saved filters, columns, export.
@Suite(
    "The list of requests", .serialized, .enabled(if: Browser.isInstalled, "needs chromium and chromedriver"),
    .enabled(if: Stack.isBuilt, "needs the programs marquee and marquee-simulator"), .timeLimit(.minutes(10)))
struct ListFlowTests {
    private static let titles = "[...document.querySelectorAll('#list tbody .media-title')].map(e => e.innerText)"
    private static let total = "document.querySelector('.pager .muted')?.innerText"

    private func readLibrary(_ stack: Stack) async throws {
        let port = try #require(URL(string: stack.url)?.port.flatMap { UInt16(exactly: $0) })
        _ = try await LoopbackCall.send("POST", "/api/admin/sync/library", port: port, body: [])
    }

    /// Chooses as a person would; without a script the form's button sends it.
    private func choose(_ browser: Browser, _ field: String, _ value: String, hasScript: Bool) async throws {
        try await browser.run(
            """
            const field = document.querySelector(arguments[0]); field.value = arguments[1]
            field.dispatchEvent(new Event('input', {bubbles: true}))
            """, .string(field), .string(value))
        if !hasScript { try await browser.click(".filters button") }
    }

    private func waitForQuery(_ browser: Browser, _ name: String, _ value: String?) async throws {
        let wanted = value.map { "'\($0)'" } ?? "null"
        try await browser.wait("(new URLSearchParams(location.search).get('\(name)') || null) === \(wanted)")
    }

    @Test("is filtered, searched, paged, kept and taken away", arguments: [true, false])
    func flow(hasScript: Bool) async throws {
        try await onStack(hasScript: hasScript) { browser, stack in
            try await readLibrary(stack)
            try await browser.open(stack.url + "/requests")
            try await browser.wait("\(Self.titles).length === 50")
            let all = try await browser.run("return \(Self.total)").text ?? ""
            #expect(all.hasPrefix("50 of 2,"))
            try await filter(browser, hasScript: hasScript)
            try await page(browser)
            try await keep(browser, stack, hasScript: hasScript)
            try await takeAway(browser)
        }
    }

    private func filter(_ browser: Browser, hasScript: Bool) async throws {
        try await choose(browser, "#filter-media_type", "tv", hasScript: hasScript)
        try await waitForQuery(browser, "media_type", "tv")
        try await browser.wait(
            "[...document.querySelectorAll('#list .media-facts')].every(e => e.innerText.includes('Series'))")
        try await choose(browser, "#filter-sort", "title", hasScript: hasScript)
        try await waitForQuery(browser, "sort", "title")
        // Back goes through what was chosen. With a script the fields say what the address says; without one a browser
        // shows the page as it was left, fields and all.
        try await browser.run("history.back()")
        try await waitForQuery(browser, "sort", nil)
        try await waitForQuery(browser, "media_type", "tv")
        if hasScript {
            try await browser.wait("document.querySelector('#filter-sort').value === ''")
            try await browser.wait("document.querySelector('#filter-media_type').value === 'tv'")
        }
        try await browser.run("history.back()")
        try await waitForQuery(browser, "media_type", nil)
        if hasScript { try await browser.wait("document.querySelector('#filter-media_type').value === ''") }
        try await browser.wait("\(Self.titles).length === 50")
        try await browser.run("location.href = '/requests?state=available'")
        try await browser.wait("document.readyState === 'complete' && location.search === '?state=available'")
        // A search without a match shows its chips, and each can be taken away.
        try await choose(browser, "#filter-q", "no such title", hasScript: hasScript)
        try await browser.wait("document.querySelector('#list .empty')")
        try await browser.click("#list a[aria-label^='Remove filter']")
        try await waitForQuery(browser, "q", nil)
        try await browser.wait("document.querySelector('#filter-q').value === '' && \(Self.titles).length === 50")
        let title = try await browser.run("return \(Self.titles)[0]").text ?? ""
        let part = String(title.prefix(6)).trimmingCharacters(in: .whitespaces)
        try await choose(browser, "#filter-q", part.uppercased(), hasScript: hasScript)
        try await waitForQuery(browser, "q", part.uppercased())
        try await browser.wait(
            "\(Self.titles).length && \(Self.titles).every(t => t.toUpperCase().includes('\(part.uppercased())'))")
    }

    private func page(_ browser: Browser) async throws {
        try await browser.run("location.href = '/requests?sort=title'")
        try await browser.wait("document.readyState === 'complete' && \(Self.titles).length === 50")
        let first = try await browser.run("return \(Self.titles)")
        try await browser.click(".pager a[rel=next]")
        try await browser.wait("location.search.includes('after=') && \(Self.titles).length === 50")
        try await browser.wait("\(Self.titles)[0] !== \(quoted(first.items.first?.text ?? ""))")
        let second = try await browser.run("return \(Self.titles)[0]").text ?? ""
        #expect(!first.items.contains { $0.text == second })
        try await browser.run("history.back()")
        try await browser.wait("\(Self.titles)[0] === \(quoted(first.items.first?.text ?? ""))")
    }

    private func quoted(_ text: String) -> String {
        "'" + text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "'", with: "\\'") + "'"
    }

    private func keep(_ browser: Browser, _ stack: Stack, hasScript: Bool) async throws {
        try await browser.run("location.href = '/requests?media_type=movie&sort=title'")
        try await browser.wait("document.readyState === 'complete' && location.search.includes('movie')")
        try await browser.click("#saved-filters summary")
        try await browser.type("Films by <name>", into: "#saved-name")
        try await browser.click("#saved-filters form button")
        try await browser.wait("document.querySelector('.saved a')?.textContent === 'Films by <name>'")
        try await browser.run("location.href = '/requests?state=failed'")
        try await browser.wait("document.readyState === 'complete' && location.search === '?state=failed'")
        try await browser.click("#saved-filters summary")
        try await browser.click(".saved a")
        try await waitForQuery(browser, "media_type", "movie")
        try await waitForQuery(browser, "state", nil)
        try await browser.wait(
            "document.querySelector('#filter-media_type').value === 'movie' && \(Self.titles).length === 50")
        #expect(try await browser.run("return document.querySelector('#filter-state').value").text == "")
        try await browser.click("#columns summary")
        try await browser.click("#columns input[value=quality]")
        try await browser.click("#columns button")
        try await browser.wait("document.querySelector('#list table').classList.contains('no-5')")
        let hidden = try await browser.run(
            "return getComputedStyle(document.querySelector('#list tbody td:nth-child(5)')).display")
        #expect(hidden.text == "none")
        try await browser.open(stack.url + "/requests")
        try await browser.wait("document.querySelector('#list table').classList.contains('no-5')")
        try await browser.click("#saved-filters summary")
        try await browser.click(".saved form button")
        try await browser.wait("!document.querySelector('.saved a')")
        if hasScript { try await browser.keepPictures("requests") }
    }

    /// Fetched as the link says it: a download ends in a folder of the browser's own.
    private func takeAway(_ browser: Browser) async throws {
        try await browser.run("location.href = '/requests?media_type=tv&sort=title'")
        try await browser.wait("document.readyState === 'complete' && location.search.includes('tv')")
        let total = try await browser.run("return \(Self.total)").text ?? ""
        let found = try await browser.run(
            """
            const link = document.querySelector('#export a')
            const call = new XMLHttpRequest()
            call.open('GET', link.getAttribute('href'), false)
            call.send()
            return [call.status, call.getResponseHeader('Content-Disposition'), call.responseText.trim().split('\\r\\n').length]
            """)
        #expect(found.items.first == 200)
        #expect(found.items.dropFirst().first?.text?.contains("filename=\"marquee-requests-") == true)
        let lines = Int(found.items.last?.number ?? 0) - 1
        let wanted = total.split(separator: " ").last.map { $0.replacingOccurrences(of: ",", with: "") } ?? ""
        #expect(String(lines) == wanted)
    }
}
