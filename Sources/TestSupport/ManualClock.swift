import Synchronization

/// A clock that stands still until a test moves it.
public final class ManualClock: Clock, Sendable {
    /// A time measured from the clock's making.
    public struct Instant: InstantProtocol {
        fileprivate let sinceStart: Duration

        public func advanced(by duration: Duration) -> Instant { Instant(sinceStart: sinceStart + duration) }
        public func duration(to other: Instant) -> Duration { other.sinceStart - sinceStart }
        public static func < (a: Instant, b: Instant) -> Bool { a.sinceStart < b.sinceStart }
    }

    private typealias Wake = CheckedContinuation<Void, any Error>

    private struct State {
        var now = Instant(sinceStart: .zero)
        var lastID = 0
        var sleepers: [Int: (deadline: Instant, wake: Wake)] = [:]
        var crowds: [(count: Int, wake: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    /// Makes a clock that shows zero.
    public init() {}

    public var now: Instant { state.withLock { $0.now } }
    public var minimumResolution: Duration { .zero }

    /// How many tasks sleep on this clock.
    public var sleeperCount: Int { state.withLock { $0.sleepers.count } }

    /// Sleeps until a test has advanced the clock that far.
    ///
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    public func sleep(until deadline: Instant, tolerance: Duration? = nil) async throws {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { wake in fallAsleep(id, deadline, wake) }
        } onCancel: {
            state.withLock { $0.sleepers.removeValue(forKey: id) }?.wake.resume(throwing: CancellationError())
        }
    }

    private func fallAsleep(_ id: Int, _ deadline: Instant, _ wake: Wake) {
        // The cancellation handler may have run before the sleeper is stored, so cancellation is looked at under the lock.
        var met: [CheckedContinuation<Void, Never>] = []
        let early = state.withLock { state -> Result<Void, any Error>? in
            if Task.isCancelled { return .failure(CancellationError()) }
            if deadline <= state.now { return .success(()) }
            state.sleepers[id] = (deadline, wake)
            let count = state.sleepers.count
            met = state.crowds.filter { $0.count <= count }.map(\.wake)
            state.crowds.removeAll { $0.count <= count }
            return nil
        }
        if let early { wake.resume(with: early) }
        for crowd in met { crowd.resume() }
    }

    /// Moves time on and wakes everyone whose deadline has come, earliest first.
    public func advance(by step: Duration) {
        let due = state.withLock { state in
            let now = state.now.advanced(by: step)
            state.now = now
            let due = state.sleepers.filter { $0.value.deadline <= now }
            for id in due.keys { state.sleepers[id] = nil }
            return due.values.sorted { $0.deadline < $1.deadline }
        }
        for sleeper in due { sleeper.wake.resume() }
    }

    /// Returns once at least `count` tasks sleep, so that `advance` cannot come too early.
    public func waitForSleepers(_ count: Int = 1) async {
        await withCheckedContinuation { (wake: CheckedContinuation<Void, Never>) in
            let isMet = state.withLock { state in
                if state.sleepers.count >= count { return true }
                state.crowds.append((count, wake))
                return false
            }
            if isMet { wake.resume() }
        }
    }
}
