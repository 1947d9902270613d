import Testing

/// W1: signing in, being refused, being led back, signing out, and the end of a session under an open page.
@Suite(
    "Signing in", .serialized, .enabled(if: Browser.isInstalled, "needs chromium and chromedriver"),
    .enabled(if: Stack.isBuilt, "needs the programs marquee and marquee-simulator"), .timeLimit(.minutes(10)))
struct LoginTests {
    private func fill(_ browser: Browser, _ name: String, _ password: String) async throws {
        try await browser.run("document.querySelector('[name=username]').value = ''")
        try await browser.type(name, into: "[name=username]")
        try await browser.type(password, into: "[name=password]")
        try await browser.click(".login button")
    }

    /// The session ends in another place: the page says so within a beat of its stream.
    private func endElsewhere(_ browser: Browser, _ stack: Stack) async throws {
        #expect(try await browser.run("return location.search").text == "?state=failed")
        try await browser.wait("document.querySelector('#connection').dataset.state === 'live'")
        try await browser.run(
            """
            return fetch('/api/auth/logout', {method: 'POST', headers: {'X-CSRF-Token': document.body.dataset.csrf}})
            """)
        try await browser.wait("!document.querySelector('#signed-out').hidden", until: .seconds(40))
    }

    @Test(
        "a wrong password says so, the right one leads back, and a sign-out closes the pages", arguments: [true, false])
    func signIn(hasScript: Bool) async throws {
        // Refused sign-ins are answers of 401, which a browser notes in its console.
        try await onStack(hasScript: hasScript, expectsErrors: true) { browser, stack in
            try await browser.open(stack.url + "/login")
            if hasScript { try await browser.keepPictures("login") }
            try await fill(browser, "admin", "wrong")
            try await browser.wait(
                "document.querySelector('#login-trouble')?.innerText.includes('Name or password is not right.')")
            try await fill(browser, "admin", "admin")
            try await browser.wait("document.querySelector('.user span')?.innerText === 'admin'")
            try await browser.click(".user button")
            try await browser.wait("document.querySelector('h1')?.innerText === 'Sign in'")
            try await browser.open(stack.url + "/requests?state=failed")
            #expect(try await browser.text("h1") == "Sign in", "nobody comes in without a login any more")
            try await fill(browser, "admin", "admin")
            // Back to where they wanted to go.
            try await browser.wait("document.querySelector('h1')?.innerText === 'Requests'")
            if hasScript { try await endElsewhere(browser, stack) }
        }
    }

    @Test("after five wrong passwords the right one has to wait as well, and the page says how long")
    func lockOut() async throws {
        try await onStack(expectsErrors: true) { browser, stack in
            try await browser.open(stack.url + "/login")
            for attempt in 1...5 {
                try await fill(browser, "user1", "wrong \(attempt)")
                try await browser.wait("document.querySelector('#login-trouble')")
            }
            try await fill(browser, "user1", "user1")
            try await browser.wait("/\\d/.test(document.querySelector('#login-trouble')?.innerText ?? '')")
            #expect(try await browser.text("h1") == "Sign in")
            #expect(try await browser.run("return document.querySelector('.user')") == .null)
        }
    }

    @Test("an address of somebody else's as the way back is not followed")
    func foreignWayBack() async throws {
        try await onStack { browser, stack in
            for next in ["https://foreign.invalid/", "//foreign.invalid/", "/%5Cforeign.invalid"] {
                try await browser.open(stack.url + "/login?next=" + next)
                try await fill(browser, "admin", "admin")
                try await browser.wait("document.querySelector('.user span')?.innerText === 'admin'")
                #expect(try await browser.run("return location.href").text == stack.url + "/")
                try await browser.click(".user button")
                try await browser.wait("document.querySelector('h1')?.innerText === 'Sign in'")
            }
        }
    }
}
