import Foundation
import Testing

/// W13: somebody who is no admin sees what is theirs, and neither finds nor opens the rest.
@Suite(
    "A user without rights", .serialized, .enabled(if: Browser.isInstalled, "needs chromium and chromedriver"),
    .enabled(if: Stack.isBuilt, "needs the programs marquee and marquee-simulator"), .timeLimit(.minutes(10)))
struct RoleTests {
    private static let cards = "[...document.querySelectorAll('#cards-moving h3')].map(e => e.innerText).join()"

    /// The status of a page, as this session gets it.
    private func status(_ browser: Browser, _ path: String) async throws -> Double {
        let answer = try await browser.run(
            "return fetch(arguments[0], {headers: {Accept: 'text/html'}}).then(r => r.status)", .string(path))
        return answer.number ?? 0
    }

    @Test("own requests only, live and by address; the pages of admins are neither in the rail nor opened")
    func user() async throws {
        // What is refused is an answer of 403 or 404, which a browser notes in its console.
        try await onStack(expectsErrors: true) { browser, stack in
            try await stack.sendWebhooks()
            try await stack.step(["do": "request", "media": "movie", "title": "Mine Already", "user": "user1"])
            try await stack.step(["do": "request", "media": "movie", "title": "Of Another", "user": "user2"])
            try await browser.signIn("user1", stack)
            let rail = try await browser.run(
                "return [...document.querySelectorAll('.rail [data-go]')].map(e => e.dataset.go).join()")
            #expect(rail.text == "activity,requests,music,history,status")

            try await browser.open(stack.url + "/")
            try await browser.wait("\(Self.cards) === 'Mine Already'", until: .seconds(60))
            try await browser.wait("document.querySelector('#connection').dataset.state === 'live'")
            // The other's comes first: when one's own is there, the other would have been.
            try await stack.step(["do": "request", "media": "movie", "title": "Another Again", "user": "user2"])
            try await stack.step(["do": "request", "media": "movie", "title": "Mine Now", "user": "user1"])
            try await browser.wait("\(Self.cards).includes('Mine Now')", until: .seconds(60))
            for path in ["/", "/requests", "/history", "/status"] {
                try await browser.open(stack.url + path)
                #expect(try await browser.run("return /Another/.test(document.body.innerText)").isTrue == false)
            }

            for path in ["/library", "/deletions", "/publishing", "/settings", "/settings/keys", "/settings/audit"] {
                #expect(try await status(browser, path) == 403, "\(path)")
            }
            var opened = 0
            for id in 1...4 {
                let status = try await status(browser, "/request/\(id)")
                #expect([200, 403, 404].contains(status), "\(id)")
                if status == 200 { opened += 1 }
            }
            #expect(opened == 2)
            try await browser.open(stack.url + "/settings")
            #expect(try await browser.run("return document.querySelectorAll('form.settings-form').length") == 0)

            try await browser.open(stack.url + "/requests")
            try await browser.wait("document.querySelectorAll('#list .media-title').length === 2")
            try await browser.click("#list .media-title")
            try await browser.wait("document.querySelector('.request-head')")
            let offered = try await browser.run(
                "return [...document.querySelectorAll('main form')].map(e => e.getAttribute('action').split('/').pop()).join()"
            )
            for action in ["retry", "override", "delete"] {
                #expect(offered.text?.contains(action) == false)
            }
            #expect(try await browser.run("return document.querySelector('a[href*=\"dialog=\"]') === null").isTrue)
        }
    }
}
