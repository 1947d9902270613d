/// Jellyfin's Webhook plugin as its API shows it: one document of settings, written back whole (upstreams.md §7).
struct WebhookPlugin {
    static let id = "71552a5a5c5c4350a2aeebe451a30173"
    let engine: FlowEngine
    let version: JellyfinVersion

    /// Answers what concerns plugins; nil for anything else.
    func answer(_ route: [String], _ call: Call) -> Answer? {
        switch (call.method, route) {
        case ("GET", ["plugins"]): return .json([listed])
        case ("GET", ["plugins", Self.id, "configuration"]): return .json(engine.with { $0.webhookPlugin })
        case ("POST", ["plugins", Self.id, "configuration"]):
            guard let settings = JSON(parsing: call.body), settings["GenericOptions"]?.elements != nil else {
                return .badRequest
            }
            engine.with { $0.setWebhookPlugin(settings) }
            return Answer(204)
        case ("POST", ["webhook", "test"]):
            guard hasTest else { return .notFound }
            guard let kind = JSON(parsing: call.body)?["NotificationType"]?.text else { return .badRequest }
            engine.with { $0.tellPluginTest(kind) }
            return Answer(200)
        default: return nil
        }
    }

    /// Earlier servers have a plugin without `Webhook/Test`.
    private var hasTest: Bool { version != .v10_8 && version != .v10_9 }

    private var listed: JSON {
        [
            "Name": "Webhook", "Version": hasTest ? "21.0.0.0" : "11.0.0.0",
            "ConfigurationFileName": "Jellyfin.Plugin.Webhook.xml",
            "Description": "Sends notifications to various services via webhooks.", "Id": .string(Self.id),
            "CanUninstall": true, "HasImage": false, "Status": "Active",
        ]
    }

    static let fresh: JSON = [
        "ServerUrl": "", "DiscordOptions": [], "GenericOptions": [], "GenericFormOptions": [], "GotifyOptions": [],
        "PushbulletOptions": [], "PushoverOptions": [], "SlackOptions": [], "SmtpOptions": [], "MqttOptions": [],
    ]
}

extension FlowState {
    /// Takes the plugin's settings; its generic destinations are told from now on.
    mutating func setWebhookPlugin(_ settings: JSON) {
        webhookPlugin = settings
        jellyfinHooks = (settings["GenericOptions"]?.elements ?? []).compactMap { option in
            guard option["EnableWebhook"]?.isTrue ?? true, let url = option["WebhookUri"]?.text, !url.isEmpty else {
                return nil
            }
            let headers = (option["Headers"]?.elements ?? []).compactMap { header in
                header["Key"]?.text.flatMap { key in header["Value"]?.text.map { (key, $0) } }
            }
            return PlainHook(
                url: url, headers: headers, sendsAll: option["SendAllProperties"]?.isTrue ?? false,
                events: Set(option["NotificationTypes"]?.elements?.compactMap(\.text) ?? []))
        }
    }

    /// The plugin's own test: what every notification begins with, and nothing more.
    mutating func tellPluginTest(_ kind: String) {
        let body: JSON = [
            "ServerId": .string(dice.hex(1, .user)), "ServerName": "Simulated Jellyfin", "ServerVersion": "10.11.11",
            "ServerUrl": "", "NotificationType": .string(kind), "ItemType": "None",
        ]
        tellPlugin(kind) { _ in body }
    }

    /// Sends to every destination that takes the event.
    mutating func tellPlugin(_ event: String, _ body: (_ sendsAll: Bool) -> JSON) {
        for hook in jellyfinHooks where hook.events?.contains(event) ?? true {
            let type = hook.headers.first { $0.0.lowercased() == "content-type" }?.1 ?? "text/plain; charset=utf-8"
            outbox.append(
                OutgoingHook(
                    service: "jellyfin", event: event, method: "POST", url: hook.url,
                    headers: [("Content-Type", type)] + hook.headers.filter { $0.0.lowercased() != "content-type" },
                    body: body(hook.sendsAll).bytes, made: now, due: now))
        }
    }
}
