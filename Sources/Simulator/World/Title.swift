/// One film or series of the world: one identity, of which each service shows its own view.
///
/// Made on demand from the seed and the title's number; only what a test changed is stored (`Override`).
public struct Title: Sendable {
    /// Film or series.
    public enum Kind: String, Sendable, Hashable { case movie, series }

    /// Place in the world: films first, then series.
    public let number: Int
    /// Film or series.
    public let kind: Kind
    /// Place among its kind.
    public let ordinal: Int
    /// What is strange about it.
    public let odd: OddCases
    /// The name a test gave it, in place of the generated one.
    var givenName: String?
    /// Year of the first release.
    public let year: Int
    /// The true ids; a service may show others (`OddCases`).
    public let ids: Identifiers
    /// Which services hold it.
    public internal(set) var holding: Holding
    let dice: Dice

    /// The numbers other databases know a title by.
    public struct Identifiers: Sendable, Hashable {
        /// Number at TMDB; films and series are counted separately there.
        public let tmdb: Int
        /// Number at IMDb, `tt` and at least seven digits; a few films have none.
        public let imdb: String?
        /// Number at TVDB, of series only.
        public let tvdb: Int?
        /// Number at AniDB, of anime only.
        public let anidb: Int?
    }

    /// Where the title is to be found.
    public enum Holding: Sendable, Hashable {
        /// In Jellyfin and in its *arr, with files.
        case both
        /// In Jellyfin only.
        case jellyfinOnly
        /// In the *arr with files, not yet in Jellyfin.
        case arrOnly
        /// In the *arr, monitored, nothing downloaded.
        case wanted
    }

    init(number: Int, kind: Kind, ordinal: Int, odd: OddCases, isPlain: Bool, dice: Dice) {
        self.number = number
        self.kind = kind
        self.ordinal = ordinal
        self.odd = odd
        self.dice = dice
        year = dice.number(number, .year, in: 1950..<2026)
        ids = Identifiers(number: number, kind: kind, ordinal: ordinal, odd: odd, isPlain: isPlain, dice: dice)
        holding = Holding(number: number, kind: kind, ordinal: ordinal, odd: odd, isPlain: isPlain, dice: dice)
    }

    /// The name every service shows; made anew at each use.
    public var name: String {
        if let givenName { return givenName }
        if odd.contains(.composedTwin) || odd.contains(.decomposedTwin) {
            return TitleName.twin(decomposed: odd.contains(.decomposedTwin))
        }
        return odd.contains(.nonLatin) ? TitleName.foreign(number, dice: dice) : TitleName.latin(number, dice: dice)
    }

    /// Anime, by AniDB number or because its *arr says so.
    public var isAnime: Bool { ids.anidb != nil }

    /// A number in `range` that belongs to this title and purpose.
    func number(_ purpose: Dice.Purpose, in range: Range<Int>) -> Int { dice.number(number, purpose, in: range) }
}

extension Title.Identifiers {
    init(number: Int, kind: Title.Kind, ordinal: Int, odd: OddCases, isPlain: Bool, dice: Dice) {
        let wobble = Int(dice.roll(number, .identifier) >> 1)
        let isAnime = odd.contains(.anidbOnly) || (!isPlain && dice.perMille(number, .anime) < 30)
        // Films and series share TMDB numbers, as they do in the world, except in a plain library.
        tmdb = (isPlain && kind == .series ? 5_000_000 : 2_000) + ordinal * 2 + (wobble & 1)
        let hasIMDb = isPlain || dice.perMille(number, .imdbMissing) >= 30 || odd.contains(.otherIMDbInArr)
        imdb = hasIMDb ? Self.imdb(100_000 + ordinal * 4 + (kind == .movie ? 0 : 2) + ((wobble >> 1) & 1)) : nil
        tvdb = kind == .series ? 70_000 + ordinal * 3 + (wobble >> 2) % 3 : nil
        anidb = isAnime ? 100 + number : nil
    }

    /// `tt` and at least seven digits.
    static func imdb(_ number: Int) -> String {
        let digits = String(number)
        return "tt" + String(repeating: "0", count: max(0, 7 - digits.count)) + digits
    }
}

extension Title.Holding {
    fileprivate init(number: Int, kind: Title.Kind, ordinal: Int, odd: OddCases, isPlain: Bool, dice: Dice) {
        let roll = dice.perMille(number, .holding)
        if isPlain {
            self = roll < 100 ? .jellyfinOnly : .both
        } else if kind == .movie && (12..<15).contains(ordinal) {
            self = [.wanted, .arrOnly, .jellyfinOnly][ordinal - 12]
        } else if kind == .series && ordinal == 8 {
            self = .wanted
        } else if !odd.isEmpty {
            self = .both
        } else {
            switch roll {
            case 0..<20: self = .wanted
            case 20..<30: self = .arrOnly
            case 30..<130: self = .jellyfinOnly
            default: self = .both
            }
        }
    }

    /// Whether Jellyfin lists the title.
    var isInJellyfin: Bool { self == .both || self == .jellyfinOnly }
    /// Whether Radarr or Sonarr lists the title.
    var isInArr: Bool { self != .jellyfinOnly }
    /// Whether there are files.
    var hasFiles: Bool { self != .wanted }
}
