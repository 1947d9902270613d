import Database
import Media
import Store
import TestSupport

/// A request as a model of its history knows it.
struct EndedRow: Sendable {
    var id: Int64
    var type = MediaType.movie
    var origin = Origin.request
    var state: Stage
    var title: String
    var user: String?
    var owner: String?
    var created: Int64 = 0
    var changed: Int64
    var available: Int64?

    func isVisible(to visibility: Visibility) -> Bool {
        switch visibility {
        case .all: true
        case .owner(let id): owner == id
        }
    }

    /// Rows of every stage, with few distinct times, so that ids decide.
    static func some(_ random: inout SeededRandom, _ count: Int, titles: [String]) -> [EndedRow] {
        (1...count).map { id in
            let state = random.chance(70) ? random.pick(Stage.finished) : random.pick(Stage.allCases)
            let changed = Int64(random.below(20))
            return EndedRow(
                id: Int64(id), type: random.pick(MediaType.allCases),
                origin: random.chance(80) ? .request : .librarySync, state: state, title: random.pick(titles),
                user: random.pick([nil, "ada", "bob"]), owner: random.pick([nil, "ada1", "bob2", "ada12"]),
                created: Int64(random.below(20)), changed: changed, available: state == .available ? changed : nil)
        }
    }
}

extension StoreBench {
    func insert(_ rows: [EndedRow]) async throws {
        try await store.write { tx in
            for row in rows {
                let key = TitleKey.fold(row.title)
                _ = try tx.raw.execute(
                    """
                    INSERT INTO requests(id, media_type, origin, title, title_key, state, uncertain, requested_by,
                        owner, created_at, updated_at, state_changed_at, available_at, version)
                    VALUES($1, $2, $3, $4, $5, $6, 0, $7, $8, $9, 0, $10, $11, 1)
                    """,
                    [
                        .integer(row.id), .text(row.type.rawValue), .text(row.origin.rawValue), .text(row.title),
                        .text(key), .text(row.state.rawValue), Value(row.user), Value(row.owner),
                        .integer(row.created), .integer(row.changed), Value(row.available),
                    ])
                if tx.raw.backend == .sqlite {
                    try tx.raw.execute(
                        "INSERT INTO requests_search(rowid, title_key) VALUES($1, $2)", [.integer(row.id), .text(key)])
                }
            }
        }
    }
}
