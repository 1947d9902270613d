import Foundation

extension Browser {
    func open(_ url: String) async throws {
        try await send("POST", "/url", ["url": .string(url)])
    }

    /// Runs a function body in the page.
    @discardableResult
    func run(_ script: String, _ arguments: JSON...) async throws -> JSON {
        try await send("POST", "/execute/sync", ["script": .string(script), "args": .array(arguments)])
    }

    /// Waits until an expression is true in the page.
    func wait(_ expression: String, until limit: Duration = .seconds(30)) async throws {
        try await poll("“\(expression)” in the page", until: limit) {
            try await run("return Boolean(\(expression))").isTrue ? () : nil
        }
    }

    /// Clicks as a person would: scrolled to, visible, not covered.
    func click(_ selector: String) async throws {
        let id = try await element(selector)
        try await send("POST", "/element/\(id)/click")
    }

    /// Types into an element.
    func type(_ text: String, into selector: String) async throws {
        let id = try await element(selector)
        try await send("POST", "/element/\(id)/value", ["text": .string(text)])
    }

    /// Types where the focus is.
    func press(_ keys: String) async throws {
        let strokes = keys.flatMap { key -> [JSON] in
            [["type": "keyDown", "value": .string(String(key))], ["type": "keyUp", "value": .string(String(key))]]
        }
        try await send(
            "POST", "/actions", ["actions": [["type": "key", "id": "keys", "actions": .array(strokes)]]])
    }

    private func element(_ selector: String) async throws -> String {
        try await poll("an element \(selector)", until: .seconds(15)) {
            let found = try? await send(
                "POST", "/element", ["using": "css selector", "value": .string(selector)])
            // The key is a constant of the W3C WebDriver standard.
            return found?["element-6066-11e4-a52e-4f735466cecf"].text
        }
    }

    /// The text of the first element, as rendered.
    func text(_ selector: String) async throws -> String {
        try await run("return document.querySelector(arguments[0])?.innerText ?? ''", .string(selector)).text ?? ""
    }

    /// Signs in on the login page; in the simulated Jellyfin the password is the name.
    func signIn(_ name: String, _ stack: Stack) async throws {
        try await open(stack.url + "/login")
        try await type(name, into: "[name=username]")
        try await type(name, into: "[name=password]")
        try await click(".login button")
        try await wait("document.querySelector('.user span')?.innerText === '\(name)'")
    }

    /// What reaches beyond a page that scrolls sideways; nothing for one that does not.
    func overhang() async throws -> [String] {
        let found = try await run(
            """
            if (document.documentElement.scrollWidth <= innerWidth) return []
            const wide = [...document.querySelectorAll('body *')]
                .filter(e => e.scrollWidth > e.clientWidth + 1 || e.getBoundingClientRect().right > innerWidth)
            return [`${document.documentElement.scrollWidth} of ${innerWidth}`, ...wide.slice(-4).map(e => e.outerHTML.slice(0, 120))]
            """)
        return found.items.compactMap(\.text)
    }

    /// The controls that a screen reader could not name.
    func namelessControls() async throws -> [String] {
        let found = try await run(
            """
            const controls = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button]'
            const name = e => [e.getAttribute('aria-label'), ...[...e.labels ?? []].map(label => label.textContent),
                ...(e.getAttribute('aria-labelledby') ?? '').split(' ').map(id => document.getElementById(id)?.textContent),
                e.matches('input, select, textarea') ? '' : e.textContent].join('').trim()
            return [...document.querySelectorAll(controls)].filter(e => e.checkVisibility() && !name(e))
                .map(e => e.outerHTML.slice(0, 120))
            """)
        return found.items.compactMap(\.text)
    }

    /// Gives the page a view port of exactly that size: a window cannot be as narrow as a phone.
    func resize(width: Int, height: Int) async throws {
        let metrics: JSON = [
            "width": .number(Double(width)), "height": .number(Double(height)), "deviceScaleFactor": 1, "mobile": false,
        ]
        try await send(
            "POST", "/goog/cdp/execute", ["cmd": "Emulation.setDeviceMetricsOverride", "params": metrics])
    }

    /// Keeps a picture of the page in each light and width, if `MARQUEE_SCREENSHOTS` names a folder.
    func keepPictures(_ name: String) async throws {
        guard let folder = ProcessInfo.processInfo.environment["MARQUEE_SCREENSHOTS"], !folder.isEmpty else { return }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let still: JSON = ["features": [["name": "prefers-reduced-motion", "value": "reduce"]]]
        try await send("POST", "/goog/cdp/execute", ["cmd": "Emulation.setEmulatedMedia", "params": still])
        for (width, height) in [(1280, 800), (390, 844)] {
            try await resize(width: width, height: height)
            for theme in ["dark", "light"] {
                try await run("document.documentElement.dataset.theme = arguments[0]", .string(theme))
                let picture = try await send("GET", "/screenshot").text ?? ""
                let file = URL(fileURLWithPath: folder).appendingPathComponent("\(name)-\(width)-\(theme).png")
                try Data(base64Encoded: picture)?.write(to: file)
            }
        }
        try await resize(width: 1280, height: 800)
        try await run("document.documentElement.dataset.theme = 'dark'")
    }

    /// Errors of the console since the last call.
    func consoleErrors() async throws -> [String] {
        try await log("browser").filter { $0["level"].text == "SEVERE" }.compactMap { $0["message"].text }
    }

    /// Every address the pages have asked for since the last call.
    func requestedURLs() async throws -> [String] {
        try await log("performance").compactMap { entry in
            let data = Data((entry["message"].text ?? "").utf8)
            let message = try JSONDecoder().decode(JSON.self, from: data)["message"]
            guard message["method"].text == "Network.requestWillBeSent" else { return nil }
            return message["params"]["request"]["url"].text
        }
    }

    private func log(_ type: String) async throws -> [JSON] {
        try await send("POST", "/se/log", ["type": .string(type)]).items
    }
}
