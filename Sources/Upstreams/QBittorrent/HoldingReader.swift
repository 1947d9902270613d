import JSONStream
import Media

/// Interprets one record of `torrents/info` for deletion (upstreams.md §4).
enum HoldingReader {
    private enum Slot {
        static let hash = 0, v1 = 1, v2 = 2, name = 3, contentPath = 4, savePath = 5, category = 6, state = 7
        static let progress = 8, size = 9, completed = 10, isPrivate = 11, ratio = 12, seedingTime = 13
        static let maxRatio = 14, maxSeedingTime = 15
    }

    static let shape = RecordShape([
        .value("hash", slot: Slot.hash), .value("infohash_v1", slot: Slot.v1), .value("infohash_v2", slot: Slot.v2),
        .value("name", slot: Slot.name), .value("content_path", slot: Slot.contentPath),
        .value("save_path", slot: Slot.savePath), .value("category", slot: Slot.category),
        .value("state", slot: Slot.state), .value("progress", slot: Slot.progress), .value("size", slot: Slot.size),
        .value("completion_on", slot: Slot.completed), .value("private", slot: Slot.isPrivate),
        .value("ratio", slot: Slot.ratio), .value("seeding_time", slot: Slot.seedingTime),
        .value("max_ratio", slot: Slot.maxRatio), .value("max_seeding_time", slot: Slot.maxSeedingTime),
    ])

    /// - Returns: nil without a usable hash.
    static func read(_ record: borrowing RecordStream) -> TorrentHolding? {
        guard let hash = record.text(Slot.hash).flatMap({ TorrentHash($0) }) else { return nil }
        let state = record.text(Slot.state) ?? "unknown"
        var holding = TorrentHolding(
            hash: hash, name: record.text(Slot.name) ?? "",
            // 5.x renamed `pausedUP` and `pausedDL`.
            state: state.hasPrefix("paused") ? "stopped" + state.dropFirst(6) : state,
            progress: min(1, max(0, record.double(Slot.progress) ?? 0)))
        for other in [record.text(Slot.v1), record.text(Slot.v2)].compactMap({ $0.flatMap { TorrentHash($0) } })
        where !holding.hashes.contains(other) {
            holding.hashes.append(other)
        }
        holding.contentPath = text(record, Slot.contentPath)
        holding.savePath = text(record, Slot.savePath)
        holding.category = record.text(Slot.category) ?? ""
        holding.size = record.integer(Slot.size).flatMap { $0 > 0 ? $0 : nil }
        holding.completedAt = record.integer(Slot.completed).flatMap(Self.time)
        holding.isPrivate = record.bool(Slot.isPrivate)
        readSeeding(record, &holding)
        return holding
    }

    /// The goals come as in force: the torrent's own, or the client's general ones.
    ///
    /// A goal of -1 is none; a ratio of -1 is one beyond counting.
    private static func readSeeding(_ record: borrowing RecordStream, _ holding: inout TorrentHolding) {
        holding.ratio = record.double(Slot.ratio).map { $0 < 0 ? .infinity : $0 }
        holding.ratioGoal = record.double(Slot.maxRatio).flatMap { $0 >= 0 ? $0 : nil }
        holding.seedingTime = whole(record, Slot.seedingTime).map { .seconds($0) }
        holding.seedingTimeGoal = whole(record, Slot.maxSeedingTime).map { .seconds($0 * 60) }
    }

    private static func whole(_ record: borrowing RecordStream, _ slot: Int) -> Int64? {
        record.integer(slot).flatMap { (0..<1_000_000_000).contains($0) ? $0 : nil }
    }

    private static func text(_ record: borrowing RecordStream, _ slot: Int) -> String? {
        record.text(slot).flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func time(_ seconds: Int64) -> Timestamp? {
        (1..<253_402_300_800).contains(seconds) ? Timestamp(milliseconds: seconds * 1000) : nil
    }
}
