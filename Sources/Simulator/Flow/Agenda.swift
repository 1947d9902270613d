/// What will happen when, in the order it happens: by time, and in the order it was planned at one moment.
struct Agenda: Sendable {
    /// One planned happening.
    struct Entry: Sendable {
        let due: Int64
        let number: Int
        let event: FlowEvent
    }

    // Latest first, so that the next one is at the end.
    private var entries: [Entry] = []
    private var lastNumber = 0

    /// When the next thing happens.
    var nextDue: Int64? { entries.last?.due }

    /// Whether something is planned at all.
    func contains(_ event: FlowEvent) -> Bool { entries.contains { $0.event == event } }

    /// How much is planned.
    var count: Int { entries.count }

    mutating func add(_ event: FlowEvent, at due: Int64) {
        lastNumber += 1
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].due > due { low = middle + 1 } else { high = middle }
        }
        entries.insert(Entry(due: due, number: lastNumber, event: event), at: low)
    }

    /// Takes what is due first, if it is due by `moment`.
    mutating func next(by moment: Int64) -> Entry? {
        guard let entry = entries.last, entry.due <= moment else { return nil }
        return entries.popLast()
    }

    /// Forgets what a test makes happen by hand or what can no longer happen.
    mutating func remove(where isGone: (FlowEvent) -> Bool) {
        entries.removeAll { isGone($0.event) }
    }
}
