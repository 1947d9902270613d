import Media
import Store

/// How often somebody may try to sign in (security.md §6): pure.
enum LoginLimits {
    /// What is remembered at most.
    static let memory: Duration = .seconds(86_400)

    /// How long a try must still wait; nil lets it through.
    ///
    /// `attempts` are the tries of this name or this address within `memory`, oldest first; `isKnownPlace` says whether
    /// this name signed in from this address before.
    static func wait(
        _ attempts: [LoginAttempt], name: String, address: String, isKnownPlace: Bool, now: Timestamp
    ) -> Duration? {
        let waits = [
            pairWait(attempts.filter { $0.name == name && $0.address == address }, now),
            window(attempts.filter { $0.address == address }, most: 20, within: .seconds(900), now),
            isKnownPlace ? nil : window(attempts.filter { $0.name == name }, most: 50, within: .seconds(3_600), now),
        ]
        return waits.compactMap(\.self).max()
    }

    /// After five failures in a row 1, 2, 4 … 15 minutes from the last one.
    private static func pairWait(_ attempts: [LoginAttempt], _ now: Timestamp) -> Duration? {
        let failures = attempts.reversed().prefix { !$0.hasSucceeded }
        guard failures.count >= 5, let last = failures.first else { return nil }
        let minutes = min(1 << min(failures.count - 5, 4), 15)
        return rest(until: last.at.advanced(by: .seconds(minutes * 60)), now)
    }

    /// No more than so many failures within a time.
    private static func window(
        _ attempts: [LoginAttempt], most: Int, within span: Duration, _ now: Timestamp
    ) -> Duration? {
        let start = now.advanced(by: .zero - span)
        let failures = attempts.filter { !$0.hasSucceeded && $0.at > start }
        guard failures.count >= most else { return nil }
        // The wait ends when so many of them are old enough that one more fits.
        return rest(until: failures[failures.count - most].at.advanced(by: span), now)
    }

    private static func rest(until end: Timestamp, _ now: Timestamp) -> Duration? {
        end > now ? .milliseconds(end.milliseconds - now.milliseconds) : nil
    }
}
