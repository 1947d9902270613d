/// When a recurring job runs by itself.
public enum Schedule: Sendable, Hashable {
    case off
    case every(Duration)

    /// The time between two runs; nil when off.
    public var interval: Duration? {
        switch self {
        case .off: nil
        case .every(let interval): interval
        }
    }
}
