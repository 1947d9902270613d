/// The simulated stack's time: as many times faster than real time as its speed says, or standing still.
///
/// Moments are in 100 ns since 1970 (`Ticks`).
struct VirtualClock: Sendable {
    /// 0 stands still until stepped; 1 is real time; at most 10,000.
    private(set) var speed: Int
    // The virtual moment, and how long the process had run, when the clock was last set.
    private var base: Int64
    private var realBase: Duration

    /// 2026-01-01: where a clock starts that is told nothing, so that tests see the same dates always.
    static let standardStart = Ticks.day(year: 2026, month: 1, day: 1)

    /// What speeds there are.
    static let speeds = 0...10_000

    init(start: Int64 = Self.standardStart, speed: Int = 0, elapsed: Duration = .zero) {
        self.speed = speed
        base = start
        realBase = elapsed
    }

    /// The virtual moment when the process has run this long.
    func now(elapsed: Duration) -> Int64 {
        guard speed > 0 else { return base }
        let parts = (elapsed - realBase).components
        let real = parts.seconds * Ticks.perSecond + parts.attoseconds / 100_000_000_000
        return base + max(0, real) * Int64(speed)
    }

    /// Puts the clock to a moment; it goes on from there at its speed.
    mutating func set(_ moment: Int64, elapsed: Duration) {
        base = moment
        realBase = elapsed
    }

    /// Goes on at another speed.
    mutating func run(at speed: Int, elapsed: Duration) {
        base = now(elapsed: elapsed)
        realBase = elapsed
        self.speed = speed
    }
}
