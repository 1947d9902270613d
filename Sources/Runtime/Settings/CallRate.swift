/// How many calls somebody may make within a time.
public struct CallRate: Sendable, Hashable {
    public var count: Int
    public var span: Duration

    public init(count: Int, span: Duration) {
        self.count = count
        self.span = span
    }

    /// Reads `600/1m`: a number of calls, and the time in which they may come, from 1s to 1h.
    public init?(settingText text: String) {
        let sides = text.split(separator: "/", omittingEmptySubsequences: false)
        guard sides.count == 2, let count = Int(sides[0]), (1...1_000_000).contains(count),
            let span = Duration(settingText: String(sides[1])), (.seconds(1) ... .hours(1)).contains(span)
        else { return nil }
        self.init(count: count, span: span)
    }
}

/// Whether the calls of one identity are limited at all.
public enum CallLimit: Sendable, Hashable {
    case off
    case rate(CallRate)

    /// The rate; nil when off.
    public var rate: CallRate? {
        switch self {
        case .off: nil
        case .rate(let rate): rate
        }
    }
}
