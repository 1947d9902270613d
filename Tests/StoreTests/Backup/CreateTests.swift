import Database
import Glibc
import Media
import TestSupport
import Testing

@testable import Store

@Suite("Backups are made", .timeLimit(.minutes(10)))
struct CreateTests {
    @Test("while work goes on, and show one moment of it", arguments: TestDatabase.backends)
    func whileWriting(backend: Backend) async throws {
        try await BackupWorld.with(backend) { world in
            try await world.open { database, backups in
                for id in 1...50 { try await addPair(Int64(id), to: database) }
                let writing = Task {
                    var id: Int64 = 1_000
                    while !Task.isCancelled {
                        try await addPair(id, to: database)
                        id += 1
                    }
                }
                for _ in 1...3 {
                    let backup = try await backups.create(reason: .manual)
                    let lefts = try #require(backup.tables["lefts"])
                    #expect(lefts >= 50)
                    #expect(backup.tables["rights"] == lefts)
                    let verification = try await backups.verify(backup.id)
                    #expect(verification.problems == [])
                    #expect(verification.backup == backup)
                }
                writing.cancel()
                try await writing.value
            }
        }
    }

    @Test("with the whole schema of Marquee", arguments: TestDatabase.backends)
    func wholeSchema(backend: Backend) async throws {
        try await BackupWorld.with(backend) { world in
            try await world.open(Schema.migrations) { _, backups in
                let backup = try await backups.create(reason: .migration)
                #expect(backup.schema == Schema.migrations.map(\.id))
                #expect(backup.tables["requests"] == 0)
                #expect(backup.tables["schema_migrations"] == Int64(Schema.migrations.count))
                #expect(try await backups.verify(backup.id).problems == [])
            }
        }
    }

    @Test("readable by their owner only, under a name that tells time and reason", arguments: TestDatabase.backends)
    func modes(backend: Backend) async throws {
        try await BackupWorld.with(backend) { world in
            try await world.open { database, backups in
                try await addPair(1, to: database)
                let backup = try await backups.create(reason: .schedule)
                #expect(backup.id == "2026-11-20T12-00-00Z-schedule")
                #expect(backup.version == "1.2.3")
                #expect(backup.backend == backend)
                #expect(backup.rows == 3)
                #expect(mode(world.directory) == 0o700)
                #expect(mode(backup.path) == 0o700)
                for name in try Folder.names(in: backup.path) { #expect(mode(backup.path + "/" + name) == 0o600) }
                #expect(world.names == [backup.id])
            }
        }
    }

    @Test("under different names also within one second")
    func sameSecond() async throws {
        try await BackupWorld.with(.sqlite) { world in
            try await world.open { database, _ in
                let backups = Backups(
                    database: database, directory: world.directory, version: "1",
                    now: { Timestamp(milliseconds: 1_795_176_000_999) })
                for _ in 1...3 { try await backups.create(reason: .manual) }
                let expected = ["", "-2", "-3"].map { "2026-11-20T12-00-00Z-manual" + $0 }
                #expect(world.names == expected)
                #expect(try await backups.list().map(\.id) == expected.reversed())
            }
        }
    }

    @Test(
        "not at all when the disk has no room, which is said before anything is copied",
        arguments: TestDatabase.backends)
    func noRoom(backend: Backend) async throws {
        try await BackupWorld.with(backend) { world in
            try await world.open { database, _ in
                let backups = world.backups(database, freeBytes: { _ in 1_000_000 })
                let error = await #expect(throws: BackupError.self) { try await backups.create(reason: .manual) }
                #expect(error?.reason == .noSpace)
                #expect(error?.message.contains("1 MB are free") == true)
                #expect(world.names == [])
            }
        }
    }

    @Test("not at all when the disk gets full meanwhile", arguments: TestDatabase.backends)
    func diskFull(backend: Backend) async throws {
        try await BackupWorld.with(backend) { world in
            try await world.open { database, backups in
                try await database.write { tx in
                    let name = String(repeating: "x", count: 100_000)
                    for id in 1...40 {
                        try tx.execute(
                            "INSERT INTO rights (id, name) VALUES ($1, $2)", [.integer(Int64(id)), .text(name)])
                    }
                }
                try Folder.create(world.directory)
                guard unsafe mount("none", world.directory, "tmpfs", 0, "size=1m") == 0 else {
                    try Test.cancel("only root may mount a small disk")
                }
                defer { unsafe umount(world.directory) }
                let error = await #expect(throws: BackupError.self) { try await backups.create(reason: .manual) }
                #expect(error?.reason == .noSpace, "\(String(describing: error))")
                #expect(world.names == [])
            }
        }
    }

    @Test("of an empty database too", arguments: TestDatabase.backends)
    func empty(backend: Backend) async throws {
        try await BackupWorld.with(backend) { world in
            let database = try await Database.open(world.location)
            let backups = world.backups(database)
            let backup = try await backups.create(reason: .manual)
            #expect(backup.rows == 0)
            #expect(try await backups.list() == [backup])
            #expect(try await backups.verify(backup.id).problems == [])
            await database.close()
        }
    }

    @Test("not at all when the database fails, and nothing is left")
    func databaseClosed() async throws {
        try await BackupWorld.with(.sqlite) { world in
            let database = try await Database.open(world.location)
            await database.close()
            let error = await #expect(throws: BackupError.self) {
                try await world.backups(database).create(reason: .manual)
            }
            #expect(error?.message.contains("nothing of it was kept") == true)
            #expect(world.names == [])
        }
    }

    @Test("one at a time in a folder")
    func oneAtATime() async throws {
        try await BackupWorld.with(.sqlite) { world in
            try await world.open { _, backups in
                try Folder.create(world.directory)
                do {
                    let lock = try FolderLock(world.directory)
                    let error = await #expect(throws: BackupError.self) { try await backups.create(reason: .manual) }
                    #expect(error?.reason == .busy)
                    withExtendedLifetime(lock) {}
                }
                try await backups.create(reason: .manual)
            }
        }
    }

    private func mode(_ path: String) -> mode_t {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
    }
}
