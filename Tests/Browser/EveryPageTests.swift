import Testing

/// W18: every page below a base path, 360 pixels wide, with a name for every control.
@Suite(
    "Every page", .serialized, .enabled(if: Browser.isInstalled, "needs chromium and chromedriver"),
    .enabled(if: Stack.isBuilt, "needs the programs marquee and marquee-simulator"), .timeLimit(.minutes(10)))
struct EveryPageTests {
    @Test("stays within 360 pixels and below the base path, and names its controls")
    func pages() async throws {
        try await onStack(settings: ["MARQUEE_BASE_PATH": "/marquee"]) { browser, stack in
            try await stack.sendWebhooks()
            try await stack.call("/api/admin/sync/library")
            try await stack.step(["do": "request", "media": "tv", "title": "Harbour Nights", "seasons": [1]])
            try await browser.signIn("admin", stack)
            try await browser.resize(width: 360, height: 760)
            for path in [
                "/", "/requests", "/requests?state=failed&q=nothing", "/request/1", "/request/1?dialog=override",
                "/library", "/deletions", "/music", "/publishing", "/history", "/history?period=365", "/status",
                "/settings", "/settings?add=radarr", "/settings/webhooks", "/settings/general", "/settings/keys",
                "/settings/users", "/settings/backups", "/settings/audit", "/settings/about", "/api/docs",
            ] {
                try await browser.open(stack.url + path)
                try await browser.run("for (const part of document.querySelectorAll('details')) part.open = true")
                let overhang = try await browser.overhang()
                #expect(overhang == [], "\(path)")
                let outside = try await browser.run(
                    """
                    return [...document.querySelectorAll('[href], [src], [action], [data-probe], [data-back]')]
                        .flatMap(e => [e.getAttribute('href'), e.getAttribute('src'), e.getAttribute('action'),
                            e.dataset.probe, e.dataset.back])
                        .filter(to => to && to.startsWith('/') && !/^.marquee(.|$)/.test(to))
                    """)
                #expect(outside.items.isEmpty, "\(path): \(outside)")
                #expect(try await browser.namelessControls() == [], "\(path)")
                for theme in ["dark", "light"] {
                    try await browser.run("document.documentElement.dataset.theme = arguments[0]", .string(theme))
                    #expect(try await browser.faintTexts() == [], "\(path), \(theme)")
                }
                #expect(try await browser.run("return document.querySelectorAll('h1').length") == 1, "\(path)")
            }
            try await browser.run("document.querySelector('h1').style.cssText = 'color: #777; background: #888'")
            #expect(try await browser.faintTexts().count == 1, "a faint text is found")
            // Live and forms work below it too.
            try await browser.open(stack.url + "/")
            try await browser.wait("document.querySelector('#connection').dataset.state === 'live'")
            try await browser.wait("document.querySelector('#cards-moving h3')?.innerText === 'Harbour Nights'")
            try await browser.resize(width: 1280, height: 800)
            try await browser.open(stack.url + "/status")
            try await browser.keepPictures("status")
            try await browser.click(".user button")
            try await browser.wait("location.pathname === '/marquee/login'")
        }
    }
}
