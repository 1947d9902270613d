import JSONStream
public import Media

/// Interprets the call that qBittorrent's "run on torrent finished" makes.
///
/// The program is the user's own, usually curl, and the body what they wrote. All keys are optional, in any case, with
/// or without underscores; as JSON or, which names with quotes survive, as form fields
/// (`curl --data-urlencode "hash=%I" --data-urlencode "name=%N" …`):
///
/// - `hash` `%I` or `%K`, `hash_v1` `%I`, `hash_v2` `%J`, `id` `%K`; `-` and "" stand for none;
/// - `name` `%N`, `path` (or `content_path`) `%F`, `size` `%Z`.
public enum QBittorrentHook {
    static let event = "torrent_finished"

    /// Reads one call's body; one that names no torrent gives no observation.
    ///
    /// - Throws: `UnreadableHook` when the body is neither JSON nor form fields with a hash.
    public static func read(
        _ body: [UInt8], instance: String, receivedAt: Timestamp
    ) throws(UnreadableHook) -> HookReading {
        let fields = try FinishFields(body)
        let name = fields["event"] ?? event
        let ids = fields.downloadIDs
        guard let id = ids.first else { return HookReading(event: name) }
        var keys = MediaKeys()
        keys.downloads = ids
        let size = fields["size"].flatMap { Int64($0) }.flatMap { $0 > 0 ? String($0) : nil }
        let observation = Observation(
            service: QBittorrent.service, instance: instance, channel: .webhook, fact: .torrentDone, naturalKey: id,
            observedAt: receivedAt, receivedAt: receivedAt, keys: keys,
            details: Details([
                .download: id, .release: fields["name"], .path: fields["path"] ?? fields["contentpath"], .size: size,
            ]))
        return HookReading(event: name, observations: [observation])
    }
}
