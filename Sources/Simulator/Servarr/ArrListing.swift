/// An unpaged array of records, written while it is sent, with the faults in force applied.
enum ArrListing {
    /// Streams the records of `candidates`, in order; `write` leaves a candidate out by returning false.
    ///
    /// `write` gets the place among those listed, for faults that concern every n-th record.
    static func stream(
        _ candidates: [Int], _ twists: [ListingTwist],
        _ write: @escaping @Sendable (Int, inout JSONText, ArrTwist) -> Void
    ) -> Answer {
        let plan = ArrPlan(candidates.count, twists)
        return .streamed {
            var place = 0
            var isFirst = true
            return { out in
                if isFirst { out.put("[") }
                guard place < plan.count else {
                    out.put("]")
                    return false
                }
                if !isFirst { out.put(",") }
                isFirst = false
                write(candidates[plan.place(place)], &out, plan.twist(at: place))
                place += 1
                return true
            }
        }
    }
}

/// What a fault does to one record of an *arr.
struct ArrTwist: Sendable {
    var ids = ItemWriter.IDTwist.none
    var padding = 0
}

/// Which records an unpaged listing holds once the faults have had their way.
private struct ArrPlan: Sendable {
    let count: Int
    private let held: Int
    private let twists: [ListingTwist]
    private let skipped: Int
    private let padding: Int

    init(_ total: Int, _ twists: [ListingTwist]) {
        self.twists = twists
        var held = total
        var repeated = 0
        var skipped = 0
        var bytes = 0
        for twist in twists {
            switch twist {
            case .emptyPage: held = 0
            case .stopAfter(let most): held = min(held, most)
            case .shrunken(let percent): held = held * (100 - percent) / 100
            case .repeatItems(let count): repeated = min(count, held)
            case .skipItems(let count): skipped = min(count, held)
            case .padded(let extra): bytes = extra
            default: break
            }
        }
        self.held = held
        self.skipped = skipped
        count = held - skipped + repeated
        padding = bytes / max(1, count)
    }

    // Repeats come at the end, from the beginning; skipped records are the first ones.
    func place(_ place: Int) -> Int {
        place < held - skipped ? place + skipped : place - (held - skipped)
    }

    func twist(at place: Int) -> ArrTwist {
        var twist = ArrTwist(padding: padding)
        for fault in twists {
            switch fault {
            case .withoutIDs(let every) where place % every == 0: twist.ids = .leftOut
            case .otherIDType(let every) where place % every == 0: twist.ids = .numeric
            case .emptyIDs(let every) where place % every == 0: twist.ids = .empty
            default: break
            }
        }
        return twist
    }
}
