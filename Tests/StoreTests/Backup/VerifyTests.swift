import Database
import TestSupport
import Testing

@testable import Store

@Suite("Verifying a backup", .timeLimit(.minutes(10)))
struct VerifyTests {
    @Test("finds one changed byte anywhere in the data", arguments: TestDatabase.backends)
    func flippedByte(backend: Backend) async throws {
        try await check(backend) { backup, data in
            try edit(data) { $0[$0.count / 2] ^= 1 }
        } expecting: {
            $0.contains("SHA-256")
        }
    }

    @Test("finds a file that was cut", arguments: TestDatabase.backends)
    func cut(backend: Backend) async throws {
        try await check(backend) { backup, data in
            try edit(data) { $0.removeLast(3) }
        } expecting: {
            $0.contains("bytes, the manifest says")
        }
    }

    @Test("finds a missing file", arguments: TestDatabase.backends)
    func missing(backend: Backend) async throws {
        try await check(backend) { backup, data in
            try Folder.rename(data, to: backup.path + "/elsewhere")
        } expecting: {
            $0.contains("is missing")
        }
    }

    @Test("finds a count that is not that of the data", arguments: TestDatabase.backends)
    func count(backend: Backend) async throws {
        try await check(backend) { backup, data in
            try replace("\"lefts\":20", by: "\"lefts\":21", in: backup.path + "/manifest.json")
        } expecting: {
            $0.contains("21 rows") && $0.contains("20 rows")
        }
    }

    @Test("finds a table that the manifest does not have", arguments: TestDatabase.backends)
    func table(backend: Backend) async throws {
        try await check(backend) { backup, data in
            try replace("\"lefts\":20,", by: "", in: backup.path + "/manifest.json")
        } expecting: {
            $0.contains("lefts: the manifest says no rows") || $0.contains("one file for each table")
        }
    }

    @Test("finds damage inside a SQLite copy even when the sum is right")
    func damagedPages() async throws {
        try await check(.sqlite) { backup, data in
            let before = try FileSum.of(data).sha256
            try edit(data) { bytes in for index in 4_096..<bytes.count { bytes[index] = 0x5A } }
            try replace(before, by: FileSum.of(data).sha256, in: backup.path + "/manifest.json")
        } expecting: {
            !$0.isEmpty
        }
    }

    @Test("changes nothing in the backup")
    func unchanged() async throws {
        try await BackupWorld.with(.sqlite) { world in
            try await world.open { database, backups in
                try await addPair(1, to: database)
                let backup = try await backups.create(reason: .manual)
                let before = try FileSum.of(backup.path + "/marquee.db")
                _ = try await backups.verify(backup.id)
                #expect(try FileSum.of(backup.path + "/marquee.db") == before)
                #expect(try Folder.names(in: backup.path) == ["manifest.json", "marquee.db"])
            }
        }
    }

    /// Makes a backup of twenty pairs, damages it, and looks at what is found; a restore must then refuse it.
    private func check(
        _ backend: Backend, damage: (BackupInfo, _ data: String) throws -> Void, expecting isExpected: (String) -> Bool
    ) async throws {
        try await BackupWorld.with(backend) { world in
            let backup = try await world.open { database, backups in
                for id in 1...20 { try await addPair(Int64(id), to: database) }
                let backup = try await backups.create(reason: .manual)
                try damage(backup, backup.path + (backend == .sqlite ? "/marquee.db" : "/lefts.copy"))
                let found = try await backups.verify(backup.id)
                #expect(!found.isSound)
                let isFound = found.problems.contains(where: isExpected)
                #expect(isFound, "\(found.problems)")
                return backup
            }
            let error = await #expect(throws: BackupError.self) { try await world.restore(backup.id) }
            #expect(error?.reason == .damaged)
            #expect(world.names == [backup.id])
        }
    }
}
