/// How long to wait before the next try: 0, 2, 10, 30, 60, 120, 300 s, the last again and again.
struct RetrySchedule {
    static let delays: [Duration] = [0, 2, 10, 30, 60, 120, 300].map { .seconds($0) }
    /// A link that was open this long was a good one, and the schedule begins anew.
    static let goodAfter = Duration.seconds(15)
    /// A server that asks not to be called again is left alone for at least this long.
    static let unwelcome = Duration.seconds(30)

    private var step = 0

    /// Returns the pause after a try has ended.
    ///
    /// `lasted` is how long the link was open, nil when it never was; `mayReturn` is false when the server said that we
    /// should not.
    mutating func pause(afterLasting lasted: Duration?, mayReturn: Bool = true) -> Duration {
        if let lasted, lasted >= Self.goodAfter { step = 0 }
        defer { step = min(step + 1, Self.delays.count - 1) }
        return mayReturn ? Self.delays[step] : max(Self.delays[step], Self.unwelcome)
    }
}
