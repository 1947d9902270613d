import Testing

/// W8: a title is deleted before the eyes: the plan, what is unknown, cancel, confirm, a failing service, retry.
@Suite(
    "Deleting", .serialized, .enabled(if: Browser.isInstalled, "needs chromium and chromedriver"),
    .enabled(if: Stack.isBuilt, "needs the programs marquee and marquee-simulator"), .timeLimit(.minutes(10)))
struct DeletionTests {
    private static let settings = ["ENABLE_DELETION_SYNC": "true", "MARQUEE_DELETION_VERIFY": "1s,2s,3s,5s,8s"]
    private static let lines = "(document.querySelector('#request-1-deletion')?.innerText ?? '')"

    /// A film that is playable, on its page.
    private func available(_ browser: Browser, _ stack: Stack) async throws {
        try await stack.sendWebhooks()
        try await stack.step(["do": "request", "media": "movie", "title": "Lighthouse Keeper"])
        try await browser.open(stack.url + "/request/1")
        try await poll("the film in Jellyfin", until: .seconds(90)) { () -> Void? in
            try await stack.advance("2m")
            let stage = "document.querySelector('.request-head')?.dataset.stage"
            return try await browser.run("return \(stage)").text == "available" ? () : nil
        }
    }

    @Test("a plan is shown and dropped, then carried out; what fails is said, and repeated alone")
    func film() async throws {
        try await onStack(settings: Self.settings) { browser, stack in
            try await available(browser, stack)
            try await browser.click("a[href$='dialog=delete']")
            try await browser.wait("document.querySelector('#dialog-delete:modal')")
            #expect(try await browser.text("#dialog-delete").contains("Will be deleted"))
            try await browser.click("#dialog-delete [name=delete_files]")
            try await browser.wait("/Delete 1 title, .*GiB/.test(document.querySelector('#dialog-delete').innerText)")
            try await browser.keepPictures("delete")
            try await browser.click("#dialog-delete a.quiet")
            try await browser.wait("!document.querySelector('#dialog-delete')")
            #expect(try await browser.run("return \(Self.lines)").text?.isEmpty == true, "nothing was deleted")

            // What cannot be read is unknown, and has to be accepted.
            try await stack.fault(["service": "seerr", "path": "/api/v1/movie/*", "kind": "500"])
            try await browser.open(stack.url + "/request/1?dialog=delete&delete_files=true")
            try await browser.wait("document.querySelector('#dialog-delete:modal')")
            #expect(try await browser.text("#dialog-delete").contains("Unknown"))
            try await browser.click("#dialog-delete button.primary")
            #expect(try await browser.run("return Boolean(document.querySelector('#dialog-delete:modal'))").isTrue)
            try await browser.click("#dialog-delete form.stacked [type=checkbox]")
            try await browser.click("#dialog-delete button.primary")
            try await browser.wait("\(Self.lines).includes('Retry what failed')", until: .seconds(90))
            try await stack.release()
            try await browser.keepPictures("deletion-incomplete")
            try await browser.click("#request-1-deletion form.action button")
            try await browser.wait("\(Self.lines) === ''", until: .seconds(90))
            try await browser.open(stack.url + "/deletions")
            let rows = try await browser.text("#deletion-rows")
            #expect(rows.contains("Complete"), "\(rows)")
            try await browser.keepPictures("deletions")
        }
    }

    @Test("ticked titles are deleted together, without a script too", arguments: [true, false])
    func bulk(hasScript: Bool) async throws {
        try await onStack(hasScript: hasScript) { browser, stack in
            try await stack.call("/api/admin/sync/library", ["dry_run": false])
            try await browser.open(stack.url + "/requests")
            for place in 1...2 {
                try await browser.click("tbody tr:nth-child(\(place)) [name=ids]")
            }
            try await browser.click("button[value=delete]")
            try await browser.wait("location.pathname === '/deletions/new'")
            #expect(try await browser.text("h1") == "Delete 2 titles")
            #expect(try await browser.text("main").contains("Only Marquee"))
            try await browser.click("form.stacked button.primary")
            try await browser.wait("location.pathname === '/deletions'")
            try await browser.wait("document.querySelectorAll('#deletion-rows > tr').length === 2", until: .seconds(30))
        }
    }
}
