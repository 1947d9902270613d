/// What a fault does to a listing while it is written; all else about the answer stays true.
enum ListingTwist: Sendable, Hashable {
    /// No items in this page, the total as ever.
    case emptyPage
    /// Nothing after the first `n` items, the total as ever.
    case stopAfter(Int)
    /// The library is smaller by this share (percent), consistently.
    case shrunken(percent: Int)
    /// Pages after the first begin `n` items early: repeats, and the end is never reached.
    case repeatItems(Int)
    /// Pages after the first begin `n` items late: items nobody ever sees.
    case skipItems(Int)
    /// The total is this much larger.
    case totalOff(by: Int)
    /// Every n-th item has no provider ids.
    case withoutIDs(every: Int)
    /// Every n-th item has its ids as the other JSON type: numbers where strings are usual, and the reverse.
    case otherIDType(every: Int)
    /// Every n-th item has empty text for every id.
    case emptyIDs(every: Int)
    /// The overviews together are this many bytes longer.
    case padded(bytes: Int)
}
