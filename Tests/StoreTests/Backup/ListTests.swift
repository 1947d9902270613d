import Database
import Glibc
import Media
import TestSupport
import Testing

@testable import Store

@Suite("The list of backups", .timeLimit(.minutes(10)))
struct ListTests {
    @Test("is empty before the first one")
    func empty() async throws {
        try await BackupWorld.with(.sqlite) { world in
            try await world.open { _, backups in
                let list = try await backups.list()
                #expect(list == [])
            }
        }
    }

    @Test("shows the newest first, as they were made", arguments: TestDatabase.backends)
    func newestFirst(backend: Backend) async throws {
        try await BackupWorld.with(backend) { world in
            try await world.open { _, backups in
                var made: [BackupInfo] = []
                for reason in BackupReason.allCases { made.append(try await backups.create(reason: reason)) }
                #expect(try await backups.list() == made.reversed())
            }
        }
    }

    @Test("shows damaged manifests as damaged")
    func damaged() async throws {
        try await BackupWorld.with(.sqlite) { world in
            try await world.open { _, backups in
                let cut = try await backups.create(reason: .manual)
                try edit(cut.path + "/manifest.json") { $0.removeLast(40) }
                let lost = try await backups.create(reason: .schedule)
                try Folder.rename(lost.path + "/manifest.json", to: world.directory + "/elsewhere")
                let outside = try await backups.create(reason: .restore)
                try replace("\"marquee.db\"", by: "\"../marquee.db\"", in: outside.path + "/manifest.json")
                let newer = try await backups.create(reason: .migration)
                try replace("\"format\":1", by: "\"format\":2", in: newer.path + "/manifest.json")
                let list = try await backups.list()
                #expect(list.map(\.id) == [newer.id, outside.id, lost.id, cut.id])
                #expect(list.map(\.reason) == [.migration, .restore, .schedule, .manual])
                #expect(list.allSatisfy { $0.damage != nil })
                for backup in list { #expect(try await backups.verify(backup.id).problems == [backup.damage]) }
            }
        }
    }

    @Test("leaves out what crashes left, what is not ours, and links; the next backup clears leftovers away")
    func leftovers() async throws {
        try await BackupWorld.with(.sqlite) { world in
            try await world.open { _, backups in
                for name in [".unfinished-2026-11-20T11-00-00Z-manual", "photos", "lost+found"] {
                    try Folder.create(world.directory + "/" + name)
                    try write([1], to: world.directory + "/" + name + "/marquee.db")
                }
                let link = world.directory + "/2026-11-20T11-00-00Z-schedule"
                #expect(unsafe symlink(world.directory + "/photos", link) == 0)
                #expect(try await backups.list() == [])
                unsafe unlink(link)
                let backup = try await backups.create(reason: .manual)
                #expect(world.names == [backup.id, "lost+found", "photos"])
                try Folder.rename(backup.path, to: world.directory + "/before-the-move")
                #expect(try await backups.list().map(\.id) == ["before-the-move"])
                #expect(try await backups.verify("before-the-move").problems == [])
            }
        }
    }

    @Test(
        "is cut by pruning, but never of the newest, of damaged ones, or of what is not ours",
        arguments: TestDatabase.backends)
    func prune(backend: Backend) async throws {
        try await BackupWorld.with(backend) { world in
            try await world.open { _, backups in
                #expect(try await backups.prune(keep: 3) == [])
                var made: [String] = []
                for _ in 1...7 { made.append(try await backups.create(reason: .schedule).id) }
                try write([1], to: world.directory + "/" + made[0] + "/notes.txt")
                try edit(world.directory + "/" + made[1] + "/manifest.json") { $0.removeAll() }
                try Folder.rename(world.directory + "/" + made[2], to: world.directory + "/keep-me")
                try Folder.create(world.directory + "/photos")
                #expect(try await backups.prune(keep: 9) == [])
                #expect(try await backups.prune(keep: 3) == [made[3]])
                #expect(try await backups.prune(keep: 0) == [made[5], made[4]])
                #expect(world.names == [made[0], made[1], made[6], "keep-me", "photos"])
            }
        }
    }

    @Test(
        "finds nothing under names that could lead elsewhere",
        arguments: [
            "", ".", "..", "../backups", "/etc", "a/b", "a\\b", "a\0b", "%2e%2e", "ä", ".unfinished-a", "a b", "x.db",
            String(repeating: "a", count: 65),
        ])
    func traversal(id: String) async throws {
        try await BackupWorld.with(.sqlite) { world in
            try await world.open { _, backups in
                let error = await #expect(throws: BackupError.self) { try await backups.verify(id) }
                #expect(error?.reason == .invalidID)
                let refusal = await #expect(throws: BackupError.self) { try await world.restore(id) }
                #expect(refusal?.reason == .invalidID)
            }
        }
    }

    @Test("tells when there is no such backup")
    func notFound() async throws {
        try await BackupWorld.with(.sqlite) { world in
            try await world.open { _, backups in
                let error = await #expect(throws: BackupError.self) {
                    try await backups.verify("2026-11-20T12-00-00Z-manual")
                }
                #expect(error?.reason == .notFound)
            }
        }
    }
}
