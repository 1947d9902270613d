/// Where an id of a title comes from.
public enum Provider: UInt8, Sendable, Hashable, CaseIterable {
    case tmdb = 1, tvdb, imdb, anidb, shokoSeries

    /// The word used in `request_keys.kind` and in JSON.
    public var name: String {
        switch self {
        case .tmdb: "tmdb"
        case .tvdb: "tvdb"
        case .imdb: "imdb"
        case .anidb: "anidb"
        case .shokoSeries: "shoko_series"
        }
    }

    public init?(name: String) {
        guard let found = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = found
    }

    /// The order in which a medium's ids are tried (library-sync.md §2); every provider has its place.
    public static func matchOrder(of type: MediaType) -> [Provider] {
        switch type {
        case .movie: [.tmdb, .imdb, .shokoSeries, .anidb, .tvdb]
        case .tv: [.tvdb, .tmdb, .imdb, .shokoSeries, .anidb]
        }
    }
}

/// The key (media type, provider, id) in 64 bits, so that half a million of them fit in memory.
///
/// Numbers up to 15 digits, IMDb's with its `tt`, are held exactly, leading zeros included.
/// Any other text is held as a 53-bit hash; such ids are rare enough that a collision is not a practical case.
public struct ProviderKey: Sendable, Hashable {
    public let code: UInt64

    /// Makes a key from an upstream's id text.
    ///
    /// - Returns: nil for what means "none": empty, blanks, or zero (upstreams.md §0).
    public init?(_ type: MediaType, _ provider: Provider, _ text: some BidirectionalCollection<UInt8>) {
        guard let value = IDText.meaningful(text) else { return nil }
        let namespace = (type == .movie ? 0 : 1) << 63 | UInt64(provider.rawValue) << 57
        let digits = provider == .imdb ? value.dropFirst(IDText.imdbPrefixLength(value)) : value
        if provider == .imdb && digits.count == value.count {
            code = namespace | IDText.hash(value)
        } else if let number = IDText.number(digits), number < 1 << 53 {
            code = namespace | UInt64(digits.count) << 53 | number
        } else {
            code = namespace | IDText.hash(value)
        }
    }

    public init?(_ type: MediaType, _ provider: Provider, _ number: Int64) {
        self.init(type, provider, String(number).utf8)
    }

    private init(code: UInt64) { self.code = code }

    /// The key of a Jellyfin item on one server; its ids are MD5 sums, so 57 of their bits identify them.
    public static func item(_ id: JellyfinItemID) -> ProviderKey {
        ProviderKey(code: 0x1e << 57 | (id.hash & (1 << 57 - 1)))
    }
}

/// Reading of ids as services write them: as text or number, padded, blank, or zero.
public enum IDText {
    /// The id without surrounding blanks; nil when it means "none".
    @inlinable
    public static func meaningful<Text: BidirectionalCollection<UInt8>>(_ text: Text) -> Text.SubSequence? {
        var slice = text[...]
        while let first = slice.first, first <= 0x20 { slice = slice.dropFirst() }
        while let last = slice.last, last <= 0x20 { slice = slice.dropLast() }
        return slice.contains { $0 != UInt8(ascii: "0") } ? slice : nil
    }

    /// The value of one to fifteen decimal digits.
    static func number(_ digits: some Collection<UInt8>) -> UInt64? {
        guard (1...15).contains(digits.count) else { return nil }
        var value: UInt64 = 0
        for byte in digits {
            guard case let digit = byte &- 48, digit < 10 else { return nil }
            value = value * 10 + UInt64(digit)
        }
        return value
    }

    static func imdbPrefixLength(_ text: some Collection<UInt8>) -> Int {
        text.starts(with: [0x74, 0x74]) { ASCII.lowercased($0) == $1 } ? 2 : 0
    }

    /// 53 bits of FNV-1a over the text in lower case.
    static func hash(_ text: some Collection<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text { hash = (hash ^ UInt64(ASCII.lowercased(byte))) &* 0x100_0000_01b3 }
        return (hash ^ hash >> 53) & (1 << 53 - 1)
    }
}

extension ProviderKey {
    /// How much a match by this key weighs: provider ids in match order, an item id after them.
    public var rank: Int {
        guard let provider else { return 100 }
        return Provider.matchOrder(of: mediaType).firstIndex(of: provider) ?? 99
    }

    var provider: Provider? { Provider(rawValue: UInt8(code >> 57 & 0x3f)) }
    private var mediaType: MediaType { code >> 63 == 0 ? .movie : .tv }
}
