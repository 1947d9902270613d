import Database
import Glibc
import Synchronization
import Testing

extension Tag {
    @Tag static var database: Self
}

/// A small table with a unique key, on both backends.
let items = Migration(
    "0001-items",
    """
    CREATE TABLE items (id {id}, name {text} NOT NULL UNIQUE, note {text}, picture {blob}, weight {real},
        kind {text} CHECK (kind IN ('a', 'b'))) {strict}
    """)

/// Asks until `condition` holds; fails after ten seconds.
func eventually(
    _ what: Comment, _ location: SourceLocation = #_sourceLocation, _ condition: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + .seconds(10)
    while ContinuousClock.now < deadline {
        if try await condition() { return }
        try await Task.sleep(for: .milliseconds(5))
    }
    Issue.record(what, sourceLocation: location)
}

/// How many rows a table has.
func count(_ database: Database, _ table: String = "items") async throws -> Int64 {
    try await database.read { try $0.rowCount(of: table) }
}

/// Collects from several threads.
final class Seen: Sendable {
    private let values = Mutex<[String]>([])

    func add(_ value: String) { values.withLock { $0.append(value) } }
    var all: [String] { values.withLock { $0 } }
    /// How many different ones.
    var count: Int { Set(all).count }
}

/// Holds a database thread until a test lets it go; gives up after ten seconds.
final class Gate: Sendable {
    private let isOpen = Mutex(false)

    func open() { isOpen.withLock { $0 = true } }

    func wait() {
        for _ in 0..<10_000 where !isOpen.withLock({ $0 }) { usleep(1000) }
    }
}
