import JSONStream
public import Media

/// Interprets the webhook of Seerr, Jellyseerr and Overseerr (upstreams.md §1.1).
///
/// Its body is a template that people edit, so keys are found whatever their case and underscores, in their section or
/// beside it, and every scalar may be a string or a number.
public enum SeerrHook {
    static let service = "jellyseerr"

    /// Reads one webhook's body; events that say nothing about a request give no observation.
    ///
    /// - Throws: `UnreadableHook` when the body is not JSON, or neither an object nor an array.
    public static func read(
        _ body: [UInt8], instance: String, receivedAt: Timestamp
    ) throws(UnreadableHook) -> HookReading {
        let document: JSONNode
        do {
            document = try JSONTree(body).root
        } catch {
            throw UnreadableHook("the body is not JSON: \(error)")
        }
        switch document.kind {
        case .object: break
        case .array: return HookReading(event: "unknown")
        default: throw UnreadableHook("the body is JSON, but not an object")
        }
        let template = SeerrTemplate(document)
        let event = template.text("notificationtype") ?? "unknown"
        guard let fact = fact(of: event), let keys = template.keys else { return HookReading(event: event) }
        let observation = Observation(
            service: service, instance: instance, channel: .webhook, fact: fact,
            naturalKey: keys.seerrRequest.map { String($0) } ?? "", observedAt: receivedAt, receivedAt: receivedAt,
            keys: keys, details: template.details)
        return HookReading(event: event, observations: [observation])
    }

    private static func fact(of event: String) -> Observation.Fact? {
        switch event.uppercased() {
        case "MEDIA_PENDING", "MEDIA_AUTO_REQUESTED": .requested
        case "MEDIA_APPROVED", "MEDIA_AUTO_APPROVED": .approved
        case "MEDIA_DECLINED": .declined
        case "MEDIA_FAILED": .submitFailed
        case "MEDIA_AVAILABLE": .availableHint
        default: nil
        }
    }
}
