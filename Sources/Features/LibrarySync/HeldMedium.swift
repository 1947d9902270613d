import Jobs
import Media

/// One item of the listing: where its record lies, and the next item of the same medium.
struct HeldItem {
    static let none = UInt32.max

    var position: Spool.Position
    var next = none
    var isPlayable: Bool
    var lacksOverview: Bool
}

/// One film or series, however many items stand for it.
struct HeldMedium {
    var type: MediaType
    /// The item whose record speaks for the medium: playable before not, then the lowest id.
    var main: UInt32
    var items: UInt32 = 1
    /// Its entry in the *arr; more in `Holdings.furtherEntries`.
    var entry = HeldItem.none
    /// One *arr instance lists it twice.
    var isListedTwice = false
}

/// What is remembered of one *arr entry.
struct HeldEntry {
    var id: UInt32
    var instance: UInt8
    var hasFile: Bool?
    var isAnime: Bool
    var year: UInt16
    /// Whole seconds since 1970; 0 when unknown.
    var fileAddedAt: UInt32
    /// Exact codes of its further ids, 0 where it has none.
    var imdb: UInt64
    var medium: UInt32
}
