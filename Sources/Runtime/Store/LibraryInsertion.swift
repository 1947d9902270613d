import Database
public import Media

/// Writes rows that a library sync adds, with their keys, facts, timeline and provenance, a batch at a time.
///
/// Every table gets its rows from one flat buffer, so that a field is copied once between the plan and the database.
public struct LibraryInsertion: ~Copyable {
    private var requests = BulkRows(
        table: "requests",
        columns: [
            "id", "media_type", "origin", "title", "title_key", "year", "overview", "poster_url", "jellyfin_instance",
            "jellyfin_id", "tmdb_id", "tvdb_id", "imdb_id", "radarr_instance", "radarr_id", "sonarr_instance",
            "sonarr_id", "is_anime", "state", "uncertain", "requested_by", "created_at", "updated_at",
            "state_changed_at", "available_at", "available_approximate", "version",
        ])
    private var keys = PendingKeys()
    private var facts = BulkRows(
        table: "facts",
        columns: [
            "id", "request_id", "unit_id", "service", "instance", "channel", "fact", "natural_key", "holds",
            "observed_at", "received_at",
        ])
    private var timeline = BulkRows(
        table: "timeline",
        columns: ["id", "request_id", "unit_id", "entry_key", "at", "service", "event", "state"])
    private var changes = BulkRows(
        table: "changes", columns: ["id", "job_id", "request_id", "action", "field", "source", "at"])
    private var search = BulkRows(table: "requests_search", columns: ["rowid", "title_key"])

    private let job: Int64
    private let requestedBy: String
    private let now: Int64
    private let backend: Backend
    private var titleKey: [UInt8] = []
    private var identity: [UInt8] = []
    private var itemText: [UInt8] = []
    private var nextID: Int64 = 0
    private var nextFact: Int64 = 0
    private var nextEntry: Int64 = 0
    private var nextChange: Int64 = 0

    public init(job: Int64, requestedBy: String, tx: StoreTransaction) {
        self.job = job
        self.requestedBy = requestedBy
        now = tx.now.milliseconds
        backend = tx.raw.backend
    }

    /// Takes ids for all `count` rows of a plan; call it once, before adding the first.
    ///
    /// Every such statement makes SQLite's full-text index write out what it holds back, so not once a batch.
    public mutating func begin(_ count: Int, in tx: StoreTransaction) throws {
        nextID = try tx.reserveIDs(.requests, count)
        nextFact = try tx.reserveIDs(.facts, count)
        nextEntry = try tx.reserveIDs(.timeline, count)
        nextChange = try tx.reserveIDs(.changes, count)
    }

    /// Adds one row.
    ///
    /// - Returns: its id.
    public mutating func add(_ change: borrowing PlannedChange, stage: Stage) -> Int64 {
        itemText.removeAll(keepingCapacity: true)
        if let id = change.itemID { itemText.append(contentsOf: id.text.utf8) }
        addRequest(change, stage: stage)
        addKeys(change)
        addStory(change, stage: stage)
        defer { nextID += 1 }
        nextFact += 1
        nextEntry += 1
        nextChange += 1
        return nextID
    }

    private mutating func addRequest(_ change: borrowing PlannedChange, stage: Stage) {
        typealias Item = LibraryItem.Slot
        typealias Slot = PlannedChange.Slot
        let record = change.record
        let isMovie = change.mediaType == .movie
        requests.append(nextID)
        requests.append(isMovie ? "movie" : "tv")
        requests.append("library_sync" as StaticString)
        append(record, Item.title)
        foldTitle(record)
        unsafe titleKey.withUnsafeBytes { unsafe requests.append(text: $0) }
        requests.append(record.integer(Item.year))
        append(record, Item.overview)
        append(record, Item.posterURL)
        append(record, Slot.itemInstance)
        let hasItem: Void? = unsafe record.withBytes(Item.id) { unsafe requests.append(blob: $0) }
        if hasItem == nil { requests.appendNull() }
        requests.append(record.number(Item.tmdb))
        requests.append(record.number(Item.tvdb))
        append(record, Item.imdb)
        for isRadarr in [true, false] {
            if isRadarr == isMovie {
                append(record, Slot.catalogueInstance)
                requests.append(record.integer(Slot.catalogueID))
            } else {
                requests.appendNull()
                requests.appendNull()
            }
        }
        requests.append(record.integer(Slot.isAnime))
        requests.append(stage.rawValue)
        requests.append(0)
        requests.append(requestedBy)
        requests.append(now)
        requests.append(now)
        requests.append(now)
        requests.append(record.integer(Slot.availableAt))
        requests.append(record.integer(Slot.isApproximate))
        requests.append(1)
        requests.endRow()
    }

    private mutating func append(_ record: borrowing PackedRecord, _ slot: Int) {
        let isThere: Void? = unsafe record.withBytes(slot) { unsafe requests.append(text: $0) }
        if isThere == nil { requests.appendNull() }
    }

