import Changes
import Database
import Media
import Store
import TestSupport

/// A store over an empty database of its own.
enum TestStore {
    static func with(_ body: (Store) async throws -> Void) async throws {
        try await TestDatabase.with(.sqlite, Schema.migrations) { database in
            try await body(Store(database, changes: Changes()) { Timestamp(milliseconds: 1_700_000_000_000) })
        }
    }
}
