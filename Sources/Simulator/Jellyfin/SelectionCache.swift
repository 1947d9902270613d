import Synchronization

/// The order of the last few large selections, four bytes an item, so that each page costs only its own items.
final class SelectionCache: Sendable {
    private struct Entry {
        let revision: Int
        let items: [UInt32]
    }

    private let entries = Mutex<[Selection: Entry]>([:])
    private static let most = 6
    /// Smaller selections are made faster than they are worth keeping.
    private static let worthKeeping = 2_000

    /// The items of a selection, made by `make` unless they are known for this revision of the world.
    func items(_ selection: Selection, revision: Int, make: () -> [UInt32]) -> [UInt32] {
        if let known = entries.withLock({ $0[selection] }), known.revision == revision { return known.items }
        let items = make()
        guard items.count >= Self.worthKeeping else { return items }
        entries.withLock {
            if $0.count >= Self.most { $0.removeAll() }
            $0[selection] = Entry(revision: revision, items: items)
        }
        return items
    }
}
