import Database
import Glibc
import TestSupport
import Testing

@testable import Store

@Suite("Restoring a backup", .timeLimit(.minutes(10)))
struct RestoreTests {
    @Test("brings its state back, and backs the present one up first", arguments: TestDatabase.backends)
    func bringsBack(backend: Backend) async throws {
        try await BackupWorld.with(backend) { world in
            let (backup, before, after) = try await world.open { database, backups in
                for id in 1...300 { try await addPair(Int64(id), to: database) }
                let before = try await content(database)
                let backup = try await backups.create(reason: .manual)
                try await database.write { tx in
                    try tx.execute("DELETE FROM lefts WHERE id < 100")
                    try tx.execute("UPDATE rights SET name = 'changed'")
                }
                return (backup, before, try await content(database))
            }
            let report = try await world.restore(backup.id)
            #expect(report.backup == backup)
            #expect(report.pending == [])
            try await world.open { database, _ in
                #expect(try await content(database) == before)
                try await addPair(301, to: database)
            }
            guard case .backup(let kept) = report.kept else {
                Issue.record("the present state was not kept")
                return
            }
            #expect(kept.reason == .restore)
            _ = try await world.restore(kept.id)
            try await world.open { database, _ in
                let found = try await content(database)
                #expect(found == after)
            }
        }
    }

    @Test("leaves one file behind, readable by its owner only")
    func oneFile() async throws {
        try await BackupWorld.with(.sqlite) { world in
            let backup = try await world.open { _, backups in try await backups.create(reason: .manual) }
            _ = try await world.restore(backup.id)
            let path = try #require(world.path)
            #expect(try Folder.names(in: String(path.dropLast("/test.db".count))) == ["test.db"])
            var status = stat()
            #expect(unsafe stat(path, &status) == 0)
            #expect(status.st_mode & 0o777 == 0o600)
        }
    }

    @Test("of an older schema leaves the rest to the next start")
    func olderSchema() async throws {
        try await BackupWorld.with(.sqlite) { world in
            let (backup, before) = try await world.open { database, backups in
                for id in 1...5 { try await addPair(Int64(id), to: database) }
                return (try await backups.create(reason: .migration), try await content(database))
            }
            try await world.open(pairsWithNote) { database, _ in try await addPair(6, to: database) }
            let report = try await world.restore(backup.id, migrations: pairsWithNote)
            #expect(report.pending == ["0002-note"])
            try await world.open(pairsWithNote) { database, _ in
                #expect(try await content(database) == before)
                let notes = try await database.read { try $0.rows("SELECT note FROM lefts") { $0.text(0) } }
                #expect(notes == Array(repeating: "none", count: 5))
            }
        }
    }

