import FoundationEssentials

/// What a library sync, metadata update or pending sync was asked to do (library-sync.md).
public struct SyncOptions: Sendable, Hashable, Codable {
    public enum Mode: String, Sendable, Codable {
        case library = "library_sync"
        case metadata = "metadata_update"
        case pending = "pending_sync"
        /// Of the earlier tracker's database.
        case importing = "import"

        /// The kind of its jobs.
        public var kind: String { self == .importing ? Mode.library.rawValue : rawValue }
    }

    public var mode: Mode
    public var isDryRun = false
    /// Whether rows that exist get their NULL fields and stages; adding happens anyway.
    public var updatesExisting = true
    /// Whether rows whose item Jellyfin re-keyed take over the new id.
    public var adoptsReplacedIDs = false
    /// Whether titles deleted by choice are added again.
    public var includesDeleted = false
    /// Whether fills enter the requests' timelines.
    public var writesTimeline = false
    /// The dry run whose plan is applied exactly, without gathering again.
    public var plan: Int64?

    public init(_ mode: Mode) { self.mode = mode }

    /// Whether this run takes over new item ids.
    public var adopts: Bool { adoptsReplacedIDs && updatesExisting }

    enum CodingKeys: String, CodingKey {
        case mode
        case isDryRun = "dry_run"
        case updatesExisting = "update_existing"
        case adoptsReplacedIDs = "adopt_replaced_ids"
        case includesDeleted = "include_deleted"
        case writesTimeline = "timeline"
        case plan
    }

    public var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    /// Reads the options a job was started with.
    public init?(json: String) {
        guard let options = try? JSONDecoder().decode(SyncOptions.self, from: Data(json.utf8)) else { return nil }
        self = options
    }
}
