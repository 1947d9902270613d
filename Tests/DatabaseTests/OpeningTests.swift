import Database
import FoundationEssentials
import Glibc
import TestSupport
import Testing

@Suite("Opening", .tags(.database), .timeLimit(.minutes(10)))
struct OpeningTests {
    @Test func aNewFileIsForItsOwnerOnly() async throws {
        try await TestDatabase.withFolder { folder in
            let path = folder + "/new.db"
            let database = try await Database.open(.sqlite(path: path))
            try await database.migrate([items])
            for file in [path, path + "-wal"] {
                var status = stat()
                #expect(unsafe stat(file, &status) == 0)
                #expect(status.st_mode & 0o777 == 0o600)
            }
            await database.close()
            #expect(!FileManager.default.fileExists(atPath: path + "-wal"), "closing leaves one file")
        }
    }

    @Test(
        "a file that is no database is told from others",
        arguments: [1, 500])
    func garbage(lines: Int) async throws {
        let content = String(repeating: "not a database\n", count: lines)
        try await TestDatabase.withFolder { folder in
            let path = folder + "/text.db"
            try content.write(toFile: path, atomically: true, encoding: .utf8)
            let error = await #expect(throws: DatabaseError.self) { _ = try await Database.open(.sqlite(path: path)) }
            #expect(error?.reason == .notADatabase)
            #expect(error?.message.contains(path) == true)
            let kept = try String(contentsOfFile: path, encoding: .utf8)
            #expect(kept == content, "what is not ours stays as it is")
        }
    }

    @Test func damagedPagesAreFound() async throws {
        try await TestDatabase.withFolder { folder in
            let path = folder + "/damaged.db"
            try await fill(path)
            let file = unsafe open(path, O_WRONLY)
            let rubbish = [UInt8](repeating: 0x5a, count: 4096)
            for page in 3...8 { _ = unsafe pwrite(file, rubbish, rubbish.count, page * 4096) }
            close(file)
            let database = try await Database.open(.sqlite(path: path))
            let error = await #expect(throws: DatabaseError.self) {
                try await database.read { try $0.query("SELECT name, note FROM items") { _ in } }
            }
            #expect(error?.reason == .corrupted)
            let problems = try? await database.integrityCheck()
            #expect(problems?.isEmpty != true)
            await database.close()
        }
    }

    private func fill(_ path: String) async throws {
        let database = try await Database.open(.sqlite(path: path))
        try await database.migrate([items])
        try await database.write { tx in
            for id in 1...500 {
                try tx.execute(
                    "INSERT INTO items (id, name, note) VALUES ($1, $2, $3)",
                    [Value(id), .text("n\(id)"), .text(String(repeating: "x", count: 200))])
            }
        }
        #expect(try await database.integrityCheck() == [])
        await database.close()
    }

    @Test func aMissingFolderIsNamed() async throws {
        try await TestDatabase.withFolder { folder in
            let path = folder + "/missing/new.db"
            let error = await #expect(throws: DatabaseError.self) { _ = try await Database.open(.sqlite(path: path)) }
            #expect(error?.reason == .cannotOpen)
            #expect(error?.message.contains("create \(folder)/missing first") == true)
        }
    }

    @Test func aFolderIsNoDatabase() async throws {
        try await TestDatabase.withFolder { folder in
            let error = await #expect(throws: DatabaseError.self) { _ = try await Database.open(.sqlite(path: folder)) }
            #expect(error?.reason == .cannotOpen)
            #expect(error?.message.contains("is a folder") == true)
        }
    }

    @Test("a copy opened for reading is not changed by a byte")
    func readOnly() async throws {
        try await TestDatabase.withFolder { folder in
            let path = folder + "/a#b 100%?.db"
            try await fill(path)
            let before = try Data(contentsOf: URL(filePath: path))
            let copy = try await Database.open(.sqlite(path: path), readOnly: true)
            #expect(try await count(copy) == 500)
            #expect(try await copy.appliedMigrations() == ["0001-items"])
            #expect(try await copy.integrityCheck() == [])
            let error = await #expect(throws: DatabaseError.self) {
                try await copy.write { try $0.execute("DELETE FROM items") }
            }
            #expect(error?.reason == .readOnly)
            await copy.close()
            let after = try Data(contentsOf: URL(filePath: path))
            #expect(after == before)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(names == ["a#b 100%?.db"])
        }
    }

    @Test(
        "no server gives a clear error without the password",
        arguments: [
            "postgresql://user:sekret@127.0.0.1:1/name", "postgresql://user:sek/ret@127.0.0.1:x/name",
            "postgresql://user@127.0.0.1:1/name?password=sekret",
            "postgresql://user:pass@sekret@127.0.0.1:1/name",
        ])
    func noServer(url: String) async throws {
        let error = await #expect(throws: DatabaseError.self) {
            _ = try await Database.open(DatabaseLocation(url: url))
        }
        #expect(error?.reason == .cannotOpen)
        #expect(error?.description.contains("sek") == false)
    }
}

@Suite("Locations")
struct LocationTests {
    @Test(
        "URLs are read, and shown without secrets",
        arguments: [
            ("sqlite:///data/marquee.db", "/data/marquee.db"), ("marquee.db", "marquee.db"),
            ("postgresql://me:p@ss@host:5432/db?sslmode=require&password=x", "postgresql://me@host:5432/db"),
            ("postgres://host/db", "postgres://host/db"),
        ])
    func described(url: String, shown: String) throws {
        #expect(try DatabaseLocation(url: url).description == shown)
    }

    @Test(arguments: ["", "sqlite://", "mysql://host/db"])
    func othersAreRefused(url: String) {
        #expect(throws: DatabaseError.self) { _ = try DatabaseLocation(url: url) }
    }
}
