public import Media
import Store
import Synchronization

/// Which upstream instances answer their readers, and since when the others do not.
public final class Reach: Sendable {
    private struct State {
        /// By instance and what is read of it: one reader's success says nothing of another's failure.
        var failing: [String: [String: TrackingRules.Outage]] = [:]
        var lastRead: [String: Timestamp] = [:]
        var past: [String: [TrackingRules.PastOutage]] = [:]
        /// Those that ended and are not stored yet.
        var ended: [EndedOutage] = []
        var hasChanged = false
    }

    private let state = Mutex(State())

    init() {}

    /// Instances that fail, by `service` or `service/instance`.
    ///
    /// An instance is out since the first of its readers fails, until none does.
    public var outages: [String: TrackingRules.Outage] {
        state.withLock { $0.failing.compactMapValues { readers in readers.values.min { $0.since < $1.since } } }
    }

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

    /// - Returns: whether the instance had been failing, and none of its readers fails any more.
    func succeeded(_ instance: String, _ what: String, at now: Timestamp) -> Bool {
        state.withLock { $0.lastRead[instance] = now }
        return rested(instance, what, at: now)
    }

    /// Notes that a reader has nothing to ask for now: its last failure speaks no longer.
    ///
    /// - Returns: as `succeeded`.
    func rested(_ instance: String, _ what: String, at now: Timestamp) -> Bool {
        state.withLock { state in
            guard let before = state.failing[instance]?.values.map(\.since).min() else { return false }
            state.failing[instance]?[what] = nil
            guard state.failing[instance]?.isEmpty ?? true else { return false }
            state.failing[instance] = nil
            state.hasChanged = true
            if before < now {
                let over = TrackingRules.PastOutage(since: before, until: now)
                state.past[instance, default: []].append(over)
                state.past[instance] = state.past[instance]?.suffix(Self.kept)
                state.ended.append(EndedOutage(instance: instance, span: over))
            }
            return true
        }
    }

    /// Notes a read that failed; `since` is when it began.
    ///
    /// - Returns: whether the instance had not been failing.
    func failed(_ instance: String, _ what: String, _ reason: String, since: Timestamp) -> Bool {
        state.withLock { state in
            let isNew = state.failing[instance] == nil
            if isNew { state.hasChanged = true }
            let begun = state.failing[instance]?[what]?.since ?? since
            state.failing[instance, default: [:]][what] = TrackingRules.Outage(since: begun, reason: reason)
            return isNew
        }
    }
}
