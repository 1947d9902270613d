/// The decision of the periodic check for media that vanished without a word (deletion.md §8).
///
/// A row counts as deleted elsewhere only when it is absent from two complete listings far enough apart and no *arr has
/// its file; and never many at once without an administrator: a disk that is away looks the same.
public struct MissingCheck: Sendable {
    /// One available row.
    public struct Row: Sendable, Hashable {
        public var id: Int64
        /// When a complete listing first lacked it; nil when the last one had it.
        public var missedAt: Timestamp?
        /// Whether the listing at hand has it.
        public var isListed: Bool
        /// Whether an *arr has its file; absent where no *arr knows the title.
        public var arrFile: Presence

        public init(id: Int64, missedAt: Timestamp? = nil, isListed: Bool, arrFile: Presence) {
            self.id = id
            self.missedAt = missedAt
            self.isListed = isListed
            self.arrFile = arrFile
        }
    }

    /// What the listing at hand can prove.
    public struct Listing: Sendable, Hashable {
        /// When its reading began: a title that came later may be missing in it.
        public var begunAt: Timestamp
        /// Every page came and the total was met.
        public var isComplete: Bool
        /// How many items it has.
        public var total: Int
        /// It is not so much smaller than the last good one that it must be seen twice (tracking.md §4).
        public var isBelieved: Bool

        public init(begunAt: Timestamp, isComplete: Bool, total: Int, isBelieved: Bool) {
            self.begunAt = begunAt
            self.isComplete = isComplete
            self.total = total
            self.isBelieved = isBelieved
        }

        var isProof: Bool { isComplete && total > 0 && isBelieved }
    }

    public struct Outcome: Sendable, Hashable {
        /// Deleted elsewhere.
        public var gone: [Int64] = []
        /// Missed for the first time: to be remembered with the listing's time.
        public var missed: [Int64] = []
        /// Listed again: what was remembered is forgotten.
        public var returned: [Int64] = []
        /// Missing although an *arr has the file.
        public var notAppearing: [Int64] = []
        /// How many would go, where they are too many without an administrator's word; `gone` is empty then.
        public var tooMany: Int?

        public init() {}
    }

    /// Between the two sightings (`MARQUEE_SIGHTING_GAP`).
    public var gap: Duration
    /// More than this many in a hundred of all available rows, and over `floor`, need an administrator's word.
    public static let percent = 5
    public static let floor = 10

    public init(gap: Duration) { self.gap = gap }

    /// Decides about every available row; a listing that proves nothing changes nothing.
    ///
    /// - Parameters:
    ///   - rows: all of them, for the share that may go.
    ///   - listing: the one at hand.
    ///   - isConfirmed: an administrator has seen how many would go.
    /// - Returns: what is to be concluded, remembered and forgotten.
    public func outcome(of rows: [Row], in listing: Listing, isConfirmed: Bool = false) -> Outcome {
        var outcome = Outcome()
        guard listing.isProof else { return outcome }
        for row in rows {
            if row.isListed {
                if row.missedAt != nil { outcome.returned.append(row.id) }
                continue
            }
            guard let missedAt = row.missedAt else {
                outcome.missed.append(row.id)
                continue
            }
            guard listing.begunAt >= missedAt.advanced(by: gap) else { continue }
            switch row.arrFile {
            case .present: outcome.notAppearing.append(row.id)
            case .absent: outcome.gone.append(row.id)
            case .unknown: break
            }
        }
        if !isConfirmed, Self.isTooMany(outcome.gone.count, of: rows.count) {
            outcome.tooMany = outcome.gone.count
            outcome.gone = []
        }
        return outcome
    }

    /// Whether so many may not go without an administrator's word.
    public static func isTooMany(_ count: Int, of rows: Int) -> Bool {
        count > floor && count * 100 > rows * percent
    }
}
