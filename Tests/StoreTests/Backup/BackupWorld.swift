import Database
import Glibc
import Media
import Synchronization
import TestSupport
import Testing

@testable import Store

/// Two small tables that every transaction of these tests changes together, with values that are hard to copy.
let pairs = [
    Migration(
        "0001-pairs",
        """
        CREATE TABLE lefts (id {id}, name {text} NOT NULL, picture {blob}, weight {real}) {strict};
        CREATE TABLE rights (id {id}, name {text}) {strict}
        """)
]
/// The next version of them.
let pairsWithNote = pairs + [Migration("0002-note", "ALTER TABLE lefts ADD COLUMN note {text} NOT NULL DEFAULT 'none'")]

/// A database and a folder for its backups.
struct BackupWorld: Sendable {
    let location: DatabaseLocation
    let directory: String
    let seconds = Seconds()

    static func with<R>(_ backend: Backend, _ body: (BackupWorld) async throws -> R) async throws -> R {
        try await TestDatabase.withFolder { folder in
            try await TestDatabase.withLocation(backend) { location in
                try await body(BackupWorld(location: location, directory: folder + "/backups"))
            }
        }
    }

    /// Opens the database, migrated.
    func open<R>(
        _ migrations: [Migration] = pairs, _ body: (Database, Backups) async throws -> R
    ) async throws -> R {
        let database = try await Database.open(location)
        do {
            try await database.migrate(migrations)
            let result = try await body(database, backups(database))
            await database.close()
            return result
        } catch {
            await database.close()
            throw error
        }
    }

    func backups(
        _ database: Database, freeBytes: @escaping @Sendable (String) -> Int64? = { _ in .max }
    ) -> Backups {
        Backups(
            database: database, directory: directory, version: "1.2.3", now: { [seconds] in seconds.next() },
            freeBytes: freeBytes)
    }

    func restore(_ id: String, migrations: [Migration] = pairs) async throws -> RestoreReport {
        try await Restore(
            into: location, from: directory, version: "1.2.4", migrations: migrations,
            now: { [seconds] in seconds.next() }
        ).run(id)
    }

    /// The names in the folder of backups, hidden ones too.
    var names: [String] { (try? Folder.names(in: directory)) ?? [] }
}

/// A clock that is a second later each time.
final class Seconds: Sendable {
    private let passed = Mutex<Int64>(0)

    func next() -> Timestamp {
        let second = passed.withLock { passed in
            defer { passed += 1 }
            return passed
        }
        return Timestamp(milliseconds: 1_795_176_000_000 + second * 1_000)  // 2026-11-20T12:00:00Z
    }
}

/// Adds one row to each table.
func addPair(_ id: Int64, to database: Database) async throws {
    try await database.write { tx in
        let name: Value = .text("tab\tline\nback\\slash ü 🎬 \(id)")
        try tx.execute(
            "INSERT INTO lefts (id, name, picture, weight) VALUES ($1, $2, $3, $4)",
            [.integer(id), name, id % 2 == 0 ? .null : .blob([0, 10, 255, UInt8(truncatingIfNeeded: id)]), .real(0.1)])
        try tx.execute(
            "INSERT INTO rights (id, name) VALUES ($1, $2)", [.integer(id), id % 2 == 0 ? .null : .text("")])
    }
}

/// All there is in both tables.
func content(_ database: Database) async throws -> [String] {
    try await database.read { reader in
        try reader.rows("SELECT id, name, picture, weight FROM lefts ORDER BY id") {
            "\($0.integer(0)) \($0.text(1)) \(String(describing: $0.blob(2))) \($0.real(3))"
        }
            + reader.rows("SELECT id, name FROM rights ORDER BY id") {
                "\($0.integer(0)) \($0.optionalText(1) ?? "NULL")"
            }
    }
}

/// Changes a file in place.
func edit(_ path: String, _ change: (inout [UInt8]) -> Void) throws {
    var bytes = try read(path)
    change(&bytes)
    try write(bytes, to: path)
}

func read(_ path: String) throws -> [UInt8] {
    let file = try InputFile(path)
    var bytes: [UInt8] = []
    while let chunk = try file.next() { bytes += chunk }
    return bytes
}

func write(_ bytes: [UInt8], to path: String) throws {
    unsafe unlink(path)
    var file = try OutputFile(path)
    try file.write(bytes)
    _ = try file.finish()
}

func replace(_ old: String, by new: String, in path: String) throws {
    try edit(path) { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        guard let range = text.firstRange(of: old) else {
            Issue.record("\(old) is not in \(path)")
            return
        }
        bytes = Array(text.replacingCharacters(in: range, with: new).utf8)
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<String.Index>, with new: String) -> String {
        String(self[..<range.lowerBound]) + new + String(self[range.upperBound...])
    }
}
