import TestSupport
import Testing

/// Opens a browser beside a running Marquee and the simulator, runs `body`, and expects a console without errors and no
/// foreign host.
///
/// Without `hasScript` the browser runs none, and with `expectsErrors` the console may hold some: a 401 is one.
/// Marquee is told `settings` too, and nothing of the service whose variables begin with `prefix`.
func onStack(
    hasScript: Bool = true, expectsErrors: Bool = false, settings: [String: String] = [:],
    without prefix: String? = nil,
    _ body: (Browser, Stack) async throws -> Void
) async throws {
    try await browsers.pass { try await onStackAlone(hasScript, expectsErrors, settings, prefix, body) }
}

private func onStackAlone(
    _ hasScript: Bool, _ expectsErrors: Bool, _ settings: [String: String], _ prefix: String?,
    _ body: (Browser, Stack) async throws -> Void
) async throws {
    let stack = try await Stack.start(settings, without: prefix)
    do {
        let browser = try await Browser.open(javaScript: hasScript)
        do {
            try await body(browser, stack)
            let errors = try await browser.consoleErrors()
            if !expectsErrors { #expect(errors == []) }
            for url in try await browser.requestedURLs() where !url.hasPrefix("data:") {
                #expect(url.hasPrefix(stack.url))
            }
        } catch {
            await browser.keepRemains()
            await browser.close()
            throw error
        }
        await browser.close()
    } catch {
        await stack.stop()
        throw error
    }
    await stack.stop()
}
