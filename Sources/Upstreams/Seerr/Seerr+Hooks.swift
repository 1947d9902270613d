public import HTTPClient

extension Seerr {
    /// Reads whose Seerr's one webhook is; changes nothing.
    ///
    /// - Parameter urls: the addresses of our hook, under each of its names.
    /// - Returns: whose it is, and what saving ours starts from.
    /// - Throws: `UpstreamError`.
    public func hookSlot(ours urls: [String]) async throws(UpstreamError) -> SeerrHookSlot {
        let (settings, _) = try await object(request("GET", "settings", "notifications", "webhook"))
        return SeerrHookSlot(settings, ours: urls)
    }

    /// Saves our webhook; Seerr does not try it by itself.
    ///
    /// - Throws: `UpstreamError`; nothing is sent where the webhook is another program's.
    public func saveHook(_ slot: SeerrHookSlot, url: String, secret: String) async throws(UpstreamError) {
        var call = request("POST", "settings", "notifications", "webhook")
        guard slot.standing != .foreign else {
            throw call.failure(.invalid("the webhook"), cause: "it is another program's")
        }
        fill(&call, slot, url, secret)
        _ = try await object(call)
    }

    /// Has Seerr send its test notification to our webhook.
    ///
    /// - Throws: `UpstreamError`; `.status(500)` when it was not delivered.
    public func testHook(_ slot: SeerrHookSlot, url: String, secret: String) async throws(UpstreamError) {
        var call = request("POST", "settings", "notifications", "webhook", "test", timeout: .seconds(60))
        fill(&call, slot, url, secret)
        let answer = try await transport.send(call)
        guard (200...299).contains(answer.status) else { throw call.failure(.init(status: answer.status)) }
    }

    private func fill(_ call: inout HTTPRequest, _ slot: SeerrHookSlot, _ url: String, _ secret: String) {
        call.headers.append(("Content-Type", "application/json"))
        call.body = slot.body(url: url, secret: secret)
        call.isRetried = false
    }
}
