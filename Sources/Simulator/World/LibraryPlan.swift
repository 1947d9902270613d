/// Everything a generated library depends on: the same plan gives the same bytes.
public struct LibraryPlan: Sendable, Hashable {
    /// How many titles there are.
    public var size: LibrarySize
    /// Where all randomness comes from.
    public var seed: UInt64
    /// No odd cases at all: for benchmarks.
    public var isPlain: Bool
    /// One title in this many contradicts itself between services; 0 for none.
    public var contradictions: Int
    /// The Radarr servers, the main one first; one called `4k` holds the 4K halves of pairs.
    public var radarrInstances: [String]

    /// Makes a plan.
    public init(
        size: LibrarySize, seed: UInt64 = 1, isPlain: Bool = false, contradictions: Int = 2_000,
        radarrInstances: [String] = ["default"]
    ) {
        self.size = size
        self.seed = seed
        self.isPlain = isPlain
        self.contradictions = isPlain ? 0 : contradictions
        self.radarrInstances = radarrInstances
    }
}
