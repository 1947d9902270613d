import JSONStream
public import Media

/// Interprets the webhooks of Sonarr and Radarr, of all versions from 3 on (upstreams.md §2.2, §3).
public enum ServarrHook {
    /// Reads what a webhook's body says; pure, and fast enough for thousands a second.
    ///
    /// Tests, health, and events without a fact of their own give a reading with no observations. Hooks carry no time of
    /// their own, so facts are dated at receipt. Missing fields and odd types never make a body unreadable.
    /// - Throws: `UnreadableHook` for a body that is not JSON, or a bare text, number or word.
    public static func read(
        _ body: [UInt8], kind: Servarr.Kind, instance: String, receivedAt: Timestamp
    ) throws(UnreadableHook) -> HookReading {
        let root: JSONNode
        do throws(JSONFailure) {
            root = try JSONTree(body).root
        } catch {
            throw UnreadableHook("The body is not JSON: \(error).")
        }
        if root.kind == .array { return HookReading(event: "unknown") }
        guard root.kind == .object else { throw UnreadableHook("The body is JSON, but not an object.") }
        let event = root["eventType"].filledText ?? "unknown"
        let facts = HookFacts(root, kind: kind, instance: instance, receivedAt: receivedAt)
        return HookReading(
            event: event, observations: facts.observations(of: event), removals: facts.removals(of: event))
    }
}
