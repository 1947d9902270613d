import Changes
import Database
import Media
import Store
import Synchronization
import TestSupport

/// A store with its schema over an empty database, and a time that tests set.
struct StoreBench: Sendable {
    let store: Store
    let clock: Clock

    final class Clock: Sendable {
        private let value = Mutex(Timestamp(milliseconds: 1_700_000_000_000))

        var now: Timestamp { value.withLock { $0 } }
        func advance(_ duration: Duration) { value.withLock { $0 = $0.advanced(by: duration) } }
    }

    static func with(_ backend: Backend, _ body: (StoreBench) async throws -> Void) async throws {
        try await TestDatabase.with(backend, Schema.migrations) { database in
            let clock = Clock()
            try await body(StoreBench(store: Store(database, changes: Changes()) { clock.now }, clock: clock))
        }
    }

    /// Adds titles as a library sync does.
    @discardableResult
    func add(_ titles: [NewTitle], job: Int64 = 1) async throws -> [Int64] {
        try await store.write { tx in
            var insertion = LibraryInsertion(job: job, requestedBy: "Library Sync", tx: tx)
            try insertion.begin(titles.count, in: tx)
            var ids: [Int64] = []
            for title in titles {
                ids.append(insertion.add(title.change, stage: title.stage))
                tx.count(RequestCount(mediaType: title.type, state: title.stage, origin: .librarySync), 1)
            }
            try insertion.write(in: tx)
            try insertion.finish(in: tx)
            return ids
        }
    }
}

/// A title to add.
struct NewTitle: Sendable {
    var title: String
    var type = MediaType.movie
    var stage = Stage.available
    var tmdb: Int64?
    var imdb: String?
    var item: String?
    var round: Int64?

    var change: PlannedChange {
        var change = PlannedChange()
        change.record.put(LibraryItem.Slot.type, type == .tv ? 1 : 0)
        change.record.put(LibraryItem.Slot.title, title)
        change.record.put(PlannedChange.Slot.itemInstance, "default")
        if let tmdb { change.record.put(LibraryItem.Slot.tmdb, String(tmdb)) }
        if let imdb { change.record.put(LibraryItem.Slot.imdb, imdb) }
        if let id = item.flatMap({ JellyfinItemID($0) }) { change.record.put(LibraryItem.Slot.id, bytes: id.bytes) }
        if let round { change.record.put(PlannedChange.Slot.round, round) }
        return change
    }
}
