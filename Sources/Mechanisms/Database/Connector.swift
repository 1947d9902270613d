import Synchronization

/// How this database's threads get their connections.
struct Connector: Sendable {
    /// Counts schema changes made here: prepared statements of an older count are dropped.
    let schemaVersion = SharedCount()
    private let location: DatabaseLocation
    private let readOnly: Bool

    init(_ location: DatabaseLocation, readOnly: Bool) {
        self.location = location
        self.readOnly = readOnly
    }

    var backend: Backend { location.backend }

    func open(_ access: Access) throws(DatabaseError) -> any Connection {
        switch location {
        case .sqlite(let path): try SQLiteConnection(path: path, readOnly ? .copy : .live(access))
        case .postgresql(let url): try PostgresConnection(url: url)
        }
    }
}

/// A number that several threads read and raise.
final class SharedCount: Sendable {
    private let number = Atomic<Int>(0)

    var value: Int { number.load(ordering: .acquiring) }
    func raise() { number.wrappingAdd(1, ordering: .acquiringAndReleasing) }
    func lower() { number.wrappingSubtract(1, ordering: .acquiringAndReleasing) }

    /// Raises by one unless that would pass `limit`; false then.
    func raise(to limit: Int) -> Bool {
        guard number.wrappingAdd(1, ordering: .acquiringAndReleasing).newValue > limit else { return true }
        lower()
        return false
    }
}
