import Database
import TestSupport
import Testing

@Suite("Values", .tags(.database), .timeLimit(.minutes(10)))
struct ValueTests {
    @Test(
        "text comes back as it went in", arguments: TestDatabase.backends,
        ["", "plain", "O'Hara; DROP TABLE items; --", "été 🎬 \u{1F468}\u{200D}\u{1F469}", "a megabyte"])
    func text(backend: Backend, text: String) async throws {
        let text = text == "a megabyte" ? String(repeating: "x", count: 1 << 20) : text
        try await TestDatabase.with(backend, [items]) { database in
            try await database.write {
                try $0.execute("INSERT INTO items (id, name, note) VALUES (1, 'x', $1)", [.text(text)])
            }
            let found = try await database.read {
                try $0.first("SELECT note FROM items WHERE note = $1", [.text(text)]) { $0.text(0) }
            }
            #expect(found == text)
        }
    }

    @Test(arguments: TestDatabase.backends)
    func numbersBlobsAndNullComeBack(backend: Backend) async throws {
        try await TestDatabase.with(backend, [items]) { database in
            let picture: [UInt8] = [0, 255, 0, 7]
            try await database.write { tx in
                let insert: SQL = "INSERT INTO items (id, name, note, picture, weight) VALUES ($1, $2, $3, $4, $5)"
                try tx.execute(insert, [.integer(.max), "max", nil, .blob(picture), 0.1])
                try tx.execute(insert, [.integer(.min), "min", "", .blob([]), nil])
            }
            try await database.read { reader in
                let select: SQL = "SELECT id, name, note, picture, weight FROM items WHERE name = $1"
                _ = try reader.first(select, ["max"]) { row in
                    #expect(row.integer(0) == .max)
                    #expect(row.isNull(2) == true)
                    #expect(row.optionalText(2) == nil)
                    #expect(row.blob(3) == picture)
                    #expect(row.real(4) == 0.1)
                    #expect(row.value(4) == .real(0.1))
                    #expect(row.columnCount == 5)
                }
                _ = try reader.first(select, ["min"]) { row in
                    #expect(row.optionalInteger(0) == .min)
                    #expect(row.optionalText(2) == "")
                    #expect(row.blob(3) == [])
                    #expect(row.optionalReal(4) == nil)
                    #expect(row.integer(4) == 0)
                    #expect(row.value(3) == .blob([]))
                    #expect(row.value(4) == .null)
                }
            }
        }
    }

    @Test("sums, averages, and booleans read as numbers", arguments: TestDatabase.backends)
    func computed(backend: Backend) async throws {
        try await TestDatabase.with(backend, [items]) { database in
            try await database.write { tx in
                for (id, weight) in [(Int64.max - 5, 1.5), (2, 2.5)] {
                    try tx.execute(
                        "INSERT INTO items (id, name, weight) VALUES ($1, $2, $3)",
                        [.integer(id), .text("n\(id)"), .real(weight)])
                }
            }
            let select: SQL = "SELECT sum(id), sum(weight), count(*), avg(CAST(2 AS BIGINT)), max(name) FROM items"
            try await database.read { reader in
                _ = try reader.first(select) { row in
                    #expect(row.integer(0) == .max - 3)
                    #expect(row.real(1) == 4)
                    #expect(row.integer(2) == 2)
                    #expect(row.real(3) == 2)
                    #expect(row.text(2) == "2")
                }
                let negative = try reader.first("SELECT sum(CAST($1 AS BIGINT)) FROM items", [-20_000]) {
                    $0.integer(0)
                }
                #expect(negative == -40_000)
            }
        }
    }

    @Test func sqliteKeepsAnEmbeddedNul() async throws {
        try await TestDatabase.with(.sqlite, [items]) { database in
            try await database.write { try $0.execute("INSERT INTO items (id, name) VALUES (1, $1)", ["a\0b"]) }
            let found = try await database.read { try $0.first("SELECT name FROM items") { $0.text(0) } }
            #expect(found == "a\0b")
        }
    }

    @Test("PostgreSQL refuses an embedded NUL by name", .enabled(if: TestDatabase.backends.contains(.postgresql)))
    func postgresqlRefusesNul() async throws {
        try await TestDatabase.with(.postgresql, [items]) { database in
            let error = await #expect(throws: DatabaseError.self) {
                try await database.write { try $0.execute("INSERT INTO items (id, name) VALUES (1, $1)", ["a\0b"]) }
            }
            #expect(error?.reason == .invalidValue)
            #expect(error?.message.contains("U+FFFD") == true)
        }
    }
}
