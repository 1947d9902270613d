import JSONStream

/// The place of Marquee's webhook among the destinations of Jellyfin's Webhook plugin (upstreams.md §7).
///
/// The plugin keeps them in one document, which is written back whole: what we do not know stays as it was read.
/// Source of its fields: jellyfin-plugin-webhook, `BaseOption.cs`, `GenericOption.cs`, `PluginConfiguration.cs`.
public struct JellyfinHookSlot: Sendable {
    /// The name of our destination in the plugin's settings.
    public static let name = "Marquee"
    /// The header that carries the secret.
    public static let header = "X-Marquee-Token"
    /// What is told; `Generic` is what the plugin's own test sends.
    public static let events = ["ItemAdded", "ItemDeleted", "Generic"]

    /// What ours is at the moment; nil where there is none.
    let ours: JSONNode?
    /// How many other destinations the plugin has, of every kind; none of them is touched.
    public let others: Int
    let settings: JSONNode
    let plugin: String

    /// Whether a destination goes to us already.
    public var isOurs: Bool { ours != nil }

    /// - Parameters:
    ///   - settings: the plugin's whole configuration.
    ///   - plugin: its id as the server writes it.
    ///   - urls: the addresses of our hook.
    init(_ settings: JSONNode, plugin: String, ours urls: [String]) {
        self.settings = settings
        self.plugin = plugin
        ours = settings["GenericOptions"].elements.first { Self.goes($0, to: urls) }
        let all = settings.members.filter { $0.key.hasSuffix("Options") }.map(\.value.elements.count).reduce(0, +)
        others = all - (ours == nil ? 0 : 1)
    }

    /// The configuration with our destination in it: added, or changed where it was.
    func body(url: String, secret: String) -> [UInt8] {
        var json = JSONWriter()
        let current = settings["GenericOptions"].elements
        let address = ours?["WebhookUri"].text
        json.object { json in
            for (key, value) in settings.members where key != "GenericOptions" {
                json.key(string: key)
                json.value(value)
            }
            json.array("GenericOptions") { json in
                for option in current {
                    if address != nil && option["WebhookUri"].text == address {
                        write(option, url: url, secret: secret, to: &json)
                    } else {
                        json.value(option)
                    }
                }
                if ours == nil { write(nil, url: url, secret: secret, to: &json) }
            }
        }
        return json.bytes
    }

    /// Our members as we want them, the others as somebody set them.
    private func write(_ option: JSONNode?, url: String, secret: String, to json: inout JSONWriter) {
        let ticks = [
            "EnableWebhook", "SendAllProperties", "EnableMovies", "EnableSeries", "EnableSeasons", "EnableEpisodes",
            "EnableVideos",
        ]
        let set = Set(ticks + ["NotificationTypes", "WebhookName", "WebhookUri", "Headers"])
        json.object { json in
            for (key, value) in option?.members ?? [] where !set.contains(key) {
                json.key(string: key)
                json.value(value)
            }
            json.field("WebhookName", option?["WebhookName"].text ?? Self.name)
            json.field("WebhookUri", url)
            for tick in ticks {
                json.key(string: tick)
                json.value(true)
            }
            json.array("NotificationTypes") { json in
                let more = option?["NotificationTypes"].elements.compactMap(\.text) ?? []
                for event in Self.events + more.filter({ !Self.events.contains($0) }) { json.value(event) }
            }
            json.array("Headers") { json in
                for header in option?["Headers"].elements ?? [] where !Self.isOurs(header) { json.value(header) }
                for (key, value) in [(Self.header, secret), ("Content-Type", "application/json")] {
                    json.object { json in
                        json.field("Key", key)
                        json.field("Value", value)
                    }
                }
            }
            if option == nil {
                json.array("Fields") { _ in }
                json.array("UserFilter") { _ in }
            }
        }
    }

    private static func isOurs(_ header: JSONNode) -> Bool {
        [Self.header.lowercased(), "content-type"].contains(header["Key"].text?.lowercased())
    }

    private static func goes(_ option: JSONNode, to urls: [String]) -> Bool {
        guard let address = option["WebhookUri"].text else { return false }
        let bare = String(address.prefix { $0 != "?" })
        return urls.contains(bare.hasSuffix("/") ? String(bare.dropLast()) : bare)
    }
}
