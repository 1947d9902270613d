import Jobs
import Media

/// Counts what a plan meant to do and could not, because the row had changed since (library-sync.md §5).
struct StaleTally {
    var additions = 0
    private var rows: Set<Int64> = []
    private var items = 0
    private var stages = 0
    /// Items with several rows: whether at least one of them was updated.
    private var shared: [JellyfinItemID: Bool] = [:]

    /// Whether an earlier line of this row came too late: the later ones do, too.
    func hasMissed(_ request: Int64) -> Bool { rows.contains(request) }

    mutating func updated(_ line: borrowing PlannedChange) {
        if line.record.has(PlannedChange.Slot.sharesItem), let item = line.itemID { shared[item] = true }
    }

    mutating func missed(_ request: Int64, _ line: borrowing PlannedChange) {
        if line.stage != nil { stages += 1 }
        guard rows.insert(request).inserted else { return }
        if line.record.has(PlannedChange.Slot.sharesItem), let item = line.itemID {
            shared[item] = shared[item] ?? false
        } else {
            items += 1
        }
    }

    /// Moves what was missed from its planned counter to `stale`; an item counts once, and only if no row of it was updated.
    func settle(_ report: inout SyncReport) {
        for _ in 0..<additions { report.makeStale(\.added) }
        for _ in 0..<items + shared.values.count(where: { !$0 }) { report.makeStale(\.updated) }
        report.rowsUpdated -= rows.count
        report.becameAvailable -= stages
    }
}
