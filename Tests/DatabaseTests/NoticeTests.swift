import Database
import TestSupport
import Testing

@Suite("Notices and locks", .tags(.database), .timeLimit(.minutes(10)))
struct NoticeTests {
    private struct Refused: Error {}

    @Test("a notice comes after the commit, and never from what was rolled back", arguments: TestDatabase.backends)
    func afterCommit(backend: Backend) async throws {
        try await TestDatabase.with(backend, [items]) { database in
            var notices = database.notices().makeAsyncIterator()
            #expect(await notices.next() == "")
            _ = try? await database.write { tx in
                try tx.notify("rolled back")
                throw Refused()
            }
            try await database.write { tx in
                try tx.execute("INSERT INTO items (id, name) VALUES (1, 'x')")
                try tx.notify("one ✓")
            }
            #expect(await notices.next() == "one ✓")
            #expect(try await count(database) == 1)
        }
    }

    @Test("notices reach other processes", .enabled(if: TestDatabase.backends.contains(.postgresql)))
    func otherProcess() async throws {
        try await TestDatabase.with(.postgresql) { database in
            let other = try await Database.open(database.location)
            var notices = other.notices().makeAsyncIterator()
            #expect(await notices.next() == "")
            try await database.write { try $0.notify("hello") }
            #expect(await notices.next() == "hello")
            await other.close()
            #expect(await notices.next() == nil)
        }
    }

    @Test(
        "an empty or huge notice is refused", arguments: TestDatabase.backends,
        ["", String(repeating: "x", count: 8000)])
    func refused(backend: Backend, payload: String) async throws {
        try await TestDatabase.with(backend) { database in
            let error = await #expect(throws: DatabaseError.self) {
                try await database.write { try $0.notify(payload) }
            }
            #expect(error?.reason == .invalidValue)
        }
    }

    @Test("a consumer that falls behind is cut off instead of missing one", arguments: [Backend.sqlite])
    func behind(backend: Backend) async throws {
        try await TestDatabase.with(backend) { database in
            let notices = database.notices()
            for round in 0..<3 {
                try await database.write { tx in
                    for number in 0..<500 { try tx.notify("\(round).\(number)") }
                }
            }
            var received = 0
            for await _ in notices { received += 1 }
            #expect(received == 1024)
        }
    }

    @Test("a named lock has one holder", arguments: TestDatabase.backends)
    func lock(backend: Backend) async throws {
        try await TestDatabase.with(backend) { database in
            let lock = try #require(try await database.tryLock("leader"))
            #expect(lock.isHeld)
            #expect(try await database.tryLock("leader") == nil)
            let other = try #require(try await database.tryLock("other"))
            lock.release()
            await lock.ended()
            #expect(!lock.isHeld)
            try await eventually("the lock is free again") { try await database.tryLock("leader") != nil }
            other.release()
        }
    }
}

@Suite(
    "A lost connection", .tags(.database), .timeLimit(.minutes(10)),
    .enabled(if: TestDatabase.backends.contains(.postgresql)))
struct ConnectionLossTests {
    /// Ends all other connections to this database, as a restart of the server does.
    private func cutOthers(_ database: Database) async throws {
        let other = try await Database.open(database.location)
        try await other.write { tx in
            try tx.query(
                """
                SELECT CAST(pg_terminate_backend(pid, 5000) AS INTEGER) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid()
                """
            ) { _ in }
        }
        await other.close()
    }

    @Test func betweenTransactionsNobodyNotices() async throws {
        try await TestDatabase.with(.postgresql, [items]) { database in
            #expect(try await count(database) == 0)
            try await cutOthers(database)
            try await database.write { try $0.execute("INSERT INTO items (id, name) VALUES (1, 'x')") }
            #expect(try await count(database) == 1)
        }
    }

    @Test func insideATransactionItFailsAndTheNextConnectsAgain() async throws {
        try await TestDatabase.with(.postgresql, [items]) { database in
            let error = await #expect(throws: DatabaseError.self) {
                try await database.write { tx in
                    try tx.execute("INSERT INTO items (id, name) VALUES (1, 'x')")
                    try tx.query("SELECT pg_terminate_backend(pg_backend_pid())") { _ in }
                }
            }
            #expect(error?.reason == .connectionLost)
            #expect(error?.isTransient == true)
            try await database.write { try $0.execute("INSERT INTO items (id, name) VALUES (1, 'x')") }
            #expect(try await count(database) == 1)
        }
    }

    @Test("listening begins again, and says so")
    func listening() async throws {
        try await TestDatabase.with(.postgresql) { database in
            var notices = database.notices().makeAsyncIterator()
            #expect(await notices.next() == "")
            try await cutOthers(database)
            #expect(await notices.next() == "", "something may have been missed")
            try await database.write { try $0.notify("after") }
            #expect(await notices.next() == "after")
        }
    }

    @Test("the holder of a session lock is told")
    func lock() async throws {
        try await TestDatabase.with(.postgresql) { database in
            let lock = try #require(try await database.tryLock("leader"))
            try await cutOthers(database)
            await lock.ended()
            #expect(!lock.isHeld)
            #expect(try await database.tryLock("leader") != nil)
        }
    }
}
