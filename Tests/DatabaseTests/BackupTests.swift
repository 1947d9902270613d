import Database
import FoundationEssentials
import Glibc
import Synchronization
import TestSupport
import Testing

@Suite("Copies", .tags(.database), .timeLimit(.minutes(10)))
struct BackupTests {
    private static func fill(_ database: Database, _ range: ClosedRange<Int>) async throws {
        try await database.write { tx in
            for id in range {
                try tx.execute(
                    "INSERT INTO items (id, name, note, picture, weight) VALUES ($1, $2, $3, $4, $5)",
                    [
                        Value(id), .text("tab\there \(id)"), id % 2 == 0 ? nil : "line\nbreak \\", .blob([0, 9, 10]),
                        0.1,
                    ])
            }
        }
    }

    @Test("VACUUM INTO makes a complete copy for the owner only")
    func vacuum() async throws {
        try await TestDatabase.with(.sqlite, [items]) { database in
            try await Self.fill(database, 1...1000)
            try await TestDatabase.withFolder { folder in
                let path = folder + "/it's a copy.db"
                try await database.vacuumInto(path: path)
                var status = stat()
                #expect(unsafe stat(path, &status) == 0)
                #expect(status.st_mode & 0o777 == 0o600)
                let copy = try await Database.open(.sqlite(path: path), readOnly: true)
                #expect(try await count(copy) == 1000)
                #expect(try await copy.integrityCheck() == [])
                await copy.close()
                await #expect(throws: DatabaseError.self) { try await database.vacuumInto(path: path) }
                #expect(FileManager.default.fileExists(atPath: path), "a copy that is there is not replaced")
            }
        }
    }

    @Test("tables go out in one state and come back", .enabled(if: TestDatabase.backends.contains(.postgresql)))
    func copy() async throws {
        try await TestDatabase.with(.postgresql, [items]) { source in
            try await Self.fill(source, 1...3000)
            let chunks = try await source.snapshot { reader in
                let before = try reader.rowCount(of: "items")
                var chunks: [[UInt8]] = []
                try reader.copyOut(table: "items") { chunks.append($0) }
                #expect(before == 3000)
                return chunks
            }
            #expect(chunks.count > 1)
            #expect(chunks.allSatisfy { $0.last == UInt8(ascii: "\n") })
            try await TestDatabase.with(.postgresql, [items]) { target in
                try await Self.fill(target, 5000...5010)
                let copied = try await target.writeAlone { tx in
                    try tx.empty(["items"])
                    var rest = chunks[...]
                    return try tx.copyIn(table: "items") { rest.popFirst() }
                }
                #expect(copied == 3000)
                let select: SQL = "SELECT id, name, note, picture, weight FROM items ORDER BY id"
                let all: @Sendable (Reader) throws -> [[Value]] = { reader in
                    try reader.rows(select) { row in (0..<5).map { row.value($0) } }
                }
                let theirs = try await target.read(all)
                let ours = try await source.read(all)
                #expect(theirs == ours)
            }
        }
    }

    @Test("what was restored is all or nothing", .enabled(if: TestDatabase.backends.contains(.postgresql)))
    func brokenCopy() async throws {
        try await TestDatabase.with(.postgresql, [items]) { database in
            try await Self.fill(database, 1...10)
            let error = await #expect(throws: DatabaseError.self) {
                try await database.writeAlone { tx in
                    try tx.empty(["items"])
                    var rest = [Array("1\tx\n".utf8)][...]
                    try tx.copyIn(table: "items") { rest.popFirst() }
                }
            }
            #expect(error?.reason == .invalidValue)
            #expect(try await count(database) == 10)
        }
    }

    @Test("a snapshot does not see what is written meanwhile", arguments: TestDatabase.backends)
    func snapshot(backend: Backend) async throws {
        try await TestDatabase.with(backend, [items]) { database in
            try await Self.fill(database, 1...5)
            let began = AsyncStream.makeStream(of: Void.self)
            let gate = Gate()
            let reading = Task {
                try await database.snapshot { reader in
                    let before = try reader.rowCount(of: "items")
                    began.continuation.finish()
                    gate.wait()
                    return (before, try reader.rowCount(of: "items"))
                }
            }
            for await _ in began.stream {}
            try await Self.fill(database, 6...9)
            gate.open()
            #expect(try await reading.value == (5, 5))
        }
    }

    @Test("the size is known, and a checkpoint empties the log", arguments: TestDatabase.backends)
    func size(backend: Backend) async throws {
        try await TestDatabase.with(backend, [items]) { database in
            try await Self.fill(database, 1...2000)
            try await database.checkpoint()
            try await eventually("a size") { database.sizeBytes > 100_000 }
            guard case .sqlite(let path) = database.location else { return }
            var status = stat()
            #expect(unsafe stat(path + "-wal", &status) == 0)
            #expect(status.st_size == 0)
        }
    }
}
