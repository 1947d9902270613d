/// Which part of a listing one answer holds, once the faults in force have had their way.
struct ListingWindow: Sendable {
    /// The items to write, by place in the whole listing.
    let places: Range<Int>
    /// The total the answer claims.
    let reportedTotal: Int
    /// Extra bytes of overview per item.
    let padding: Int
    private let twists: [ListingTwist]

    init(total: Int, start: Int, limit: Int?, twists: [ListingTwist]) {
        self.twists = twists
        var first = start
        var held = total
        var reported = total
        var isEmpty = false
        var bytes = 0
        for twist in twists {
            switch twist {
            case .emptyPage: isEmpty = true
            case .stopAfter(let count): held = min(held, count)
            case .shrunken(let percent):
                held = held * (100 - percent) / 100
                reported = held
            case .repeatItems(let count) where start > 0: first = max(0, start - count)
            case .skipItems(let count) where start > 0: first = start + count
            case .totalOff(let by): reported = max(0, reported + by)
            case .padded(let extra): bytes = extra
            default: break
            }
        }
        let begin = min(first, held)
        let end = isEmpty ? begin : min(held, limit.map { begin + min($0, held) } ?? held)
        places = begin..<max(begin, end)
        reportedTotal = reported
        padding = bytes / max(1, places.count)
    }

    /// What a fault does to the ids of the item at this place.
    func idTwist(at place: Int) -> ItemWriter.IDTwist {
        for twist in twists {
            switch twist {
            case .withoutIDs(let every) where place % every == 0: return .leftOut
            case .otherIDType(let every) where place % every == 0: return .numeric
            case .emptyIDs(let every) where place % every == 0: return .empty
            default: break
            }
        }
        return .none
    }
}
