import Database
import Synchronization
import TestSupport
import Testing

@Suite("Migrations", .tags(.database), .timeLimit(.minutes(10)))
struct MigrationTests {
    private static let second = Migration(
        "0002-more", "CREATE TABLE more (id {id}, item {int} NOT NULL REFERENCES items (id), score {real}) {strict}",
        sqlite: "CREATE INDEX only_sqlite ON more (score)", postgresql: "CREATE INDEX only_postgresql ON more (score)")
    private static let keyed = Migration(
        "0003-keyed", "CREATE TABLE keyed (kind {text}, value {text}, PRIMARY KEY (kind, value)) {clustered}")

    @Test("an empty database gets all, once, without a backup", arguments: TestDatabase.backends)
    func fromEmpty(backend: Backend) async throws {
        try await TestDatabase.withLocation(backend) { location in
            let database = try await Database.open(location, now: { 1_700_000_000_123 })
            let all = [items, Self.second, Self.keyed]
            let first = try await database.migrate(all) { _ in Issue.record("nothing to back up") }
            #expect(first == MigrationReport(applied: all.map(\.id), version: 3))
            let again = try await database.migrate(all) { _ in Issue.record("nothing to do") }
            #expect(again == MigrationReport(applied: [], version: 3))
            let times = try await database.read {
                try $0.rows("SELECT applied_at FROM schema_migrations") { $0.integer(0) }
            }
            #expect(times == [Int64](repeating: 1_700_000_000_123, count: 3))
            #expect(try await database.appliedMigrations() == all.map(\.id))
            await database.close()
        }
    }

    @Test("a database with tables is backed up once, before the first change", arguments: TestDatabase.backends)
    func backup(backend: Backend) async throws {
        try await TestDatabase.with(backend, [items]) { database in
            let seen = Seen()
            let report = try await database.migrate([items, Self.second, Self.keyed]) { pending in
                seen.add(pending.joined(separator: " "))
                let tables = try await database.read { try $0.tables() }
                #expect(tables == ["items", "schema_migrations"])
            }
            #expect(seen.all == ["0002-more 0003-keyed"])
            #expect(report.version == 3)
        }
    }

    @Test("a backup that fails stops the migration", arguments: TestDatabase.backends)
    func failedBackup(backend: Backend) async throws {
        struct NoSpace: Error {}
        try await TestDatabase.with(backend, [items]) { database in
            await #expect(throws: NoSpace.self) {
                try await database.migrate([items, Self.second]) { _ in throw NoSpace() }
            }
            let applied = try await database.appliedMigrations()
            #expect(applied == ["0001-items"])
        }
    }

    @Test("a failing step rolls back and keeps those before it", arguments: TestDatabase.backends)
    func failingStep(backend: Backend) async throws {
        try await TestDatabase.with(backend, [items]) { database in
            let broken = Migration("0003-broken", "CREATE TABLE half (id {id}) {strict}; SELECT nonsense FROM nowhere")
            let error = await #expect(throws: DatabaseError.self) {
                try await database.migrate([items, Self.second, broken])
            }
            #expect(error?.reason == .statement)
            let tables = try await database.read { try $0.tables() }
            #expect(tables == ["items", "more", "schema_migrations"])
            #expect(try await database.migrate([items, Self.second]).version == 2)
        }
    }

    @Test("an edited step is refused", arguments: TestDatabase.backends)
    func edited(backend: Backend) async throws {
        try await TestDatabase.with(backend, [items]) { database in
            let error = await #expect(throws: DatabaseError.self) {
                try await database.migrate([Migration("0001-items", "SELECT 1")])
            }
            #expect(error?.reason == .editedAfterRelease(id: "0001-items"))
        }
    }

    @Test("a step put before an applied one is refused", arguments: TestDatabase.backends)
    func inserted(backend: Backend) async throws {
        try await TestDatabase.with(backend, [items]) { database in
            let error = await #expect(throws: DatabaseError.self) { try await database.migrate([Self.keyed, items]) }
            #expect(error?.reason == .editedAfterRelease(id: "0003-keyed"))
        }
    }

    @Test("a newer database is refused, with both versions", arguments: TestDatabase.backends)
    func newer(backend: Backend) async throws {
        try await TestDatabase.with(backend, [items, Self.second, Self.keyed]) { database in
            let error = await #expect(throws: DatabaseError.self) { try await database.migrate([items]) }
            #expect(error?.reason == .newerSchema(found: ["0002-more", "0003-keyed"], known: 1))
            #expect(error?.message.hasPrefix("Database is at schema 3, this version knows 1") == true)
        }
    }

    @Test("replicas that start together migrate once", arguments: TestDatabase.backends)
    func together(backend: Backend) async throws {
        try await TestDatabase.withLocation(backend) { location in
            let replicas = [try await Database.open(location), try await Database.open(location)]
            let applied = try await withThrowingTaskGroup(of: Int.self) { group in
                for replica in replicas {
                    group.addTask { try await replica.migrate([items, Self.second, Self.keyed]).applied.count }
                }
                return try await group.reduce(0, +)
            }
            // SQLite's replicas share no lock but the writer's: both may report, only one applies.
            if backend == .postgresql { #expect(applied == 3) }
            #expect(try await replicas[1].appliedMigrations().count == 3)
            for replica in replicas { await replica.close() }
        }
    }

    @Test("statements prepared before a change work after it", arguments: TestDatabase.backends)
    func preparedBefore(backend: Backend) async throws {
        try await TestDatabase.with(backend, [items]) { database in
            try await database.write { try $0.execute("INSERT INTO items (id, name) VALUES (1, 'x')") }
            let all: SQL = "SELECT * FROM items"
            let before = try await database.read { try $0.first(all) { $0.columnCount } }
            #expect(before == 6)
            try await database.migrate([items, Migration("0002-column", "ALTER TABLE items ADD COLUMN size {int}")])
            for _ in 0..<4 {
                let after = try await database.read { try $0.first(all) { $0.columnCount } }
                #expect(after == 7)
            }
        }
    }
}
