import Glibc
import TestSupport
import Testing

@testable import Database

@Suite("Statements", .tags(.database), .timeLimit(.minutes(10)))
struct StatementTests {
    @Test(
        "placeholders ascend from 1, as first used",
        arguments: [
            ("SELECT 1", 0), ("SELECT $1, $2, $1, $3", 3), ("SELECT '$7', \"$8\" -- $9\n, $1", 1),
            ("SELECT /* $5 */ $1 || '''$6'", 1), ("SELECT $2, $1", nil), ("SELECT $1, $3", nil), ("SELECT $0", nil),
        ] as [(String, Int?)])
    func placeholders(sql: String, count: Int?) {
        #expect(Placeholders.count(in: sql) == count)
    }

    @Test("a statement with placeholders out of order stops the program in debug builds")
    func stops() async throws {
        try await TestDatabase.withFolder { folder in
            await #expect(processExitsWith: .failure) { [path = folder + "/test.db" as String] in
                let database = try await Database.open(.sqlite(path: path))
                try await database.read { try $0.query("SELECT $2, $1", [1, 2]) { _ in } }
            }
        }
    }

    @Test("too few values are refused", arguments: TestDatabase.backends)
    func fewValues(backend: Backend) async throws {
        try await TestDatabase.with(backend, [items]) { database in
            let error = await #expect(throws: DatabaseError.self) {
                try await database.read { try $0.query("SELECT id FROM items WHERE id > $1") { _ in } }
            }
            #expect(error?.reason == .misuse)
        }
    }

    @Test("more statements than the cache holds", arguments: TestDatabase.backends)
    func eviction(backend: Backend) async throws {
        try await TestDatabase.with(backend, readers: 1) { database in
            for _ in 0..<2 {
                let sums = try await database.read { reader in
                    var sql: SQL = "SELECT 1"
                    return try (1...300).map { _ in
                        defer { sql = sql + " + 1" }
                        return try reader.first(sql) { $0.integer(0) }
                    }
                }
                #expect(sums == (1...300).map { Int64($0) })
            }
        }
    }

    @Test("a statement per backend", arguments: TestDatabase.backends)
    func perBackend(backend: Backend) async throws {
        try await TestDatabase.with(backend) { database in
            let version = try await database.read {
                try $0.first(.perBackend(sqlite: "SELECT sqlite_version()", postgresql: "SELECT version()")) {
                    $0.text(0)
                }
            }
            #expect(version?.hasPrefix(backend == .sqlite ? "3." : "PostgreSQL") == true)
        }
    }

    @Test(
        "constraints are told apart and named", arguments: TestDatabase.backends,
        [
            ("INSERT INTO items (id, name) VALUES (2, 'x')", DatabaseError.Constraint.Kind.unique),
            ("INSERT INTO items (id) VALUES (2)", .notNull),
            ("INSERT INTO items (id, name, kind) VALUES (2, 'y', 'c')", .check),
        ] as [(SQL, DatabaseError.Constraint.Kind)])
    func constraints(backend: Backend, broken: (sql: SQL, kind: DatabaseError.Constraint.Kind)) async throws {
        try await TestDatabase.with(backend, [items]) { database in
            try await database.write { try $0.execute("INSERT INTO items (id, name) VALUES (1, 'x')") }
            let error = await #expect(throws: DatabaseError.self) {
                try await database.write { try $0.execute(broken.sql) }
            }
            guard case .constraint(let constraint) = error?.reason else {
                Issue.record("not a constraint: \(String(describing: error))")
                return
            }
            #expect(constraint.kind == broken.kind)
            #expect(constraint.name != nil)
        }
    }

    @Test(
        "a long answer is streamed in constant memory",
        .enabled(if: !keepsFreedMemory, "the sanitizer keeps what is freed"),
        arguments: TestDatabase.backends)
    func streaming(backend: Backend) async throws {
        // In a process of its own, where no other test takes memory meanwhile.
        await #expect(processExitsWith: .success) { [name = backend.rawValue as String] in
            let backend = try #require(Backend(rawValue: name))
            try await TestDatabase.with(backend) { database in
                let growth = try await database.read { try readMegabytes(150, $0) }
                precondition(growth < 40 << 20, "\(growth) bytes")
            }
        }
    }
}

/// True under the address and thread sanitizers.
private let keepsFreedMemory = unsafe dlsym(nil, "__asan_init") != nil || dlsym(nil, "__tsan_init") != nil

/// Reads an answer of that size, and tells how much memory that took.
private func readMegabytes(_ count: Int, _ reader: Reader) throws -> Int {
    let before = residentBytes()
    var most = 0
    var rows = 0
    var bytes = 0
    try reader.query(
        """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < CAST($1 AS BIGINT))
        SELECT i, CAST($2 AS TEXT) || CAST(i AS TEXT) FROM n
        """, [Value(count * 1000), .text(String(repeating: "x", count: 1000))]
    ) { row in
        rows += 1
        bytes += unsafe row.withBytes(1) { $0.count } ?? 0
        if rows % 10_000 == 0 { most = max(most, residentBytes()) }
    }
    precondition(rows == count * 1000 && bytes > count * 1_000_000)
    return most - before
}

/// Memory of this process that is really in use now.
func residentBytes() -> Int {
    guard let file = unsafe fopen("/proc/self/statm", "r") else { return 0 }
    defer { unsafe fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    unsafe fgets(&line, 128, file)
    let fields = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self).split(separator: " ")
    return fields.count > 1 ? (Int(fields[1]) ?? 0) * 4096 : 0
}
