public import Media
import Synchronization

/// Which upstream instances answer their readers, and since when the others do not.
public final class Reach: Sendable {
    private struct State {
        var outages: [String: TrackingRules.Outage] = [:]
        var lastRead: [String: Timestamp] = [:]
        var hasChanged = false
    }

    private let state = Mutex(State())

    init() {}

    /// Instances that fail, by `service` or `service/instance`.
    public var outages: [String: TrackingRules.Outage] { state.withLock { $0.outages } }

    /// When each instance was last read with success.
    public var lastReads: [String: Timestamp] { state.withLock { $0.lastRead } }

    /// Whether an outage began or ended since the last call.
    func takeChange() -> Bool {
        state.withLock { state in
            defer { state.hasChanged = false }
            return state.hasChanged
        }
    }

    /// - Returns: whether the instance had been failing.
    func succeeded(_ instance: String, at now: Timestamp) -> Bool {
        state.withLock { state in
            state.lastRead[instance] = now
            let wasFailing = state.outages.removeValue(forKey: instance) != nil
            if wasFailing { state.hasChanged = true }
            return wasFailing
        }
    }

    /// - Returns: whether this is the first failure after a success.
    func failed(_ instance: String, _ reason: String, at now: Timestamp) -> Bool {
        state.withLock { state in
            let since = state.outages[instance]?.since
            if since == nil { state.hasChanged = true }
            state.outages[instance] = TrackingRules.Outage(since: since ?? now, reason: reason)
            return since == nil
        }
    }
}
