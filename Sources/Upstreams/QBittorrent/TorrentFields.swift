import JSONStream
import Media

/// A torrent's fields as sent, those not sent nil: what is held of a torrent, and what an answer changes of it.
struct TorrentFields: Equatable {
    private enum Slot {
        static let name = 0, size = 1, progress = 2, state = 3, category = 4, contentPath = 5, amountLeft = 6
        static let speed = 7, eta = 8, seeds = 9, added = 10, completed = 11, v1 = 12, v2 = 13, hash = 14
    }

    static let shape = RecordShape([
        .value("name", slot: Slot.name), .value("size", slot: Slot.size), .value("progress", slot: Slot.progress),
        .value("state", slot: Slot.state), .value("category", slot: Slot.category),
        .value("content_path", slot: Slot.contentPath), .value("amount_left", slot: Slot.amountLeft),
        .value("dlspeed", slot: Slot.speed), .value("eta", slot: Slot.eta), .value("num_seeds", slot: Slot.seeds),
        .value("added_on", slot: Slot.added), .value("completion_on", slot: Slot.completed),
        .value("infohash_v1", slot: Slot.v1), .value("infohash_v2", slot: Slot.v2), .value("hash", slot: Slot.hash),
    ])

    private var name: String?
    private var size: Int64?
    private var progress: Double?
    private var state: String?
    private var category: String?
    private var contentPath: String?
    private var amountLeft: Int64?
    private var speed: Int64?
    private var eta: Int64?
    private var seeds: Int64?
    private var added: Int64?
    private var completed: Int64?
    private var v1: String?
    private var v2: String?

    init(_ record: borrowing RecordStream) {
        name = Self.text(record, Slot.name)
        size = Self.integer(record, Slot.size)
        progress = record.double(Slot.progress)
        state = Self.text(record, Slot.state)
        category = Self.text(record, Slot.category)
        contentPath = Self.text(record, Slot.contentPath)
        amountLeft = Self.integer(record, Slot.amountLeft)
        speed = Self.integer(record, Slot.speed)
        eta = Self.integer(record, Slot.eta)
        seeds = Self.integer(record, Slot.seeds)
        added = Self.integer(record, Slot.added)
        completed = Self.integer(record, Slot.completed)
        v1 = Self.text(record, Slot.v1)
        v2 = Self.text(record, Slot.v2)
    }

    /// The record's own hash in `torrents/info`; `sync/maindata` has it as the key.
    static func hash(of record: borrowing RecordStream) -> String? { text(record, Slot.hash)?.lowercased() }

    /// Takes over what the newer answer says, field by field.
    mutating func merge(_ newer: Self) {
        name = newer.name ?? name
        size = newer.size ?? size
        progress = newer.progress ?? progress
        state = newer.state ?? state
        category = newer.category ?? category
        contentPath = newer.contentPath ?? contentPath
        amountLeft = newer.amountLeft ?? amountLeft
        speed = newer.speed ?? speed
        eta = newer.eta ?? eta
        seeds = newer.seeds ?? seeds
        added = newer.added ?? added
        completed = newer.completed ?? completed
        v1 = newer.v1 ?? v1
        v2 = newer.v2 ?? v2
    }

    /// What the fields say; `hash` is in lower case.
    func reading(_ hash: String) -> TorrentReading {
        var reading = TorrentReading(hash: hash, state: Self.modern(state ?? "unknown"))
        for other in [v1, v2] {
            let id = String((other ?? "").lowercased().prefix(40))
            if !id.isEmpty, !reading.hashes.contains(id) { reading.hashes.append(id) }
        }
        reading.name = name ?? ""
        reading.size = size.flatMap { $0 > 0 ? $0 : nil }
        reading.progress = min(1, max(0, progress ?? 0))
        reading.category = category ?? ""
        reading.contentPath = contentPath.flatMap { $0.isEmpty ? nil : $0 }
        // Nothing is left of a torrent whose size is unknown, too.
        reading.amountLeft = reading.size == nil ? nil : amountLeft.flatMap { $0 >= 0 ? $0 : nil }
        reading.downloadSpeed = max(0, speed ?? 0)
        reading.etaSeconds = eta.flatMap { (0..<8_640_000).contains($0) ? $0 : nil }
        reading.seeds = max(0, seeds ?? 0)
        reading.addedAt = Self.time(added)
        reading.completedAt = Self.time(completed)
        return reading
    }

    /// 5.x renamed `pausedUP` and `pausedDL`.
    private static func modern(_ state: String) -> String {
        state.hasPrefix("paused") ? "stopped" + state.dropFirst(6) : state
    }

    /// -1, also 0, is "never"; a time beyond the year 9999 is none.
    private static func time(_ seconds: Int64?) -> Timestamp? {
        seconds.flatMap { (1..<253_402_300_800).contains($0) ? Timestamp(milliseconds: $0 * 1000) : nil }
    }

    /// Null says "nothing", which is not the same as saying nothing.
    private static func text(_ record: borrowing RecordStream, _ slot: Int) -> String? {
        record.text(slot) ?? (record.kind(slot) == .null ? "" : nil)
    }

    private static func integer(_ record: borrowing RecordStream, _ slot: Int) -> Int64? {
        if let integer = record.integer(slot) { return integer }
        if record.kind(slot) == .null { return 0 }
        return record.double(slot).flatMap { Int64(exactly: $0.rounded(.towardZero)) }
    }
}
