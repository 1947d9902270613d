import FoundationEssentials
public import Media

/// What one event of the stream comes to.
public struct ShokoEvent: Sendable, Hashable {
    public var observations: [Observation] = []
    /// Facts that hold only if `Shoko.file` shows a file without cross references.
    public var unconfirmed: [Observation] = []
    /// Metadata came that may let Jellyfin show something: worth an early look.
    public var hastensCheck = false
    /// A folder that `folders` did not name.
    public var unknownFolder: Int64?

    /// Interprets a call of either vocabulary; names are compared without regard to case.
    ///
    /// `target` is such as `ShokoEvent:FileMatched` or `release:saved`, `record` the whole SignalR record with its
    /// `arguments`, and `folders` what `Shoko.folders` gives. Nothing at all comes of events without effect here, of odd
    /// ones, and of those that lack what they need.
    public static func read(
        target: String, record: [UInt8], instance: String, receivedAt: Timestamp, folders: [Int64: String]
    ) -> ShokoEvent {
        guard let kind = Kind(target),
            let call = try? JSONDecoder().decode(EventCall.self, from: Data(record)),
            let body = call.arguments?.value?.items.first
        else { return ShokoEvent() }
        return EventReader(kind, body, instance, receivedAt, folders).read()
    }

    /// The events with an effect.
    enum Kind {
        case seen, matched, notMatched, searched, moved, removed, metadata

        init?(_ target: String) {
            let name = target.lowercased()
            let word = name.hasPrefix("shokoevent:") ? name.dropFirst(11) : name[...]
            switch word {
            case "filedetected", "filehashed", "file:detected", "file:hashed": self = .seen
            case "filematched", "release:saved": self = .matched
            case "filenotmatched": self = .notMatched
            case "release:search.completed": self = .searched
            case "filemoved", "filerenamed", "file:relocated": self = .moved
            case "filedeleted", "file:deleted": self = .removed
            case "movieupdated", "metadata:movie.added", "metadata:movie.updated": self = .metadata
            default: return nil
            }
        }
    }
}
