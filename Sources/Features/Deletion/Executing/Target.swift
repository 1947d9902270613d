import Media

/// One target of one log, on its way.
struct Target: Sendable, Hashable {
    var log: Int64
    var step: PlannedStep
    var subject: DeletionSubject
    /// Whether the whole medium goes: then nothing new of it may have appeared.
    var isWhole: Bool

    var key: DeletionStep.Key { step.key }
}

/// What a look at a target shows.
enum Sight: Sendable, Hashable {
    case there
    case gone
    /// It is something else by now, in words.
    case changed(String)
}

/// What a call came to for one target.
enum CallOutcome: Sendable, Hashable {
    /// With what is said of it, nil for nothing new.
    case done(String?)
    case failed(String)
}

/// How one service is looked at, called and read again.
///
/// All calls are repeatable: what is gone already counts as done.
protocol ServiceCalls: Sendable {
    /// Whether several targets go in one call.
    var isGathered: Bool { get }
    /// Reads a target again right before its call, or after a crash in it.
    ///
    /// - Throws: where nobody can tell: unknown is never gone.
    func look(at target: Target) async throws -> Sight
    /// Calls for several targets, together where the service can; one outcome each, in their order.
    func call(_ targets: [Target]) async -> [CallOutcome]
    /// Whether a target is proven gone (deletion.md §7).
    func isGone(_ target: Target) async throws -> Bool
    /// Does once more what may help a target that is still there; nil where nothing does.
    func nudge(_ targets: [Target]) async throws -> String?
    /// What is said of a target that is still there in the end.
    var leftText: String { get }
}

extension ServiceCalls {
    var isGathered: Bool { false }
    func nudge(_ targets: [Target]) async throws -> String? { nil }
}
