public import Database
public import Media

/// How large a service's complete listing was when it was last believed, and whether a smaller one proves an absence.
///
/// A mount that is gone or a service that is being set up anew lists less than before, and lists it completely. Such a
/// shrunken listing is believed when the next complete one, long enough after, agrees (tracking.md §4).
public struct ListingSize: Sendable {
    public let last: Int?
    /// A smaller size seen since, and when it was seen first.
    private let doubted: Int?
    private let doubtedAt: Timestamp?

    /// The name of one instance's listing among the counters.
    public static func name(_ service: String, _ instance: String) -> String { "listing|\(service)|\(instance)" }

    public init(_ reader: Reader, _ name: String) throws {
        last = try reader.counter(name).map(Int.init)
        doubted = try reader.counter(name + "|doubted").map(Int.init)
        doubtedAt = try reader.counter(name + "|doubted_at").map(Timestamp.init(milliseconds:))
    }

    /// Whether a complete listing of this size proves that what it lacks is absent; two sightings `gap` apart confirm
    /// each other.
    public func isBelieved(_ total: Int, at now: Timestamp, gap: Duration) -> Bool {
        guard isShrunken(total) else { return true }
        guard let doubted, let doubtedAt, Self.agree(doubted, total) else { return false }
        return doubtedAt.advanced(by: gap) <= now
    }

    /// At least 20 % and ten items smaller than the last good one.
    private func isShrunken(_ total: Int) -> Bool {
        guard let last else { return false }
        return last - total >= 10 && (last - total) * 5 >= last
    }

    private static func agree(_ one: Int, _ other: Int) -> Bool {
        abs(one - other) <= max(10, max(one, other) / 100)
    }

    /// Remembers a listing: believed, or doubted since its first sighting.
    public static func remember(_ total: Int, believed: Bool, _ name: String, in tx: StoreTransaction) throws {
        let sizes = try ListingSize(tx.raw, name)
        if believed {
            if sizes.last != total { try tx.raw.setCounter(name, to: Int64(total)) }
            if sizes.doubted != nil { try tx.raw.removeCounter(name + "|doubted") }
            return
        }
        if let doubted = sizes.doubted, agree(doubted, total) { return }
        try tx.raw.setCounter(name + "|doubted", to: Int64(total))
        try tx.raw.setCounter(name + "|doubted_at", to: tx.now.milliseconds)
    }
}
