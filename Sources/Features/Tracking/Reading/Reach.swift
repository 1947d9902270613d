public import Media
import Store
import Synchronization

/// Which upstream instances answer their readers, and since when the others do not.
public final class Reach: Sendable {
    private struct State {
        var outages: [String: TrackingRules.Outage] = [:]
        var lastRead: [String: Timestamp] = [:]
        var past: [String: [TrackingRules.PastOutage]] = [:]
        /// Those that ended and are not stored yet.
        var ended: [EndedOutage] = []
        var hasChanged = false
    }

    private let state = Mutex(State())

    init() {}

    /// Instances that fail, by `service` or `service/instance`.
    public var outages: [String: TrackingRules.Outage] { state.withLock { $0.outages } }

    /// Outages that are over, by the same names.
    public var pastOutages: [String: [TrackingRules.PastOutage]] { state.withLock { $0.past } }

    /// When each instance was last read with success.
    public var lastReads: [String: Timestamp] { state.withLock { $0.lastRead } }

    /// Whether an outage began or ended since the last call.
    func takeChange() -> Bool {
        state.withLock { state in
            defer { state.hasChanged = false }
            return state.hasChanged
        }
    }

    /// Takes the outages that ended since the last call, so that they are stored.
    func takeEnded() -> [EndedOutage] {
        state.withLock { state in
            defer { state.ended = [] }
            return state.ended
        }
    }

    /// Recalls the outages that were stored before this process began.
    func recall(_ outages: [EndedOutage]) {
        state.withLock { state in
            for outage in outages { state.past[outage.instance, default: []].append(outage.span) }
            for (instance, spans) in state.past {
                state.past[instance] = Array(Set(spans)).sorted { $0.since < $1.since }.suffix(Self.kept)
            }
        }
    }

    /// The newest outages of an instance that clocks take into account.
    private static let kept = 200

    /// - Returns: whether the instance had been failing.
    func succeeded(_ instance: String, at now: Timestamp) -> Bool {
        state.withLock { state in
            state.lastRead[instance] = now
            guard let outage = state.outages.removeValue(forKey: instance) else { return false }
            state.hasChanged = true
            if outage.since < now {
                let over = TrackingRules.PastOutage(since: outage.since, until: now)
                state.past[instance, default: []].append(over)
                state.past[instance] = state.past[instance]?.suffix(Self.kept)
                state.ended.append(EndedOutage(instance: instance, span: over))
            }
            return true
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
