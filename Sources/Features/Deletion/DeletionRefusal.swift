/// Why a deletion was not begun, in words for the person who asked.
public struct DeletionRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Code: String, Sendable, Hashable {
        case notFound = "not_found"
        case capExceeded = "cap_exceeded"
        case confirmationRequired = "confirmation_required"
        case planExpired = "plan_expired"
        case targetChanged = "target_changed"
        case ambiguousTarget = "ambiguous_target"
        case disabled = "deletion_disabled"
        case notRetryable = "not_retryable"
        case underWay = "deletion_running"
        case invalid
    }

    public var code: Code
    public var detail: String
    /// The log that is concerned, where there is one.
    public var log: Int64?

    public init(_ code: Code, _ detail: String, log: Int64? = nil) {
        self.code = code
        self.detail = detail
        self.log = log
    }

    public var description: String { detail }
}
