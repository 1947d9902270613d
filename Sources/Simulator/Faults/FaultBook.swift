import Synchronization

/// The faults in force and how many calls each has met; whoever is held waits here.
final class FaultBook: Sendable {
    /// A fault that meets a call, and the number of that call among those it matches.
    struct Hit: Sendable {
        let fault: Fault
        let call: Int
    }

    private struct State {
        var faults: [(fault: Fault, met: Int)] = []
        var lastID = 0
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
        /// Tickets whose task was cancelled before it waited.
        var gone: Set<Int> = []
        var lastTicket = 0
    }

    private let state = Mutex(State())
    private let dice: Dice

    init(dice: Dice) { self.dice = dice }

    /// Puts a fault in force.
    func add(_ fault: Fault) -> Fault {
        state.withLock {
            var numbered = fault
            $0.lastID += 1
            numbered.id = $0.lastID
            $0.faults.append((numbered, 0))
            return numbered
        }
    }

    /// Ends one fault, or all of them; calls on hold go on.
    ///
    /// - Returns: how many ended.
    @discardableResult
    func remove(id: Int? = nil) -> Int {
        let (count, waiting) = state.withLock { state in
            let before = state.faults.count
            state.faults.removeAll { id == nil || $0.fault.id == id }
            defer { state.waiting = [:] }
            return (before - state.faults.count, Array(state.waiting.values))
        }
        for continuation in waiting { continuation.resume() }
        return count
    }

    /// The faults in force, with the calls each has met.
    var all: [(fault: Fault, met: Int)] { state.withLock { $0.faults } }

    /// How many calls are on hold.
    var held: Int { state.withLock { $0.waiting.count } }

    /// The faults that concern a call; counts it for each that matches.
    func hits(service: String, path: String, now: Int64 = 0) -> [Hit] {
        hits(service, path, ofWebhooks: false, now)
    }

    /// The faults that concern a webhook; counts it for each that matches.
    func hookHits(service: String, event: String, now: Int64) -> [Hit] {
        hits(service, event, ofWebhooks: true, now)
    }

    /// A number in `range` that belongs to this fault and call.
    func draw(_ hit: Hit, in range: Range<Int>) -> Int {
        dice.number(hit.fault.id << 32 | hit.call, .shuffle, in: range)
    }

    private func hits(_ service: String, _ path: String, ofWebhooks: Bool, _ now: Int64) -> [Hit] {
        state.withLock { state in
            var hits: [Hit] = []
            for index in state.faults.indices
            where state.faults[index].fault.isOfWebhooks == ofWebhooks
                && state.faults[index].fault.window?.contains(now) ?? true
                && state.faults[index].fault.concerns(service: service, path: path)
            {
                state.faults[index].met += 1
                let (fault, met) = state.faults[index]
                guard fault.calls.contains(met) else { continue }
                let draw = Double(dice.roll(fault.id << 32 | met, .fault) >> 11) / Double(1 << 53 as UInt64)
                if draw < fault.probability { hits.append(Hit(fault: fault, call: met)) }
            }
            return hits
        }
    }

    /// Waits until faults are removed or the caller's task is cancelled.
    func hold() async {
        let ticket = state.withLock {
            $0.lastTicket += 1
            return $0.lastTicket
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isFree = state.withLock {
                    let hasHold = $0.faults.contains { $0.fault.kind == .hold }
                    guard $0.gone.remove(ticket) == nil, hasHold else { return true }
                    $0.waiting[ticket] = continuation
                    return false
                }
                if isFree { continuation.resume() }
            }
        } onCancel: {
            let waiter = state.withLock {
                let waiter = $0.waiting.removeValue(forKey: ticket)
                if waiter == nil { $0.gone.insert(ticket) }
                return waiter
            }
            waiter?.resume()
        }
    }
}
