import Media
import Synchronization

/// Keeps users from asking Jellyfin about the same request more than once a minute (security.md §3).
final class VerifyGate: Sendable {
    private struct Ask: Hashable {
        var user: String
        var request: Int64
    }

    private let asked = Mutex<[Ask: Timestamp]>([:])
    private static let pause: Duration = .seconds(60)

    /// Notes that a user asks.
    ///
    /// - Returns: how many whole seconds they must wait; nil lets them through.
    func wait(_ user: String, _ request: Int64, at now: Timestamp) -> Int64? {
        asked.withLock { asked in
            asked = asked.filter { $0.value.advanced(by: Self.pause) > now }
            let ask = Ask(user: user, request: request)
            if let last = asked[ask] {
                return (last.advanced(by: Self.pause).milliseconds - now.milliseconds + 999) / 1_000
            }
            asked[ask] = now
            return nil
        }
    }
}
