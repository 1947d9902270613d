import HTTPClient
import Jellyfin
import Seerr
import Servarr
import Settings

/// The place of a webhook in one service, with what can be done there.
struct HookSeat: Sendable {
    typealias Step = @Sendable (_ secret: String) async throws(UpstreamError) -> Void

    /// What would change; or why nothing can.
    let plan: HookInstallation
    var isOurs = false
    /// Saves ours.
    var save: Step = { _ in }
    /// Has the service send its test; false where it has none.
    var test: @Sendable (_ secret: String) async throws(UpstreamError) -> Bool = { _ in true }

    /// A place where nothing can be done.
    init(plan: HookInstallation) { self.plan = plan }

    init(_ order: HookOrder, _ client: Servarr, _ slot: ServarrHookSlot) {
        let (title, url) = (order.title, order.url)
        guard slot.standing != .taken else {
            let sentence =
                "\(title) has a connection named \(ServarrHookSlot.name) that goes elsewhere; it stays as it is. Rename or "
                + "remove it there, then install again."
            self.init(plan: HookInstallation(.foreign, sentence: sentence))
            return
        }
        var changes = [Self.address(title, url, before: slot.currentURL, isOurs: slot.standing == .ours)]
        changes.append(
            slot.takesHeaders
                ? "A new secret goes along as the header \(ServarrHookSlot.header)."
                : "A new secret goes along as a password: this version of \(title) sets no headers.")
        changes.append("It sends: \(slot.events.joined(separator: ", ")).")
        if slot.others > 0 { changes.append("Its other connections (\(slot.others)) stay as they are.") }
        self.init(plan: HookInstallation(.planned, changes: changes, sentence: Self.toCome(title)))
        isOurs = slot.standing == .ours
        save = { secret async throws(UpstreamError) in try await client.saveHook(slot, url: url, secret: secret) }
        test = { secret async throws(UpstreamError) in
            try await client.testHook(url: url, secret: secret)
            return true
        }
    }

    init(_ order: HookOrder, _ client: Seerr, _ slot: SeerrHookSlot) {
        let (title, url) = (order.title, order.url)
        guard slot.standing != .foreign else {
            let sentence =
                "\(title) has one webhook only, and it goes to \(slot.currentHost ?? "another program"); it stays as it is. "
                + "If that is no longer needed, clear its address there (Settings, Notifications, Webhook), then "
                + "install again."
            self.init(plan: HookInstallation(.foreign, sentence: sentence))
            return
        }
        let isOurs = slot.standing == .ours
        let changes = [
            Self.address(title, url, before: isOurs ? url : nil, isOurs: isOurs),
            "A new secret goes along as the header Authorization.",
            "It sends: requests pending, approved, declined, available and failed.",
        ]
        self.init(plan: HookInstallation(.planned, changes: changes, sentence: Self.toCome(title)))
        self.isOurs = isOurs
        save = { secret async throws(UpstreamError) in try await client.saveHook(slot, url: url, secret: secret) }
        test = { secret async throws(UpstreamError) in
            try await client.testHook(slot, url: url, secret: secret)
            return true
        }
    }

    init(_ order: HookOrder, _ client: Jellyfin, _ found: (WebhookPluginState, JellyfinHookSlot?)) {
        let (title, url) = (order.title, order.url)
        guard let slot = found.1 else {
            self.init(plan: HookInstallation(.refused, sentence: Self.without(plugin: found.0, title)))
            return
        }
        var changes = [Self.address(title, url, before: slot.isOurs ? url : nil, isOurs: slot.isOurs)]
        changes.append("A new secret goes along as the header \(JellyfinHookSlot.header).")
        changes.append("It sends: items added, items deleted, and the plugin's test.")
        if slot.others > 0 { changes.append("The plugin's other destinations (\(slot.others)) stay as they are.") }
        self.init(plan: HookInstallation(.planned, changes: changes, sentence: Self.toCome(title)))
        isOurs = slot.isOurs
        save = { secret async throws(UpstreamError) in try await client.saveHook(slot, url: url, secret: secret) }
        test = { _ async throws(UpstreamError) in try await client.testHook() }
    }

    private static func without(plugin state: WebhookPluginState, _ title: String) -> String {
        switch state {
        case .idle(let word):
            "The Webhook plugin of \(title) does not run (it says: \(word)). Enable it there, restart \(title), then install again."
        case .missing, .ready:
            "\(title) has no Webhook plugin, and sends no webhooks without it. Install “Webhook” from its plugin catalogue "
                + "(Dashboard, Plugins), restart \(title), then install again. Marquee finds everything without it too, "
                + "only later."
        }
    }

    private static func address(_ title: String, _ url: String, before: String?, isOurs: Bool) -> String {
        guard isOurs else { return "\(title) gets a webhook to \(url)." }
        return before.map { $0.prefix { $0 != "?" } == url[...] } ?? false
            ? "Marquee's webhook in \(title) keeps its address \(url)."
            : "Marquee's webhook in \(title) goes to \(url) from now on."
    }

    private static func toCome(_ title: String) -> String {
        "Nothing is changed yet. After saving, \(title) sends its own test, and Marquee waits for it."
    }
}
