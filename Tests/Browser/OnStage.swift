import Dashboard
import TestSupport
import Testing

/// Opens a page of a stage, in a browser that stands in `timeZone`, runs `body`, and expects a console without errors
/// and no foreign host.
func onStage(
    _ path: String, rows: [RequestsPage.Row] = [], activity: ActivityPage.Model = ActivityPage.Model(),
    request: RequestPage.Model? = nil, expectsErrors: Bool = false, timeZone: String? = nil,
    _ body: (Browser, Stage) async throws -> Void
) async throws {
    let stage = try Stage(rows: rows)
    defer { stage.server.stop() }
    stage.show(activity: activity)
    if let request { stage.show(request: request) }
    try await browsers.pass {
        try await onStage(stage, path, expectsErrors: expectsErrors, timeZone: timeZone, body)
    }
}

/// Only so many browsers at once: with more than the machine can feed each waits in vain for what is only late.
let browsers = Turnstile(width: 4)

private func onStage(
    _ stage: Stage, _ path: String, expectsErrors: Bool, timeZone: String?,
    _ body: (Browser, Stage) async throws -> Void
) async throws {
    let browser = try await Browser.open(timeZone: timeZone)
    do {
        try await browser.open(stage.server.url + path)
        try await browser.wait("document.documentElement.classList.contains('js-on')")
        try await body(browser, stage)
        let errors = try await browser.consoleErrors()
        if !expectsErrors { #expect(errors == []) }
        for url in try await browser.requestedURLs() where !url.hasPrefix("data:") {
            #expect(url.hasPrefix(stage.server.url))
        }
    } catch {
        await browser.keepRemains()
        await browser.close()
        throw error
    }
    await browser.close()
}
