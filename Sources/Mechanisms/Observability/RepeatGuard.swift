import Synchronization

/// Lets a repeating failure through once, then hourly with its count (operations.md §3).
public final class RepeatGuard: Sendable {
    private struct Record {
        var shownAt: Duration
        var hidden = 0
        var total = 1
    }

    private let records = Mutex<[String: Record]>([:])
    private let interval: Duration
    private let capacity: Int
    private let elapsed: @Sendable () -> Duration

    /// Makes a guard.
    ///
    /// - Parameters:
    ///   - interval: how long a failure stays quiet after a line.
    ///   - capacity: how many failures are told apart; past it the one quiet for longest is forgotten.
    ///   - clock: measures the interval.
    public init(
        every interval: Duration = .seconds(3600), capacity: Int = 1000,
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        precondition(capacity > 0, "RepeatGuard: capacity must be positive")
        self.interval = interval
        self.capacity = capacity
        self.elapsed = Self.stopwatch(clock)
    }

    /// Counts a failure and tells whether to write a line about it.
    ///
    /// - Parameter key: names the failure, such as `"sonarr/main refused"`; never a text that differs each time.
    /// - Returns: nil to keep quiet, else how many went unwritten since the last line.
    public func admit(_ key: String) -> Int? {
        let now = elapsed()
        return records.withLock { records in
            guard var record = records[key] else {
                if records.count >= capacity { Self.forgetOldest(&records) }
                records[key] = Record(shownAt: now)
                return 0
            }
            record.total += 1
            guard now - record.shownAt >= interval else {
                record.hidden += 1
                records[key] = record
                return nil
            }
            let hidden = record.hidden
            record.shownAt = now
            record.hidden = 0
            records[key] = record
            return hidden
        }
    }

    /// Forgets a failure that is over.
    ///
    /// - Returns: how often it happened, 0 when it did not: a caller can then tell that all is well again.
    @discardableResult
    public func clear(_ key: String) -> Int {
        records.withLock { $0.removeValue(forKey: key)?.total ?? 0 }
    }

    private static func forgetOldest(_ records: inout [String: Record]) {
        guard let oldest = records.min(by: { $0.value.shownAt < $1.value.shownAt }) else { return }
        records[oldest.key] = nil
    }

    private static func stopwatch(_ clock: some Clock<Duration>) -> @Sendable () -> Duration {
        let start = clock.now
        return { start.duration(to: clock.now) }
    }
}

extension Logger {
    /// Logs a failure that may repeat: at once, then hourly with field `repeated`, the number not written in between.
    public func warn(
        _ event: StaticString, _ message: @autoclosure () -> String, _ fields: @autoclosure () -> LogFields = [:],
        once guarded: RepeatGuard, key: String
    ) {
        guard let hidden = guarded.admit(key) else { return }
        log(.warn, event, message) { hidden == 0 ? fields() : fields().merging(["repeated": LogValue(hidden)]) }
    }
}
