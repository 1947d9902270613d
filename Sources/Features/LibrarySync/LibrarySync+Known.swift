public import Jobs
import Media
public import Store

extension LibrarySync {
    private static var batch: Int64 { 1_000 }

    /// Every row beside its medium, then every medium that has no row.
    public func known(in store: Store, beside held: Holdings) async throws -> KnownBatches<Known> {
        try await indexRows(store, held)
        var walk = RowWalk(held, addsHeld: options.mode == .library)
        return KnownBatches {
            while let after = walk.nextRowRange {
                let rows = try await store.read { try $0.knownRows(after: after, limit: Int(Self.batch)) }
                let subjects = walk.take(rows)
                if !subjects.isEmpty { return subjects }
            }
            return walk.takeHeld(500)
        }
    }

    /// Finds the medium of every row by its keys: provider ids in match order first, its item id last.
    private func indexRows(_ store: Store, _ held: Holdings) async throws {
        let last = try await store.read { try $0.lastRequestID() }
        var index = RowIndex()
        index.lastRow = last
        index.mediumOfRow = Array(repeating: RowIndex.none, count: Int(last) + 1)
        var after: Int64 = 0
        while after < last {
            let through = min(last, after + 5_000)
            let start = after
            let matches = try await store.read { reader in
                var found: [(row: Int64, type: MediaType, key: ProviderKey)] = []
                try reader.matchKeys(afterRow: start, through: through) { found.append(($0, $1, $2)) }
                return found
            }
            var best = BestMatch()
            for (row, type, key) in matches {
                if row != best.row {
                    index.note(best)
                    best.begin(row)
                }
                best.consider(key, of: type, held)
            }
            index.note(best)
            after = through
        }
        index.listRowsOfSeveral()
        held.rows = index
    }
}

/// The strongest medium found so far for one row.
private struct BestMatch {
    private(set) var row: Int64 = 0
    private(set) var medium = RowIndex.none
    private var rank = Int.max
    private var found: [(key: UInt64, medium: UInt32)] = []

    mutating func begin(_ row: Int64) {
        self.row = row
        medium = RowIndex.none
        rank = Int.max
        found.removeAll(keepingCapacity: true)
    }

    /// The row's keys that lead to other media.
    var foreign: some Sequence<UInt64> { found.lazy.filter { $0.medium != medium }.map(\.key) }

    /// A film never matches a series, also where one's row points to the other's item.
    mutating func consider(_ key: ProviderKey, of type: MediaType, _ held: Holdings) {
        guard let medium = held.keys[key.code], held.media[Int(medium)].type == type else { return }
        found.append((key.code, medium))
        let rank = key.rank
        if rank < self.rank {
            self.rank = rank
            self.medium = medium
        }
    }
}

extension RowIndex {
    fileprivate mutating func note(_ match: BestMatch) {
        guard match.row > 0, match.medium != Self.none else { return }
        mediumOfRow[Int(match.row)] = match.medium
        taken.formUnion(match.foreign)
        if tracked.contains(match.medium) { several[match.medium] = [] }
        tracked.insert(match.medium)
    }

    /// Fills `several` once its media are known, which spares a list of the rows of all the others.
    fileprivate mutating func listRowsOfSeveral() {
        if several.isEmpty { return }
        for (row, medium) in mediumOfRow.enumerated() where medium != Self.none {
            several[medium]?.append(Int64(row))
        }
    }

    func hasRow(_ medium: Int) -> Bool {
        tracked.contains(UInt32(medium))
    }
}

/// Walks over all rows in order of id, then over media without rows.
private struct RowWalk {
    private let held: Holdings
    private let addsHeld: Bool
    private var after: Int64 = 0
    private var isThrough = false
    private var waiting: [UInt32: [KnownRow]] = [:]
    private var nextMedium = 0

    init(_ held: Holdings, addsHeld: Bool) {
        self.held = held
        self.addsHeld = addsHeld
    }

    /// The row id to read on from; nil when all rows have been seen.
    var nextRowRange: Int64? { isThrough || after >= held.rows.lastRow ? nil : after }

    mutating func take(_ rows: [KnownRow]) -> [LibrarySync.Known] {
        guard let last = rows.last else {
            isThrough = true
            return []
        }
        after = last.id
        var subjects: [LibrarySync.Known] = []
        for row in rows where row.id <= held.rows.lastRow {
            let medium = held.rows.mediumOfRow[Int(row.id)]
            if medium == RowIndex.none {
                subjects.append(.unheld(row))
            } else if let all = held.rows.several[medium] {
                waiting[medium, default: []].append(row)
                if waiting[medium]?.count == all.count {
                    subjects.append(.stored(medium: Int(medium), rows: waiting.removeValue(forKey: medium) ?? []))
                }
            } else {
                subjects.append(.stored(medium: Int(medium), rows: [row]))
            }
        }
        return subjects
    }

    /// Media without rows; and those whose rows went away while the walk was under way.
    mutating func takeHeld(_ limit: Int) -> [LibrarySync.Known]? {
        if let (medium, rows) = waiting.first {
            waiting.removeValue(forKey: medium)
            return [.stored(medium: Int(medium), rows: rows)]
        }
        guard addsHeld, nextMedium < held.media.count else { return nil }
        var subjects: [LibrarySync.Known] = []
        while nextMedium < held.media.count && subjects.count < limit {
            if !held.rows.hasRow(nextMedium) { subjects.append(.held(medium: nextMedium)) }
            nextMedium += 1
        }
        return subjects
    }
}
