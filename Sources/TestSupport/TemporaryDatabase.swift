public import Database
import FoundationEssentials

/// Databases that live for one test.
///
///     @Test(arguments: TestDatabase.backends)
///     func keepsRows(backend: Backend) async throws {
///         try await TestDatabase.with(backend) { database in … }
///     }
public enum TestDatabase {
    /// SQLite always; PostgreSQL when `MARQUEE_TEST_POSTGRES` holds the URL of a server (scripts/with-postgres).
    public static let backends: [Backend] = server == nil ? [.sqlite] : [.sqlite, .postgresql]

    /// A test's databases take a few connections each, and a server has only so many.
    private static let turnstile = Turnstile(width: 24)
    /// Whether this test has its place already: a second database of one test never waits for others.
    @TaskLocal private static var isInside = false
    private static let server = ProcessInfo.processInfo.environment["MARQUEE_TEST_POSTGRES"]

    /// Opens a database of its own, migrated, and removes it afterwards.
    @discardableResult
    public static func with<R>(
        _ backend: Backend, _ migrations: [Migration] = [], readers: Int = 2,
        _ body: (Database) async throws -> R
    ) async throws -> R {
        try await withLocation(backend) { location in
            let database = try await Database.open(location, readers: readers)
            do {
                try await database.migrate(migrations)
                let result = try await body(database)
                await database.close()
                return result
            } catch {
                await database.close()
                throw error
            }
        }
    }

    /// A place for a database of its own: a file that does not exist yet, or a new and empty database on the server.
    @discardableResult
    public static func withLocation<R>(
        _ backend: Backend, _ body: (DatabaseLocation) async throws -> R
    ) async throws -> R {
        switch backend {
        case .sqlite:
            return try await withFolder { try await body(.sqlite(path: $0 + "/test.db")) }
        case .postgresql:
            if isInside { return try await withServerDatabase(body) }
            return try await turnstile.pass {
                try await $isInside.withValue(true) { try await withServerDatabase(body) }
            }
        }
    }

    /// A folder of its own, removed afterwards.
    @discardableResult
    public static func withFolder<R>(_ body: (_ path: String) async throws -> R) async throws -> R {
        let folder = FileManager.default.temporaryDirectory.appending(path: "marquee-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder.path())
    }

    private static func withServerDatabase<R>(_ body: (DatabaseLocation) async throws -> R) async throws -> R {
        guard let server else { throw MissingServer() }
        let name = "test_" + UUID().uuidString.lowercased().filter { $0 != "-" }
        let location = try await PostgresAdministration.create(name, at: server)
        do {
            let result = try await body(location)
            try await PostgresAdministration.drop(name, at: server)
            return result
        } catch {
            try? await PostgresAdministration.drop(name, at: server)
            throw error
        }
    }

    private struct MissingServer: Error, CustomStringConvertible {
        var description: String { "MARQUEE_TEST_POSTGRES is not set: run the tests through scripts/with-postgres" }
    }
}
