public import Store

/// What one batch of plan lines came to.
public struct AppliedBatch: Sendable {
    public var last: PlanPosition
    public var lines: Int
    public var bytes: Int

    public init(last: PlanPosition, lines: Int, bytes: Int) {
        self.last = last
        self.lines = lines
        self.bytes = bytes
    }
}
