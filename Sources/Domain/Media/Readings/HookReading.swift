/// What a webhook says: its event's name as sent, and the facts in it; none for events without effect here.
public struct HookReading: Sendable, Hashable {
    public var event: String
    public var observations: [Observation]
    /// What it says went there; only `RemovalSignal.response` tells what that means.
    public var removals: [RemovalSignal]

    public init(event: String, observations: [Observation] = [], removals: [RemovalSignal] = []) {
        self.event = event
        self.observations = observations
        self.removals = removals
    }
}

/// A webhook's body that is not JSON, or not an object: the only content that is refused.
public struct UnreadableHook: Error, Sendable, CustomStringConvertible {
    public var description: String

    public init(_ description: String) { self.description = description }
}
