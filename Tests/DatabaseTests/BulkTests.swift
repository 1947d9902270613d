import Database
import TestSupport
import Testing

@Suite("Bulk rows", .tags(.database), .timeLimit(.minutes(10)))
struct BulkTests {
    private static let wide = Migration(
        "0001-wide",
        """
        CREATE TABLE wide (id {id}, big {int}, label {text}, raw {blob}, share {real}, fixed {text} NOT NULL,
            UNIQUE (label)) {strict}
        """)

    private static func rows(
        _ range: Range<Int>, label: (Int) -> String?, onConflict: BulkRows.OnConflict = .fail
    ) -> BulkRows {
        var rows = BulkRows(
            table: "wide", columns: ["id", "big", "label", "raw", "share", "fixed"], onConflict: onConflict)
        for id in range {
            rows.append(id)
            rows.append(id % 2 == 0 ? Int64.max - Int64(id) : nil)
            rows.append(label(id))
            rows.append(blob: id % 3 == 0 ? [0, 1, UInt8(id % 256)] : id % 3 == 1 ? [] : nil)
            rows.append(id % 5 == 0 ? nil : Double(id) / 4)
            rows.append("fixed" as StaticString)
            rows.endRow()
        }
        return rows
    }

    @Test("every kind of cell arrives", arguments: TestDatabase.backends)
    func cells(backend: Backend) async throws {
        try await TestDatabase.with(backend, [Self.wide]) { database in
            let inserted = try await database.write { tx in
                try tx.insert(Self.rows(1..<5001) { $0 == 7 ? "" : $0 == 8 ? nil : "été 🎬 \($0)" })
            }
            #expect(inserted == 5000)
            let found = try await database.read {
                try $0.rows("SELECT id, big, label, raw, share, fixed FROM wide WHERE id IN (6, 7, 8, 10) ORDER BY id")
                { row in
                    (0..<6).map { row.value($0) }
                }
            }
            let expected: [[Value]] = [
                [6, .integer(.max - 6), "été 🎬 6", .blob([0, 1, 6]), 1.5, "fixed"],
                [7, nil, "", .blob([]), 1.75, "fixed"],
                [8, .integer(.max - 8), nil, nil, 2.0, "fixed"],
                [10, .integer(.max - 10), "été 🎬 10", .blob([]), nil, "fixed"],
            ]
            #expect(found == expected)
            let left = try await count(database, "wide")
            #expect(left == 5000)
        }
    }

    @Test("taken keys are left out, and within the rows the first wins", arguments: TestDatabase.backends)
    func ignore(backend: Backend) async throws {
        try await TestDatabase.with(backend, [Self.wide]) { database in
            let inserted = try await database.write { tx in
                let first = try tx.insert(Self.rows(1..<11) { "n\($0)" })
                let second = try tx.insert(Self.rows(5..<21, label: { "n\($0)" }, onConflict: .ignore))
                let third = try tx.insert(Self.rows(100..<110, label: { _ in "same" }, onConflict: .ignore))
                let fourth = try tx.insert(Self.rows(21..<23, label: { "n\($0)" }, onConflict: .ignore))
                return [first, second, third, fourth]
            }
            #expect(inserted == [10, 10, 1, 2])
            let winner = try await database.read {
                try $0.first("SELECT id FROM wide WHERE label = 'same'") { $0.integer(0) }
            }
            #expect(winner == 100)
        }
    }

    @Test("other violations fail in spite of ignore", arguments: TestDatabase.backends)
    func notNull(backend: Backend) async throws {
        try await TestDatabase.with(backend, [Self.wide]) { database in
            let error = await #expect(throws: DatabaseError.self) {
                try await database.write { tx in
                    var rows = BulkRows(table: "wide", columns: ["id", "fixed"], onConflict: .ignore)
                    rows.append(1)
                    rows.appendNull()
                    rows.endRow()
                    try tx.insert(rows)
                }
            }
            guard case .constraint(let broken) = error?.reason else {
                Issue.record("not a constraint: \(String(describing: error))")
                return
            }
            #expect(broken.kind == .notNull)
        }
    }

    @Test("a conflict undoes all rows of the body", arguments: TestDatabase.backends)
    func conflict(backend: Backend) async throws {
        try await TestDatabase.with(backend, [Self.wide]) { database in
            let error = await #expect(throws: DatabaseError.self) {
                try await database.write { tx in
                    try tx.insert(Self.rows(1..<100) { $0 == 99 ? "n1" : "n\($0)" })
                }
            }
            #expect(error?.isDuplicate == true)
            #expect(error?.description.contains("n1") == false, "values do not belong into errors")
            let left = try await count(database, "wide")
            #expect(left == 0)
            try await database.write { try $0.insert(Self.rows(1..<100) { "n\($0)" }) }
        }
    }

    @Test("a swallowed conflict still undoes the body", arguments: TestDatabase.backends)
    func swallowed(backend: Backend) async throws {
        try await TestDatabase.with(backend, [Self.wide]) { database in
            await #expect(throws: DatabaseError.self) {
                try await database.write { tx in
                    _ = try? tx.insert(Self.rows(1..<10) { $0 == 9 ? "n1" : "n\($0)" })
                }
            }
            let left = try await count(database, "wide")
            #expect(left == 0)
        }
    }

    @Test("a value that does not fit its column is named", arguments: TestDatabase.backends)
    func misfit(backend: Backend) async throws {
        try await TestDatabase.with(backend, [Self.wide]) { database in
            let error = await #expect(throws: DatabaseError.self) {
                try await database.write { tx in
                    var rows = BulkRows(table: "wide", columns: ["id", "fixed", "big"])
                    rows.append(1)
                    rows.append("x" as String)
                    rows.append("no number" as String)
                    rows.endRow()
                    try tx.insert(rows)
                }
            }
            #expect(error?.reason == .invalidValue)
            #expect(error?.message.contains("wide.big") == true)
            // The connection survives a copy that was given up.
            let left = try await count(database, "wide")
            #expect(left == 0)
        }
    }

    @Test("PostgreSQL refuses U+0000 in bulk text", .enabled(if: TestDatabase.backends.contains(.postgresql)))
    func nul() async throws {
        try await TestDatabase.with(.postgresql, [Self.wide]) { database in
            let error = await #expect(throws: DatabaseError.self) {
                try await database.write { try $0.insert(Self.rows(1..<3) { "a\0\($0)" }) }
            }
            #expect(error?.reason == .invalidValue)
        }
    }

    @Test("one buffer is filled, inserted, and filled again", arguments: TestDatabase.backends)
    func reuse(backend: Backend) async throws {
        try await TestDatabase.with(backend, [Self.wide]) { database in
            let inserted = try await database.writeAlone { tx in
                var rows = BulkRows(table: "wide", columns: ["id", "fixed"])
                var inserted = 0
                for id in 1...2500 {
                    rows.append(id)
                    rows.append("x" as StaticString)
                    rows.endRow()
                    if rows.count == 500 {
                        inserted += try tx.insert(rows)
                        rows.removeAll()
                        try tx.beat()
                    }
                }
                return inserted + (try tx.insert(rows))
            }
            #expect(inserted == 2500)
            let left = try await count(database, "wide")
            #expect(left == 2500)
        }
    }
}
