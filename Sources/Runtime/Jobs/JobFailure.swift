/// Why a job failed, in words for the person who started it.
public struct JobFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// A stable code, such as `upstream_unreachable` or `listing_incomplete`.
    public var code: String
    /// What failed, where, why, and what to do.
    public var detail: String
    /// The service at fault, where one is.
    public var service: String?

    public init(code: String, detail: String, service: String? = nil) {
        self.code = code
        self.detail = detail
        self.service = service
    }

    public var description: String { detail }
}

/// Another job of the lane runs already.
public struct JobRunning: Error, Sendable {
    public let job: Int64
    public let kind: String
}

/// The job's lease went to somebody else, so its transaction must not commit.
struct LeaseLost: Error, CustomStringConvertible {
    var description: String { "The job's lease was lost; nothing was written." }
}
