import Database
import FoundationEssentials
import Glibc

/// The file itself, opened without changing a byte of it.
enum EarlierFile {
    /// Opens the database for the time of `body`.
    ///
    /// The earlier tracker wrote ahead: what it wrote last may still be in the file beside, `FILE-wal`, above all when it
    /// was killed. Both are then copied, and the copy is opened, because reading such a pair means writing to it.
    static func withDatabase<R: Sendable>(
        _ path: String, _ body: (Database) async throws -> R
    ) async throws -> R {
        guard FileManager.default.fileExists(atPath: path) else { throw EarlierTrackerError.missing(path) }
        guard hasLog(path) else { return try await opened(path, readOnly: true, body) }
        let folder = FileManager.default.temporaryDirectory.appending(path: "marquee-import-\(UUID().uuidString)").path
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let copy = folder + "/tracker.db"
            try FileManager.default.copyItem(atPath: path, toPath: copy)
            try FileManager.default.copyItem(atPath: path + "-wal", toPath: copy + "-wal")
            return try await opened(copy, readOnly: false, body)
        }
    }

    private static func hasLog(_ path: String) -> Bool {
        var info = stat()
        return unsafe stat(path + "-wal", &info) == 0 && info.st_size > 0
    }

    private static func opened<R: Sendable>(
        _ path: String, readOnly: Bool, _ body: (Database) async throws -> R
    ) async throws -> R {
        let database = try await Database.open(.sqlite(path: path), readers: 1, readOnly: readOnly)
        do {
            let result = try await body(database)
            await database.close()
            return result
        } catch {
            await database.close()
            throw error
        }
    }
}

/// Why there is nothing to import.
enum EarlierTrackerError: Error, Hashable, CustomStringConvertible {
    case missing(String)
    case otherDatabase(String)
    case missingColumns(String, [String])

    var description: String {
        switch self {
        case .missing(let path): "There is no file \(path)."
        case .otherDatabase(let path):
            "\(path) is not the earlier tracker's database: it lacks the tables requests and timeline_events."
        case .missingColumns(let table, let columns):
            "The table \(table) lacks \(columns.joined(separator: ", ")), without which it cannot be read."
        }
    }
}
