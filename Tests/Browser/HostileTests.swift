import Foundation
import Testing

/// W14: whatever a title, a message or a name says, on every page it is text.
@Suite(
    "Hostile words", .serialized, .enabled(if: Browser.isInstalled, "needs chromium and chromedriver"),
    .enabled(if: Stack.isBuilt, "needs the programs marquee and marquee-simulator"), .timeLimit(.minutes(10)))
struct HostileTests {
    private static let titles = [
        #"<img src=x onerror="window.ran=1"><script>window.ran=2</script>"#,
        #"'" onmouseover="window.ran=3" x='</title></textarea>--><svg onload=window.ran=4>"#,
        "\u{202E}txet desrever مرحبا בית\u{202C} &lt;b&gt; &amp;amp;",
        String(repeating: "Immeasurable", count: 41) + "End🎬👩‍👩‍👧‍👦",
        "javascript:window.ran=5 `${window.ran=6}` {{7*7}} %3Cscript%3E \\u003cb\\u003e",
    ]

    /// What came in by a hook that belongs to nothing; and names that Marquee keeps itself.
    private func spread(_ browser: Browser, _ stack: Stack) async throws {
        let evil = Self.titles[0]
        try await stack.call("/api/auth/keys", ["name": .string(evil), "scopes": ["read"]])
        try await stack.call("/api/auth/login", ["username": .string(evil), "password": "x"])
        try await stack.call("/api/filters", ["name": .string(evil), "query": "state=failed"])
        let hook: JSON = [
            "eventType": "Grab", "movie": ["id": 987_654, "title": .string(evil), "tmdbId": 987_654, "year": 2020],
            "release": ["releaseTitle": .string(Self.titles[1]), "indexer": .string(evil), "size": 1],
            "downloadId": .string(evil), "instanceName": .string(evil),
        ]
        let text = String(decoding: try JSONEncoder().encode(hook), as: UTF8.self)
        let status = try await browser.run(
            """
            const headers = {'Content-Type': 'application/json', 'X-Marquee-Token': arguments[1]}
            return fetch('/hooks/radarr', {method: 'POST', headers, body: arguments[0]}).then(r => r.status)
            """, .string(text), .string(Stack.secret))
        #expect([200, 202, 204].contains(status.number), "\(status)")
    }

    /// Whether anything ran, or became an element or an attribute.
    private func expectText(_ browser: Browser, _ path: String) async throws {
        let found = try await browser.run(
            """
            const attributes = [...document.querySelectorAll('*')].flatMap(e => [...e.attributes].map(a => a.name))
            return [window.ran ?? 0, document.querySelectorAll('img[src=x], main script, svg[onload], b:not(.squares b)').length,
                attributes.filter(name => name.startsWith('on')).length]
            """)
        #expect(found == [0, 0, 0], "\(path)")
        let overhang = try await browser.overhang()
        #expect(overhang == [], "\(path)")
    }

    @Test("markup, quotes, other directions, 500 characters and emoji are text on every page, live and loaded")
    func pages() async throws {
        try await onStack { browser, stack in
            try await stack.sendWebhooks()
            try await browser.open(stack.url + "/")
            try await browser.wait("document.querySelector('#connection').dataset.state === 'live'")
            try await spread(browser, stack)
            for title in Self.titles {
                try await stack.step(["do": "request", "media": "movie", "title": .string(title)])
            }
            let evil = Self.titles[0]
            try await stack.step([
                "do": "request", "media": "movie", "title": .string("Blocked " + evil), "block": .string(evil),
            ])
            try await stack.step(["do": "request", "media": "tv", "title": .string("Series " + evil), "seasons": [1]])
            try await browser.wait("document.querySelectorAll('#cards-moving h3').length === 7", until: .seconds(60))
            let shown = try await browser.run(
                "return [...document.querySelectorAll('#cards-moving h3 bdi')].map(e => e.textContent)")
            for title in Self.titles { #expect(shown.items.contains(.string(title)), "\(title)") }
            try await browser.resize(width: 360, height: 760)
            try await expectText(browser, "live")
            try await stack.advance("4m")
            try await browser.wait("document.querySelector('[data-stage=downloading]')", until: .seconds(60))
            try await expectText(browser, "downloading")
            try await stack.advance("3h")
            try await browser.wait("document.querySelector('#cards-attention .reason')", until: .seconds(60))
            try await browser.wait("document.querySelectorAll('#cards-arrived h3').length === 6", until: .seconds(60))
            try await expectText(browser, "arrived")

            let query = "?q=" + (evil.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")
            let paths = [
                "/requests", "/requests" + query, "/request/1", "/request/2", "/request/3", "/request/4", "/request/5",
                "/request/6", "/request/6?dialog=override", "/request/7", "/library", "/history", "/history" + query,
                "/status", "/music", "/deletions", "/publishing", "/settings", "/settings/webhooks",
                "/settings/general", "/settings/keys", "/settings/users", "/settings/audit",
                "/login?next=" + (Self.titles[4].addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""),
            ]
            for path in paths {
                try await browser.open(stack.url + path)
                try await browser.run("for (const part of document.querySelectorAll('details')) part.open = true")
                try await expectText(browser, path)
            }
            try await browser.open(stack.url + "/history")
            for title in Self.titles {
                #expect(try await browser.text("main").contains(title.prefix(20)), "\(title)")
            }
        }
    }
}
