public import HTTPClient
import JSONStream

/// Why the Webhook plugin cannot be set up.
public enum WebhookPluginState: Sendable, Hashable {
    /// It is not installed.
    case missing
    /// It is installed and does not run: the server's word for it, as `Restart` or `Disabled`.
    case idle(String)
    case ready
}

extension Jellyfin {
    /// The plugin's id, as its source has it, in the server's way of writing.
    private static let webhookPlugin = "71552a5a5c5c4350a2aeebe451a30173"

    /// Reads where our webhook is, or would go, in the Webhook plugin; changes nothing.
    ///
    /// Needs a key with an administrator's rights.
    /// - Parameter urls: the addresses of our hook.
    /// - Returns: the plugin's state; a slot only where that is `ready`.
    /// - Throws: `UpstreamError`.
    public func hookSlot(ours urls: [String]) async throws(UpstreamError) -> (WebhookPluginState, JellyfinHookSlot?) {
        let plugins = try await answer(to: request(["Plugins"], timeout: .seconds(10)))
        let found = plugins.elements.first { $0["Id"].text.map(Self.plain) == Self.webhookPlugin }
        guard let found, let id = found["Id"].text else { return (.missing, nil) }
        let status = found["Status"].text ?? "Active"
        guard status == "Active" else { return (.idle(status), nil) }
        let call = request(["Plugins", id, "Configuration"], timeout: .seconds(10))
        let settings = try await answer(to: call)
        guard settings.kind == .object else {
            throw call.failure(.undecodable(field: "JSON"), cause: "these are no settings of the Webhook plugin")
        }
        return (.ready, JellyfinHookSlot(settings, plugin: id, ours: urls))
    }

    /// Saves the plugin's settings with our webhook in them.
    ///
    /// - Throws: `UpstreamError`; nothing was changed then, unless no answer came at all.
    public func saveHook(_ slot: JellyfinHookSlot, url: String, secret: String) async throws(UpstreamError) {
        try await post(["Plugins", slot.plugin, "Configuration"], slot.body(url: url, secret: secret))
    }

    /// Has the plugin send a notification of its kind `Generic` to everybody who takes those: we do.
    ///
    /// - Returns: false where this version of the plugin cannot.
    /// - Throws: `UpstreamError`.
    public func testHook() async throws(UpstreamError) -> Bool {
        var body = JSONWriter()
        body.object { $0.field("NotificationType", "Generic") }
        do throws(UpstreamError) {
            try await post(["Webhook", "Test"], body.bytes)
            return true
        } catch {
            if [.status(404), .status(405)].contains(error.reason) { return false }
            throw error
        }
    }

    private func post(_ path: [String], _ body: [UInt8]) async throws(UpstreamError) {
        var call = request(path, method: "POST", timeout: .seconds(30))
        call.headers.append(("Content-Type", "application/json"))
        call.body = body
        call.isRetried = false
        try check(try await transport.send(call), of: call)
    }

    private func answer(to call: HTTPRequest) async throws(UpstreamError) -> JSONNode {
        let answer = try await transport.send(call)
        try check(answer, of: call)
        do throws(JSONFailure) {
            return try JSONTree(answer.body).root
        } catch {
            throw call.failure(.undecodable(field: "JSON"), cause: "\(error)")
        }
    }

    private static func plain(_ id: String) -> String { id.lowercased().filter { $0 != "-" } }
}