    private mutating func foldTitle(_ record: borrowing PackedRecord) {
        guard let title = record.slice(LibraryItem.Slot.title) else { return titleKey.removeAll() }
        if !TitleKey.foldASCII(title, into: &titleKey) {
            titleKey = Array(TitleKey.fold(String(decoding: title, as: UTF8.self)).utf8)
        }
    }

    private mutating func addKeys(_ change: borrowing PlannedChange) {
        let record = change.record
        let type = change.mediaType
        let round = record.integer(PlannedChange.Slot.round) ?? 1
        let shared = record.integer(PlannedChange.Slot.sharedKeys) ?? 0
        for provider in Provider.allCases {
            guard let value = record.slice(LibraryItem.slot(of: provider)) else { continue }
            let isShared = shared & 1 << Int64(provider.rawValue) != 0
            if !isShared {
                identity.removeAll(keepingCapacity: true)
                RequestIdentity.append(libraryRow: type, provider, value, round: round, to: &identity)
            }
            keys.append(nextID, .provider(provider), instance: "", value: value, identity: isShared ? nil : identity)
        }
        if !itemText.isEmpty {
            let instance = record.text(PlannedChange.Slot.itemInstance) ?? "default"
            keys.append(
                nextID, .jellyfin, instance: instance, value: itemText,
                identity: shared & 1 == 0 ? itemIdentity(record, type, instance, round: round) : nil)
        }
        if let id = record.integer(PlannedChange.Slot.catalogueID) {
            let instance = record.text(PlannedChange.Slot.catalogueInstance) ?? "default"
            keys.append(
                nextID, type == .movie ? .radarr : .sonarr, instance: instance, value: String(id).utf8, identity: nil)
        }
    }

    /// An item without any provider id is known by its server and item id alone.
    private func itemIdentity(
        _ record: borrowing PackedRecord, _ type: MediaType, _ instance: String, round: Int64
    ) -> [UInt8]? {
        for provider in Provider.allCases where record.has(LibraryItem.slot(of: provider)) { return nil }
        let item = String(decoding: itemText, as: UTF8.self)
        return Array("\(type.rawValue)|jellyfin|\(instance)|\(item)|library_sync|\(round)||".utf8)
    }

    private mutating func addStory(_ change: borrowing PlannedChange, stage: Stage) {
        facts.append(nextFact)
        facts.append(nextID)
        facts.append(0)
        facts.append("jellyfin" as StaticString)
        facts.append(change.record.text(PlannedChange.Slot.itemInstance) ?? "default")
        facts.append("sync" as StaticString)
        facts.append("playable" as StaticString)
        unsafe itemText.withUnsafeBytes { unsafe facts.append(text: $0) }
        facts.append(1)
        facts.append(now)
        facts.append(now)
        facts.endRow()

        timeline.append(nextEntry)
        timeline.append(nextID)
        timeline.append(0)
        timeline.append("synced_from_library" as StaticString)
        timeline.append(now)
        timeline.append("jellyfin" as StaticString)
        timeline.append("synced_from_library" as StaticString)
        timeline.append(stage.rawValue)
        timeline.endRow()

        changes.append(nextChange)
        changes.append(job)
        changes.append(nextID)
        changes.append("add" as StaticString)
        changes.append("" as StaticString)
        changes.append("jellyfin" as StaticString)
        changes.append(now)
        changes.endRow()

        guard backend == .sqlite else { return }
        search.append(nextID)
        unsafe titleKey.withUnsafeBytes { unsafe search.append(text: $0) }
        search.endRow()
    }

    /// Writes what was added since the last call, but for keys, which wait for more: see `finish(in:)`.
    public mutating func write(in tx: StoreTransaction) throws {
        guard requests.count > 0 else { return }
        try tx.raw.insert(requests)
        try tx.raw.insert(facts)
        try tx.raw.insert(timeline)
        try tx.raw.insert(changes)
        if backend == .sqlite { try tx.raw.insert(search) }
        requests.removeAll()
        facts.removeAll()
        timeline.removeAll()
        changes.removeAll()
        search.removeAll()
        if keys.isFull { try keys.write(in: tx.raw) }
    }

    /// Writes the keys that still wait; call it after the last `write(in:)`.
    public mutating func finish(in tx: StoreTransaction) throws { try keys.write(in: tx.raw) }
}

extension PackedRecord {
    /// The value of an id kept as digits.
    func number(_ slot: Int) -> Int64? {
        guard let digits = slice(slot), digits.count <= 18 else { return nil }
        var value: Int64 = 0
        for byte in digits {
            guard byte &- 48 < 10 else { return nil }
            value = value * 10 + Int64(byte &- 48)
        }
        return value
    }
}
