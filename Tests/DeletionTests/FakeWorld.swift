import Media
import Synchronization

@testable import Deletion

/// Services that hold targets, and can be broken in the ways services break.
final class FakeWorld: CallDesk, Sendable {
    enum Fault: Sendable, Hashable {
        /// Answers nothing: neither looked at, nor called, nor read.
        case down
        /// Is looked at and read, and refuses the call.
        case refuses
        /// Says yes and keeps it.
        case lies
        /// It is another title by now.
        case changed
        /// Is looked at and called, and cannot be read afterwards.
        case unreadable
    }

    private struct State {
        var present: Set<DeletionStep.Key> = []
        var calls: [DeletionStep.Key] = []
        var faults: [DeletionService: Fault] = [:]
        var nudges: [DeletionService] = []
    }

    struct Down: Error, CustomStringConvertible {
        var description: String { "unreachable" }
    }

    private let state = Mutex(State())
    /// What happens when a call goes out: before it takes effect, and after.
    private let onCall: @Sendable (_ number: Int, _ isDone: Bool) async throws -> Void

    init(
        _ present: [DeletionStep.Key] = [],
        onCall: @escaping @Sendable (_ number: Int, _ isDone: Bool) async throws -> Void = { _, _ in }
    ) {
        self.onCall = onCall
        state.withLock { $0.present = Set(present) }
    }

    var calls: [DeletionStep.Key] { state.withLock { $0.calls } }
    var present: Set<DeletionStep.Key> { state.withLock { $0.present } }
    var nudges: [DeletionService] { state.withLock { $0.nudges } }

    func set(_ fault: Fault?, of service: DeletionService) { state.withLock { $0.faults[service] = fault } }
    func remove(_ key: DeletionStep.Key) { state.withLock { _ = $0.present.remove(key) } }

    func calls(_ service: DeletionService, _ instance: String?) -> (any ServiceCalls)? {
        FakeCalls(world: self, service: service)
    }

    func seesFiles(of targets: [Target], _ service: DeletionService) -> Bool { false }
    func left(of subject: DeletionSubject) -> [String] { [] }

    private struct FakeCalls: ServiceCalls {
        let world: FakeWorld
        let service: DeletionService
        var leftText: String { "still there" }

        private var fault: Fault? { world.state.withLock { $0.faults[service] } }

        func look(at target: Target) async throws -> Sight {
            if fault == .down { throw Down() }
            if fault == .changed { return .changed("It is another title now.") }
            return world.present.contains(target.key) ? .there : .gone
        }

        func call(_ targets: [Target]) async -> [CallOutcome] {
            var outcomes: [CallOutcome] = []
            for target in targets {
                let number = world.state.withLock { state in
                    state.calls.append(target.key)
                    return state.calls.count
                }
                do {
                    try await world.onCall(number, false)
                    if fault == nil || fault == .unreadable { world.remove(target.key) }
                    try await world.onCall(number, true)
                } catch {
                    outcomes.append(.failed("cut off"))
                    continue
                }
                outcomes.append(fault == .refuses || fault == .down ? .failed("refused") : .done("done"))
            }
            return outcomes
        }

        func isGone(_ target: Target) async throws -> Bool {
            if fault == .down || fault == .unreadable { throw Down() }
            return !world.present.contains(target.key)
        }

        func nudge(_ targets: [Target]) async throws -> String? {
            world.state.withLock { $0.nudges.append(service) }
            return "nudged"
        }
    }
}
