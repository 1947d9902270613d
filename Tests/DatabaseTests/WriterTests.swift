import Database
import Glibc
import TestSupport
import Testing

@Suite("Writer", .tags(.database), .timeLimit(.minutes(10)))
struct WriterTests {
    private static let insert: SQL = "INSERT INTO items (id, name) VALUES ($1, $2)"

    @Test("closing finishes the writes that wait", arguments: TestDatabase.backends)
    func closing(backend: Backend) async throws {
        try await TestDatabase.withLocation(backend) { location in
            let database = try await Database.open(location)
            try await database.migrate([items])
            let gate = Gate()
            let began = AsyncStream.makeStream(of: Void.self)
            let held = Task {
                try await database.write { _ in
                    began.continuation.finish()
                    gate.wait()
                }
            }
            for await _ in began.stream {}
            let beat = database.writerBeat
            #expect(database.writerBeat == beat, "no sign of life while it is busy")
            let writes = (1...20).map { id in
                Task { try await database.write { try $0.execute(Self.insert, [Value(id), .text("n\(id)")]) } }
            }
            try await eventually("all wait") { database.queueDepth == 20 }
            let closed = Task { await database.close() }
            gate.open()
            try await held.value
            for write in writes { #expect(try await write.value == 1) }
            await closed.value
            #expect(database.writerBeat > beat)
            let error = await #expect(throws: DatabaseError.self) { try await database.write { _ in } }
            #expect(error?.reason == .closed)
            await #expect(throws: DatabaseError.self) { try await database.read { _ in } }
            await database.close()

            let again = try await Database.open(location)
            #expect(try await count(again) == 20)
            await again.close()
        }
    }

    @Test("a long body hears of closing, and is rolled back", arguments: TestDatabase.backends)
    func beat(backend: Backend) async throws {
        try await TestDatabase.withLocation(backend) { location in
            let database = try await Database.open(location)
            try await database.migrate([items])
            let began = AsyncStream.makeStream(of: Void.self)
            let plan = Task {
                try await database.writeAlone { tx in
                    try tx.execute(Self.insert, [1, "x"])
                    began.continuation.finish()
                    for _ in 0..<10_000 {
                        try tx.beat()
                        usleep(1000)
                    }
                }
            }
            for await _ in began.stream {}
            await database.close()
            let error = await #expect(throws: DatabaseError.self) { try await plan.value }
            #expect(error?.reason == .closed)
            let again = try await Database.open(location)
            #expect(try await count(again) == 0)
            await again.close()
        }
    }

    @Test("a full disk undoes the transaction and nothing else")
    func diskFull() async throws {
        try await TestDatabase.with(.sqlite, [items]) { database in
            try await database.write { try $0.execute(Self.insert, [1, "kept"]) }
            try await database.write { try $0.query("PRAGMA max_page_count = 60") { _ in } }
            let big = String(repeating: "x", count: 3000)
            let error = await #expect(throws: DatabaseError.self) {
                try await database.write { tx in
                    for id in 2...500 { try tx.execute(Self.insert, [Value(id), .text(big + "\(id)")]) }
                }
            }
            #expect(error?.reason == .full)
            #expect(try await count(database) == 1)
            try await database.write { try $0.query("PRAGMA max_page_count = 100000") { _ in } }
            try await database.write { try $0.execute(Self.insert, [2, "after"]) }
            #expect(try await count(database) == 2)
        }
    }

    @Test("writers of two processes take turns", arguments: TestDatabase.backends)
    func exclusion(backend: Backend) async throws {
        try await TestDatabase.withLocation(backend) { location in
            let first = try await Database.open(location)
            let second = try await Database.open(location)
            try await first.migrate([items])
            try await withThrowingTaskGroup { group in
                for database in [first, second] {
                    for _ in 0..<25 {
                        group.addTask {
                            // Both would take the same number if they ever overlapped.
                            try await database.write { tx in
                                let next = try tx.first("SELECT coalesce(max(id), 0) + 1 FROM items") { $0.integer(0) }
                                usleep(500)
                                try tx.execute(Self.insert, [Value(next), .text("n\(next ?? 0)")])
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await count(first) == 50)
            await first.close()
            await second.close()
        }
    }

    @Test("what was written survives kill -9, and what was not committed does not", arguments: TestDatabase.backends)
    func killed(backend: Backend) async throws {
        try await TestDatabase.withLocation(backend) { location in
            let place =
                switch location {
                case .sqlite(let path): path
                case .postgresql(let url): url
                }
            await #expect(processExitsWith: .signal(SIGKILL)) { [place = place as String] in
                let database = try await Database.open(DatabaseLocation(url: place))
                try await database.migrate([items])
                try await database.write { try $0.execute(Self.insert, [1, "durable"]) }
                try await database.write { tx in
                    try tx.execute(Self.insert, [2, "lost"])
                    kill(getpid(), SIGKILL)
                }
            }
            let database = try await Database.open(location)
            let names = try await database.read { try $0.rows("SELECT name FROM items") { $0.text(0) } }
            #expect(names == ["durable"])
            #expect(try await database.integrityCheck() == [])
            await database.close()
        }
    }
}
