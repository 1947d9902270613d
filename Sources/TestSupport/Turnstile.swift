import Synchronization

/// Lets only so many tests at once use something scarce; the others wait in line.
public final class Turnstile: Sendable {
    private struct State {
        var free: Int
        var line: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>

    /// Makes a turnstile with `width` places.
    public init(width: Int) { state = Mutex(State(free: width)) }

    /// Runs `body` when there is a place.
    public func pass<R>(_ body: () async throws -> R) async rethrows -> R {
        await enter()
        defer { leave() }
        return try await body()
    }

    /// A place that is free again when the last reference to it is gone.
    public final class Place: Sendable {
        private let turnstile: Turnstile

        fileprivate init(_ turnstile: Turnstile) { self.turnstile = turnstile }
        deinit { turnstile.leave() }
    }

    /// Takes a place as soon as there is one.
    public func place() async -> Place {
        await enter()
        return Place(self)
    }

    private func enter() async {
        await withCheckedContinuation { (turn: CheckedContinuation<Void, Never>) in
            let isFree = state.withLock { state in
                if state.free == 0 {
                    state.line.append(turn)
                    return false
                }
                state.free -= 1
                return true
            }
            if isFree { turn.resume() }
        }
    }

    private func leave() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            if state.line.isEmpty {
                state.free += 1
                return nil
            }
            return state.line.removeFirst()
        }
        next?.resume()
    }
}
