/// Admits a limited number of items for each key and queues the others in order.
struct WidthLimiter<Key: Hashable, Item> {
    private struct Lane {
        var active = 0
        var waiting: [Item] = []
    }

    let width: Int
    private var lanes: [Key: Lane] = [:]

    init(width: Int) { self.width = max(1, width) }

    /// Whether the item may go at once; otherwise it waits.
    mutating func admit(_ item: Item, _ key: Key) -> Bool {
        var lane = lanes[key] ?? Lane()
        defer { lanes[key] = lane }
        guard lane.active < width else {
            lane.waiting.append(item)
            return false
        }
        lane.active += 1
        return true
    }

    /// Frees one place, and returns the item that takes it.
    mutating func release(_ key: Key) -> Item? {
        guard var lane = lanes[key] else { return nil }
        defer { lanes[key] = lane.active == 0 ? nil : lane }
        guard !lane.waiting.isEmpty else {
            lane.active -= 1
            return nil
        }
        return lane.waiting.removeFirst()
    }

    /// Takes waiting items out of the queue of a key.
    mutating func removeWaiting(_ key: Key, where matches: (Item) -> Bool) -> [Item] {
        guard var lane = lanes[key] else { return [] }
        let removed = lane.waiting.filter(matches)
        lane.waiting.removeAll(where: matches)
        lanes[key] = lane
        return removed
    }

    /// Takes every waiting item out.
    mutating func removeAllWaiting() -> [Item] {
        let waiting = lanes.values.flatMap(\.waiting)
        for key in Array(lanes.keys) { lanes[key]?.waiting = [] }
        return waiting
    }
}
