import JSONStream
public import Media

/// Interprets the events of Jellyfin's webhook plug-in (upstreams.md §7).
public enum JellyfinHook {
    /// Reads what a webhook's body says; pure, whatever `Content-Type` it came with.
    ///
    /// Both a template's body and *Send All Properties* are read; keys count without case, underscores and blanks. Items
    /// that came or went give a hint, which only ever causes a check; everything else gives no observations.
    /// - Throws: `UnreadableHook` for a body that is not JSON, or a bare text, number or word.
    public static func read(
        _ body: [UInt8], instance: String, receivedAt: Timestamp
    ) throws(UnreadableHook) -> HookReading {
        let root: JSONNode
        do throws(JSONFailure) {
            root = try JSONTree(body).root
        } catch {
            throw UnreadableHook("The body is not JSON: \(error).")
        }
        if root.kind == .array { return HookReading(event: "unknown") }
        guard root.kind == .object else { throw UnreadableHook("The body is JSON, but not an object.") }
        let fields = HookFields(root)
        let event = fields.text(.notificationType) ?? "unknown"
        guard let fact = fact(of: event), let item = HookItem(fields) else { return HookReading(event: event) }
        var hint = Observation(
            service: Jellyfin.service, instance: instance, channel: .webhook, fact: fact, naturalKey: item.id.text,
            observedAt: receivedAt, receivedAt: receivedAt, keys: item.keys, units: item.units, details: item.details)
        if let time = fields.text(.utcTimestamp).flatMap({ Timestamp(rfc3339: $0) }), time < receivedAt {
            hint.observedAt = time
        }
        guard fact == .vanishHint, var signal = RemovalSignal(hint) else {
            return HookReading(event: event, observations: [hint])
        }
        signal.loss = .item(isWhole: item.isWhole)
        return HookReading(event: event, observations: [hint], removals: [signal])
    }

    /// `ItemRemoved` never was the plug-in's name for it, but guides and templates use it; so do its numbers.
    private static func fact(of event: String) -> Observation.Fact? {
        switch event.lowercased() {
        case "itemadded", "1": .appearHint
        case "itemdeleted", "itemremoved", "24": .vanishHint
        default: nil
        }
    }
}
