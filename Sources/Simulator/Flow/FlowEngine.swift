import Synchronization

/// The life of everything that is requested, from Seerr to Jellyfin, on a virtual clock.
///
/// Every read first lets happen what is due. Same seed, same steps: same happenings at the same virtual moments.
final class FlowEngine: Sendable {
    private struct Shared {
        var clock: VirtualClock
        var state: FlowState
        var listeners: [Int: AsyncStream<ShokoHappening>.Continuation] = [:]
        var lastListener = 0
    }

    private let shared: Mutex<Shared>
    private let dice: Dice
    let services: Set<String>
    private let start: Int64
    private let elapsed: @Sendable () -> Duration

    /// Makes an engine without any request.
    ///
    /// - Parameters:
    ///   - dice: where every draw comes from.
    ///   - services: the names of the *arrs there are.
    ///   - start: where the clock starts, in 100 ns since 1970.
    ///   - speed: 0 stands still until stepped.
    init(dice: Dice, services: Set<String>, start: Int64 = VirtualClock.standardStart, speed: Int = 0) {
        let begun = ContinuousClock.now
        elapsed = { ContinuousClock.now - begun }
        self.dice = dice
        self.services = services
        self.start = start
        shared = Mutex(
            Shared(
                clock: VirtualClock(start: start, speed: speed),
                state: Self.fresh(dice: dice, services: services, now: start)))
    }

    private static func fresh(dice: Dice, services: Set<String>, now: Int64) -> FlowState {
        var state = FlowState(dice: dice, now: now, services: services)
        state.agenda.add(.seerrScan, at: now + Int64(state.delays.seerrScan) * Ticks.perSecond)
        return state
    }

    /// Reads or changes the state as it is now.
    func with<Result: Sendable>(_ body: (inout FlowState) -> Result) -> Result {
        shared.withLock { shared in
            let begun = elapsed()
            shared.state.run(to: shared.clock.now(elapsed: begun))
            // The clock waits for what happens: a machine too slow for its speed would never catch up.
            if shared.clock.speed > 0, elapsed() - begun > .milliseconds(20) {
                shared.clock.set(shared.state.now, elapsed: elapsed())
            }
            defer { settle(&shared) }
            return body(&shared.state)
        }
    }

    /// The virtual moment, in 100 ns since 1970.
    var now: Int64 { with { $0.now } }

    /// Moves the clock on; everything due until then has happened when this returns.
    func advance(by seconds: Double) {
        shared.withLock { shared in
            let moment = shared.clock.now(elapsed: elapsed()) + Int64(seconds * Double(Ticks.perSecond))
            shared.state.run(to: moment)
            shared.clock.set(moment, elapsed: elapsed())
            settle(&shared)
        }
    }

    /// Goes on at another speed; 0 stands still.
    func run(at speed: Int) {
        shared.withLock { $0.clock.run(at: speed, elapsed: elapsed()) }
    }

    /// Takes the webhooks made since the last time, and tells the moment.
    func takeHooks() -> (hooks: [OutgoingHook], now: Int64) {
        with { state in
            defer { state.outbox = [] }
            return (state.outbox, state.now)
        }
    }

    /// How fast the clock goes.
    var speed: Int { shared.withLock { $0.clock.speed } }

    /// Forgets every request; the clock goes on.
    func reset() {
        shared.withLock { shared in
            let now = shared.clock.now(elapsed: elapsed())
            let revision = shared.state.itemRevision
            var state = Self.fresh(dice: dice, services: services, now: now)
            // Settings stay, as they would in the services.
            state.delays = shared.state.delays
            state.notifications = shared.state.notifications
            state.seerrHook = shared.state.seerrHook
            state.webhookPlugin = shared.state.webhookPlugin
            state.jellyfinHooks = shared.state.jellyfinHooks
            state.finishHooks = shared.state.finishHooks
            state.itemRevision = revision + 1
            if shared.state.agenda.contains(.nextDemand) {
                state.agenda.add(.nextDemand, at: now + 2 * Ticks.perSecond)
            }
            shared.state = state
        }
    }

    // After every change: what steps want of the clock, then what listeners are told.
    private func settle(_ shared: inout Shared) {
        if let speed = shared.state.clockSpeed { shared.clock.run(at: speed, elapsed: elapsed()) }
        shared.state.clockSpeed = nil
        let jump = shared.state.clockJump
        shared.state.clockJump = 0
        if jump > 0 {
            let moment = shared.clock.now(elapsed: elapsed()) + jump
            shared.clock.set(moment, elapsed: elapsed())
            shared.state.run(to: moment)
        }
        guard !shared.state.happenings.isEmpty else { return }
        for happening in shared.state.happenings {
            for listener in shared.listeners.values { listener.yield(happening) }
        }
        shared.state.happenings = []
    }

    /// What Shoko tells from now on; nothing is replayed.
    func shokoHappenings() -> AsyncStream<ShokoHappening> {
        AsyncStream { continuation in
            let number = shared.withLock { shared in
                shared.lastListener += 1
                shared.listeners[shared.lastListener] = continuation
                return shared.lastListener
            }
            continuation.onTermination = { [weak self] _ in
                _ = self?.shared.withLock { $0.listeners.removeValue(forKey: number) }
            }
        }
    }
}
