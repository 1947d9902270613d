import Foundation
import Testing

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

    /// The texts that stand out too little from what is behind them: less than 4.5:1, or 3:1 when large (WCAG 2.1 §1.4.3).
    ///
    /// Disabled controls are exempt, and so is what nobody sees.
    func faintTexts() async throws -> [String] {
        let found = try await run(
            """
            const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
            const rgba = colour => {
                canvas.clearRect(0, 0, 1, 1)
                canvas.fillStyle = colour
                canvas.fillRect(0, 0, 1, 1)
                return [...canvas.getImageData(0, 0, 1, 1).data].map((c, i) => i === 3 ? c / 255 : c)
            }
            const over = (top, below) => [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3])).concat(1)
            const behind = e => {
                const layers = []
                for (let at = e; at; at = at.parentElement) layers.push(rgba(getComputedStyle(at).backgroundColor))
                return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1])
            }
            const light = colour => colour.slice(0, 3).map(c => c / 255)
                .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
                .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0)
            const faint = new Map
            const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
            while (walk.nextNode()) {
                const e = walk.currentNode.parentElement, style = getComputedStyle(e)
                const text = walk.currentNode.textContent.trim()
                const box = e.getBoundingClientRect()
                if (!text || !e.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue
                if (box.width < 2 || box.height < 2 || e.closest(':disabled, [aria-disabled=true], svg, option')) continue
                const back = behind(e)
                const [a, b] = [light(over(rgba(style.color), back)), light(back)].sort((x, y) => y - x)
                const size = parseFloat(style.fontSize)
                const isLarge = size >= 24 || size >= 18.66 && Number(style.fontWeight) >= 700
                const contrast = (a + 0.05) / (b + 0.05)
                if (contrast < (isLarge ? 3 : 4.5))
                    faint.set(e.className || e.tagName, `${contrast.toFixed(2)} ${text.slice(0, 40)} <${e.tagName} ${e.className}>`)
            }
            return [...faint.values()]
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

    /// Keeps the page and its console as they were when something failed, and tells where.
    func keepRemains() async {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("marquee-browser-failures")
        let name = "\(Date.now.timeIntervalSince1970)-" + (Test.current?.name.filter(\.isLetter) ?? "page")
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let page = try await run("return location.href + '\\n' + document.documentElement.outerHTML").text ?? ""
            let console = try await log("browser").map { "\($0["level"].text ?? "") \($0["message"].text ?? "")" }
            let file = folder.appendingPathComponent(name)
            try page.write(to: file.appendingPathExtension("html"), atomically: true, encoding: .utf8)
            try console.joined(separator: "\n")
                .write(to: file.appendingPathExtension("log"), atomically: true, encoding: .utf8)
            Issue.record("the page and its console are kept as \(file.path).html and .log")
        } catch {
            Issue.record("the page could not be kept: \(error)")
        }
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
