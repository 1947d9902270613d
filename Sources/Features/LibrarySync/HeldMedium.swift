import Jobs
import Media

/// One item of the listing: where its record lies, and what is asked of it often.
struct HeldItem {
    static let none = UInt32.max

    var position: Spool.Position
    var isPlayable: Bool
    /// Whether an *arr may know an id or a description that the item does not carry.
    var isIncomplete: Bool
}

/// One film or series, however many items stand for it: twelve bytes.
struct HeldMedium {
    /// The item whose record speaks for the medium: playable before not, then the lowest id.
    var main: UInt32
    /// Its entry in the *arr; more in `Holdings.furtherEntries`.
    var entry = HeldItem.none
    /// The number of items, above a bit for a series and one for what an *arr lists twice.
    private var bits: UInt32

    init(_ type: MediaType, main: UInt32) {
        self.main = main
        bits = 1 << 2 | (type == .tv ? 1 : 0)
    }

    var type: MediaType { bits & 1 == 0 ? .movie : .tv }

    var items: UInt32 { bits >> 2 }

    mutating func countItem() { bits += 1 << 2 }

    /// One *arr instance lists it twice.
    var isListedTwice: Bool {
        get { bits & 2 != 0 }
        set { bits = newValue ? bits | 2 : bits & ~2 }
    }
}

/// What is remembered of one *arr entry: twenty bytes, in this order.
struct HeldEntry {
    var id: UInt32
    /// Whole seconds since 1970; 0 when unknown.
    var fileAddedAt: UInt32
    /// Its IMDb number, shortened; 0 where it has none.
    private var imdb: UInt32
    var medium: UInt32
    var year: UInt16
    var instance: UInt8
    private var flags: Flags

    private struct Flags: OptionSet {
        var rawValue: UInt8

        static let isAnime = Flags(rawValue: 1), hasFile = Flags(rawValue: 2), hasNoFile = Flags(rawValue: 4)
    }

    init(_ entry: borrowing CatalogueEntry, id: UInt32, instance: UInt8, medium: UInt32?) {
        self.id = id
        self.instance = instance
        self.medium = medium ?? HeldItem.none
        fileAddedAt = UInt32(clamping: (entry.fileAddedAt?.milliseconds ?? 0) / 1_000)
        imdb = entry.key(.imdb).map(Self.shortened) ?? 0
        year = UInt16(clamping: entry.year ?? 0)
        flags = entry.isAnime ? .isAnime : []
        if let hasFile = entry.hasFile { flags.insert(hasFile ? .hasFile : .hasNoFile) }
    }

    var isAnime: Bool { flags.contains(.isAnime) }

    /// Whether at least one file is there; nil when the service did not say.
    var hasFile: Bool? { flags.contains(.hasFile) ? true : flags.contains(.hasNoFile) ? false : nil }

    /// Whether it carries another IMDb number than this one.
    func contradicts(_ imdb: ProviderKey) -> Bool { self.imdb != 0 && self.imdb != Self.shortened(imdb) }

    /// Different for any two IMDb numbers of up to eight digits, as all are today, and never 0.
    private static func shortened(_ key: ProviderKey) -> UInt32 {
        1 << 31 | UInt32(key.code >> 53 & 0xf) << 27 | UInt32(key.code & (1 << 27 - 1))
    }
}
