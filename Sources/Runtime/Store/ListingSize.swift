import Database
import Media
import Store

/// How large a server's listing was when it was last believed, and whether a smaller one may be believed now.
struct ListingSize {
    let last: Int?
    /// A smaller size seen since, and when it was seen first.
    private let doubted: Int?
    private let doubtedAt: Timestamp?

    /// How long apart two sightings must be to confirm each other.
    private static let gap = Duration.seconds(3_600)

    static func name(_ instance: String) -> String { "listing|jellyfin|\(instance)" }

    init(_ reader: Reader, _ name: String) throws {
        last = try reader.counter(name).map(Int.init)
        doubted = try reader.counter(name + "|doubted").map(Int.init)
        doubtedAt = try reader.counter(name + "|doubted_at").map(Timestamp.init(milliseconds:))
    }

    /// More than 20 % and more than ten items smaller than the last good one.
    func isShrunken(_ total: Int) -> Bool {
        guard let last else { return false }
        return last - total > 10 && (last - total) * 5 > last
    }

    /// Whether a complete listing an hour ago or more was as small (tracking.md §4).
    func isConfirmed(_ total: Int, at now: Timestamp) -> Bool {
        guard let doubted, let doubtedAt, Self.agree(doubted, total) else { return false }
        return doubtedAt.advanced(by: Self.gap) <= now
    }

    private static func agree(_ one: Int, _ other: Int) -> Bool {
        abs(one - other) <= max(10, max(one, other) / 100)
    }

    /// Remembers a listing: believed, or doubted since its first sighting.
    static func remember(_ total: Int, believed: Bool, _ name: String, in tx: StoreTransaction) throws {
        if believed {
            try tx.raw.setCounter(name, to: Int64(total))
            try tx.raw.removeCounter(name + "|doubted")
            return
        }
        let sizes = try ListingSize(tx.raw, name)
        if let doubted = sizes.doubted, agree(doubted, total) { return }
        try tx.raw.setCounter(name + "|doubted", to: Int64(total))
        try tx.raw.setCounter(name + "|doubted_at", to: tx.now.milliseconds)
    }
}
