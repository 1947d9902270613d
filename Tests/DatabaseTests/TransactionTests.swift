import Database
import Synchronization
import TestSupport
import Testing

@Suite("Transactions", .tags(.database), .timeLimit(.minutes(10)))
struct TransactionTests {
    private struct Refused: Error, Equatable {}

    private static let insert: SQL = "INSERT INTO items (id, name) VALUES ($1, $2)"

    @Test("200 writers share commits, and each write is there when it returns", arguments: TestDatabase.backends)
    func groupCommit(backend: Backend) async throws {
        try await TestDatabase.with(backend, [items]) { database in
            let transactions = Seen()
            try await withThrowingTaskGroup { group in
                for id in 1...200 {
                    group.addTask {
                        try await database.write { tx in
                            try tx.execute(Self.insert, [Value(id), .text("n\(id)")])
                            guard backend == .postgresql else { return }
                            let xid = try tx.first("SELECT CAST(pg_current_xact_id() AS TEXT)") { $0.text(0) }
                            transactions.add(xid ?? "")
                        }
                        let name = try await database.read {
                            try $0.first("SELECT name FROM items WHERE id = $1", [Value(id)]) { $0.text(0) }
                        }
                        #expect(name == "n\(id)")
                    }
                }
                try await group.waitForAll()
            }
            let left = try await count(database)
            #expect(left == 200)
            #expect(database.commits < 200)
            if backend == .postgresql { #expect(transactions.count == database.commits - 1) }
        }
    }

    @Test("a failing body leaves its batch mates alone", arguments: TestDatabase.backends)
    func batchMates(backend: Backend) async throws {
        try await TestDatabase.with(backend, [items]) { database in
            let outcomes = await withTaskGroup(of: (Int, Bool).self) { group in
                for id in 1...60 {
                    group.addTask {
                        do {
                            try await database.write { tx in
                                try tx.execute(Self.insert, [Value(id), .text("n\(id)")])
                                if id % 3 == 0 { throw Refused() }
                                // A unique key that is taken: the statement itself fails.
                                if id % 3 == 1 { try tx.execute(Self.insert, [Value(id), "again"]) }
                            }
                            return (id, true)
                        } catch {
                            return (id, false)
                        }
                    }
                }
                return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            #expect(outcomes.filter(\.value).keys.sorted() == (1...60).filter { $0 % 3 == 2 })
            let left = try await count(database)
            #expect(left == 20)
        }
    }

    @Test(arguments: TestDatabase.backends)
    func anErrorRollsBackItsBody(backend: Backend) async throws {
        try await TestDatabase.with(backend, [items]) { database in
            await #expect(throws: Refused()) {
                try await database.write { tx in
                    try tx.execute(Self.insert, [1, "x"])
                    throw Refused()
                }
            }
            let left = try await count(database)
            #expect(left == 0)
            let inserted = try await database.write { try $0.execute(Self.insert, [1, "x"]) }
            #expect(inserted == 1)
        }
    }

    @Test("a swallowed error still undoes the body", arguments: TestDatabase.backends)
    func swallowed(backend: Backend) async throws {
        try await TestDatabase.with(backend, [items]) { database in
            let error = await #expect(throws: DatabaseError.self) {
                try await database.write { tx in
                    try tx.execute(Self.insert, [1, "x"])
                    _ = try? tx.execute(Self.insert, [1, "y"])
                }
            }
            #expect(error?.isDuplicate == true)
            let left = try await count(database)
            #expect(left == 0)
        }
    }

    @Test("a read sees one state, that of the last commit", arguments: TestDatabase.backends)
    func snapshot(backend: Backend) async throws {
        try await TestDatabase.with(backend, [items]) { database in
            try await database.write { try $0.execute(Self.insert, [1, "x"]) }
            let began = AsyncStream.makeStream(of: Void.self)
            let goOn = Gate()
            let reading = Task {
                try await database.read { reader in
                    let before = try reader.rowCount(of: "items")
                    began.continuation.finish()
                    goOn.wait()
                    return (before, try reader.rowCount(of: "items"))
                }
            }
            for await _ in began.stream {}
            try await database.write { try $0.execute(Self.insert, [2, "y"]) }
            goOn.open()
            #expect(try await reading.value == (1, 1))
            let left = try await count(database)
            #expect(left == 2)
        }
    }

    @Test("a reader cannot write", arguments: TestDatabase.backends)
    func readOnly(backend: Backend) async throws {
        try await TestDatabase.with(backend, [items]) { database in
            let error = await #expect(throws: DatabaseError.self) {
                try await database.read { try $0.query(Self.insert, [1, "x"]) { _ in } }
            }
            #expect(error?.reason == .readOnly)
        }
    }

    @Test("a statement inside the rows of another is refused", arguments: TestDatabase.backends)
    func nested(backend: Backend) async throws {
        try await TestDatabase.with(backend, [items]) { database in
            let error = await #expect(throws: DatabaseError.self) {
                try await database.write { tx in
                    try tx.query("SELECT 1") { _ in try tx.execute(Self.insert, [1, "x"]) }
                }
            }
            #expect(error?.reason == .misuse)
            let left = try await count(database)
            #expect(left == 0)
        }
    }

    @Test("RETURNING answers rows, and the count says what changed", arguments: TestDatabase.backends)
    func returning(backend: Backend) async throws {
        try await TestDatabase.with(backend, [items]) { database in
            let id = try await database.write { tx in
                try tx.first("INSERT INTO items (id, name) VALUES ($1, $2) RETURNING id", [7, "x"]) { $0.integer(0) }
            }
            #expect(id == 7)
            let changed = try await database.write { tx in
                try tx.execute("INSERT INTO items (id, name) VALUES (8, 'y'), (9, 'z')")
                let updated = try tx.execute("UPDATE items SET note = $1 WHERE id > $2", ["n", 7])
                let none = try tx.execute("UPDATE items SET note = 'm' WHERE id = 100")
                return [updated, none, try tx.execute("DELETE FROM items")]
            }
            #expect(changed == [2, 0, 3])
        }
    }

    @Test("an error inside each ends the statement and the connection stays good", arguments: TestDatabase.backends)
    func stoppedStream(backend: Backend) async throws {
        try await TestDatabase.with(backend, [items], readers: 1) { database in
            let many: SQL =
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) SELECT i FROM n"
            await #expect(throws: Refused()) {
                try await database.read { try $0.query(many) { if $0.integer(0) == 10 { throw Refused() } } }
            }
            let all = try await database.read { try $0.rows(many) { $0.integer(0) } }
            #expect(all.count == 5000)
        }
    }
}
