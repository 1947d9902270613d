import Testing

/// W12 and, without a script, its part of W15: a service is tested, refused with a reason, saved, and tells no secret.
@Suite(
    "Settings in a browser", .serialized, .enabled(if: Browser.isInstalled, "needs chromium and chromedriver"),
    .enabled(if: Stack.isBuilt, "needs the programs marquee and marquee-simulator"), .timeLimit(.minutes(10)))
struct SettingsFlowTests {
    private static let form = "#radarr-default"

    /// Types into the form of Radarr, in place of what is there.
    private func fill(_ browser: Browser, _ url: String, _ key: String) async throws {
        try await browser.run(
            "for (const f of document.querySelectorAll('\(Self.form) [type=text], \(Self.form) [type=password]')) f.value = ''"
        )
        try await browser.type(url, into: "\(Self.form) [name=url]")
        try await browser.type(key, into: "\(Self.form) [name=api_key]")
    }

    /// Presses Test and waits for what it says: in the form with a script, above it on a new page without.
    private func test(_ browser: Browser, hasScript: Bool, says sentence: String, isGood: Bool) async throws {
        try await browser.run("document.querySelectorAll('\(Self.form) .notice').forEach(e => e.remove())")
        try await browser.click("\(Self.form) button[value=test]")
        let place = hasScript ? "output[data-ok=\(isGood)]" : ".notice.\(isGood ? "good" : "bad")"
        try await browser.wait(
            "/\(sentence)/.test(document.querySelector('\(Self.form) \(place)')?.innerText ?? '')")
    }

    /// Looks for secrets in everything a page holds: markup, and what stands in its fields.
    private func expectNone(of secrets: [String], _ browser: Browser, _ path: String) async throws {
        let found = try await browser.run(
            "return document.documentElement.outerHTML + [...document.querySelectorAll('input')].map(e => e.value)")
        for secret in secrets { #expect(found.text?.contains(secret) == false, "\(path)") }
    }

    @Test("a test says what is wrong, what passes is saved, and no page tells a secret", arguments: [true, false])
    func service(hasScript: Bool) async throws {
        // Without a script what was refused is a page of its own, with a status that the console notes.
        try await onStack(hasScript: hasScript, expectsErrors: !hasScript, without: "RADARR") { browser, stack in
            let url = try #require(stack.services["RADARR_URL"])
            let key = try #require(stack.services["RADARR_API_KEY"])
            try await browser.signIn("admin", stack)
            try await browser.open(stack.url + "/settings")
            if hasScript { try await browser.run("window.stayed = true") }

            try await fill(browser, url, "canary-wrong-key")
            try await test(browser, hasScript: hasScript, says: "refuses this API key", isGood: false)
            let typed = try await browser.run(
                "return [...document.querySelectorAll('\(Self.form) [name=url], \(Self.form) [name=api_key]')].map(e => e.value)"
            )
            // A page never gives back a secret; in the background nothing that was typed is lost.
            #expect(typed.items == [.string(url), hasScript ? "canary-wrong-key" : ""])
            try await fill(
                browser, try #require(stack.services["SONARR_URL"]), try #require(stack.services["SONARR_API_KEY"]))
            try await test(browser, hasScript: hasScript, says: "Sonarr|Another program", isGood: false)
            try await stack.fault(["service": "radarr", "path": "/api/v3/system/status", "kind": "html"])
            try await fill(browser, url, key)
            try await test(browser, hasScript: hasScript, says: "A web page came instead", isGood: false)
            try await stack.release()
            if !hasScript {
                try await fill(browser, url, "canary-wrong-key")
                try await browser.click("\(Self.form) button[value=save]")
                try await browser.wait("document.querySelector('\(Self.form) .notice.bad')")
                try await expectNone(of: ["canary-wrong-key"], browser, "refused")
            }
            try await fill(browser, url, key)
            try await test(browser, hasScript: hasScript, says: "answers in \\d+ ms", isGood: true)
            if hasScript { #expect(try await browser.run("return window.stayed").isTrue) }

            if !hasScript { try await fill(browser, url, key) }
            try await browser.click("\(Self.form) button[value=save]")
            try await browser.wait("location.search === '?done=saved' && document.querySelector('.notice.good')")
            try await browser.wait("/Set/i.test(document.querySelector('#radarr-default-api_key-note').innerText)")
            let secrets = [key, "canary-wrong-key", try #require(stack.services["JELLYFIN_API_KEY"])]
            for path in ["", "/webhooks", "/general", "/keys", "/users", "/audit", "/about"] {
                try await browser.open(stack.url + "/settings" + path)
                #expect(try await browser.text("h1") == "Settings", "\(path)")
                try await expectNone(of: secrets, browser, path)
            }
            guard hasScript else { return }
            // What is stored is tested without being typed again.
            try await browser.open(stack.url + "/settings#radarr")
            try await test(browser, hasScript: true, says: "answers in \\d+ ms", isGood: true)
            try await browser.keepPictures("settings")
        }
    }
}
