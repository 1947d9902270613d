/// How many titles the generated library holds.
public struct LibrarySize: Sendable, Hashable {
    /// Films, whether or not every service has them.
    public var films: Int
    /// Series, whether or not every service has them.
    public var series: Int
    /// Episodes of all series together; at least one per series.
    public var episodes: Int

    /// Makes a size; without a number of episodes each series has twenty on average.
    public init(films: Int, series: Int, episodes: Int? = nil) {
        self.films = films
        self.series = series
        self.episodes = series == 0 ? 0 : max(series, episodes ?? series * 20)
    }

    /// The tiers of simulator.md §6, smallest first.
    public static let tiers: [(name: String, size: LibrarySize)] = [
        ("small", LibrarySize(films: 300, series: 60, episodes: 2_500)),
        ("medium", LibrarySize(films: 2_000, series: 350, episodes: 20_000)),
        ("large", LibrarySize(films: 10_000, series: 1_500, episodes: 90_000)),
        ("very-large", LibrarySize(films: 25_000, series: 5_000, episodes: 300_000)),
        ("extreme", LibrarySize(films: 62_000, series: 29_000, episodes: 750_000)),
    ]

    /// Reads a tier's name or `films=N,series=N[,episodes=N]`.
    ///
    /// - Throws: `OptionError` that names the part it did not understand.
    public init(parsing text: String) throws(OptionError) {
        if let tier = Self.tiers.first(where: { $0.name == text }) {
            self = tier.size
            return
        }
        var counts: [Substring: Int] = [:]
        for part in text.split(separator: ",") {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, ["films", "series", "episodes"].contains(pair[0]) else {
                throw OptionError(
                    "--library: \"\(part)\" is neither a tier (\(Self.tierNames)) nor films=N, series=N, episodes=N")
            }
            guard let count = Int(pair[1]), (0...Self.most).contains(count) else {
                throw OptionError(
                    "--library: \(pair[0]) must be a whole number from 0 to \(Self.most), not \"\(pair[1])\"")
            }
            counts[pair[0]] = count
        }
        guard !counts.isEmpty else {
            throw OptionError("--library needs a tier (\(Self.tierNames)) or films=N,series=N")
        }
        self.init(films: counts["films"] ?? 0, series: counts["series"] ?? 0, episodes: counts["episodes"])
    }

    // Item references keep 28 bits for the index (ItemRef).
    private static let most = 10_000_000

    private static var tierNames: String { tiers.map(\.name).joined(separator: ", ") }
}

/// A command line that cannot be followed, in words for the person who typed it.
public struct OptionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, and with which flag.
    public let description: String

    /// Makes an error from its text.
    public init(_ description: String) { self.description = description }
}