    @Test("of an older schema needs an empty server", .enabled(if: TestDatabase.backends.contains(.postgresql)))
    func olderSchemaOnServer() async throws {
        try await BackupWorld.with(.postgresql) { world in
            let (backup, before) = try await world.open { database, backups in
                for id in 1...5 { try await addPair(Int64(id), to: database) }
                return (try await backups.create(reason: .migration), try await content(database))
            }
            try await world.open(pairsWithNote) { _, _ in }
            let error = await #expect(throws: BackupError.self) {
                try await world.restore(backup.id, migrations: pairsWithNote)
            }
            #expect(error?.reason == .otherSchema)
            #expect(world.names == [backup.id])
            try await TestDatabase.withLocation(.postgresql) { fresh in
                let other = BackupWorld(location: fresh, directory: world.directory)
                #expect(try await other.restore(backup.id, migrations: pairsWithNote).pending == ["0002-note"])
                try await other.open(pairsWithNote) { database, _ in
                    let found = try await content(database)
                    #expect(found == before)
                }
            }
        }
    }

    @Test("goes back to the state before a migration, with the older version")
    func backToOlderVersion() async throws {
        try await BackupWorld.with(.sqlite) { world in
            let (backup, before) = try await world.open { database, backups in
                try await addPair(1, to: database)
                return (try await backups.create(reason: .migration), try await content(database))
            }
            try await world.open(pairsWithNote) { database, _ in try await addPair(2, to: database) }
            let report = try await world.restore(backup.id)
            guard case .backup(let kept) = report.kept else {
                Issue.record("the present state was not kept")
                return
            }
            #expect(kept.schema == pairsWithNote.map(\.id))
            try await world.open { database, _ in
                let found = try await content(database)
                #expect(found == before)
            }
        }
    }

    @Test("of a newer schema is refused and changes nothing", arguments: TestDatabase.backends)
    func newerSchema(backend: Backend) async throws {
        try await BackupWorld.with(backend) { world in
            let (backup, before) = try await world.open(pairsWithNote) { database, backups in
                let backup = try await backups.create(reason: .manual)
                try await addPair(1, to: database)
                return (backup, try await content(database))
            }
            let error = await #expect(throws: BackupError.self) {
                try await world.restore(backup.id, migrations: pairs)
            }
            #expect(error?.reason == .newerSchema)
            #expect(error?.message.contains("is at schema 2, this version knows 1") == true)
            #expect(world.names == [backup.id])
            try await world.open(pairsWithNote) { database, _ in
                let found = try await content(database)
                #expect(found == before)
            }
        }
    }

    @Test("works when the database is lost", arguments: TestDatabase.backends)
    func lost(backend: Backend) async throws {
        try await BackupWorld.with(backend) { world in
            let (backup, before) = try await world.open { database, backups in
                for id in 1...5 { try await addPair(Int64(id), to: database) }
                return (try await backups.create(reason: .manual), try await content(database))
            }
            try await TestDatabase.withLocation(backend) { fresh in
                let other = BackupWorld(location: fresh, directory: world.directory)
                #expect(try await other.restore(backup.id).kept == .nothing)
                try await other.open { database, _ in
                    let found = try await content(database)
                    #expect(found == before)
                }
            }
        }
    }

    @Test("sets a SQLite file aside that is too damaged for a backup")
    func damagedPresent() async throws {
        try await BackupWorld.with(.sqlite) { world in
            let (backup, before) = try await world.open { database, backups in
                for id in 1...50 { try await addPair(Int64(id), to: database) }
                return (try await backups.create(reason: .manual), try await content(database))
            }
            let path = try #require(world.path)
            try write(Array("this is not a database".utf8), to: path)
            let report = try await world.restore(backup.id)
            guard case .file(let aside) = report.kept else {
                Issue.record("the damaged file was not kept")
                return
            }
            #expect(try String(decoding: read(aside), as: UTF8.self) == "this is not a database")
            #expect(world.names == [backup.id])
            try await world.open { database, _ in
                let found = try await content(database)
                #expect(found == before)
            }
        }
    }

    @Test("clears away what a crashed restore left")
    func crashed() async throws {
        try await BackupWorld.with(.sqlite) { world in
            let backup = try await world.open { _, backups in try await backups.create(reason: .manual) }
            let path = try #require(world.path)
            try write([1, 2, 3], to: path + ".restoring")
            _ = try await world.restore(backup.id)
            #expect(!Folder.exists(path + ".restoring"))
        }
    }

    @Test("rolls back when a row does not fit", .enabled(if: TestDatabase.backends.contains(.postgresql)))
    func rollsBack() async throws {
        try await BackupWorld.with(.postgresql) { world in
            let (backup, before) = try await world.open { database, backups in
                try await addPair(1, to: database)
                let backup = try await backups.create(reason: .manual)
                let data = backup.path + "/rights.copy"
                let sum = try FileSum.of(data)
                try write(Array("x\ty\n".utf8), to: data)
                let manifest = backup.path + "/manifest.json"
                try replace(sum.sha256, by: FileSum.of(data).sha256, in: manifest)
                try replace(
                    "\"table\":\"rights\",\"bytes\":\(sum.bytes)", by: "\"table\":\"rights\",\"bytes\":4", in: manifest)
                try await addPair(2, to: database)
                return (backup, try await content(database))
            }
            let error = await #expect(throws: BackupError.self) { try await world.restore(backup.id) }
            #expect(error?.message.contains("is as it was") == true)
            try await world.open { database, _ in
                let found = try await content(database)
                #expect(found == before)
            }
        }
    }

    @Test("of the other kind of database is refused", .enabled(if: TestDatabase.backends.contains(.postgresql)))
    func otherBackend() async throws {
        try await BackupWorld.with(.sqlite) { world in
            let backup = try await world.open { _, backups in try await backups.create(reason: .manual) }
            try await TestDatabase.withLocation(.postgresql) { server in
                let other = BackupWorld(location: server, directory: world.directory)
                let error = await #expect(throws: BackupError.self) { try await other.restore(backup.id) }
                #expect(error?.reason == .otherBackend)
            }
        }
    }
}

extension BackupWorld {
    /// The SQLite file.
    fileprivate var path: String? {
        guard case .sqlite(let path) = location else { return nil }
        return path
    }
}
