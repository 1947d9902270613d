import FoundationEssentials

/// The counters of a run, as SyncResult shows them (library-sync.md §5).
///
/// Every scanned item is in exactly one of `added`, `updated`, `skipped`, `errors`.
public struct SyncReport: Sendable, Codable, JobReport {
    public struct ErrorDetail: Sendable, Codable {
        public var item: String
        public var title: String
        public var code: String
        public var detail: String

        public init(item: String, title: String, code: String, detail: String) {
            self.item = item
            self.title = title
            self.code = code
            self.detail = detail
        }
    }

    public struct Warning: Sendable, Codable {
        public var service: String
        public var code: String
        public var detail: String
    }

    public var mode = SyncOptions.Mode.library
    public var totalScanned = 0
    public var added = 0
    public var updated = 0
    public var skipped = 0
    public var errors = 0
    public var skippedByReason: [String: Int] = [:]
    public var rowsUpdated = 0
    public var becameAvailable = 0
    public var conflicts = 0
    public var drift = 0
    public var stale = 0
    /// The first hundred of the items that could not be read.
    public var errorDetails: [ErrorDetail] = []
    public var warnings: [Warning] = []
    public var upstreamCalls = 0
    /// Sources that could not be read: the run is then `partial`.
    public var missingSources = 0
    public var planLines = 0
    public var itemsWithoutID = 0
    /// Whether the listing was whole and not suspiciously small, so that absence may be concluded.
    public var provesAbsence = false

    public init(_ mode: SyncOptions.Mode) { self.mode = mode }

    enum CodingKeys: String, CodingKey {
        case mode
        case totalScanned = "total_scanned"
        case added, updated, skipped, errors
        case skippedByReason = "skipped_by_reason"
        case rowsUpdated = "rows_updated"
        case becameAvailable = "became_available"
        case conflicts, drift, stale
        case errorDetails = "error_details"
        case warnings
        case upstreamCalls = "upstream_calls"
        case missingSources = "missing_sources"
        case planLines = "plan_lines"
        case itemsWithoutID = "items_without_id"
        case provesAbsence = "proves_absence"
    }

    public init(json: String) throws {
        self = try JSONDecoder().decode(SyncReport.self, from: Data(json.utf8))
    }

    public var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    public var isPartial: Bool { errors > 0 || missingSources > 0 }

    public var counts: String {
        "{\"added\":\(added),\"updated\":\(updated),\"skipped\":\(skipped),\"errors\":\(errors)}"
    }

    public mutating func skip(_ reason: String, _ items: Int = 1) {
        guard items > 0 else { return }
        skipped += items
        skippedByReason[reason, default: 0] += items
    }

    /// Moves one item from its planned counter to `stale`.
    public mutating func makeStale(_ counter: WritableKeyPath<SyncReport, Int>) {
        self[keyPath: counter] -= 1
        stale += 1
        skip("stale")
    }

    public mutating func warn(_ service: String, _ code: String, _ detail: String) {
        warnings.append(Warning(service: service, code: code, detail: detail))
    }
}

extension SyncReport {
    /// Warnings with those that sum up many items.
    public var allWarnings: [Warning] {
        guard itemsWithoutID > 0 else { return warnings }
        let detail =
            itemsWithoutID == 1
            ? "One added title has no provider id; it is recognised only by its Jellyfin item."
            : "\(itemsWithoutID) added titles have no provider id; each is recognised only by its Jellyfin item."
        return warnings + [Warning(service: "jellyfin", code: "no_provider_id", detail: detail)]
    }
}
