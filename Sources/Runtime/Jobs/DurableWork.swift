import Observability
public import Store

/// How work that stores its own course ended.
public struct DurableEnd: Sendable {
    public var state: JobState
    /// The report, as JSON.
    public var result: String?
    public var errorCode: String?
    public var error: String?

    public init(_ state: JobState, result: String?, errorCode: String? = nil, error: String? = nil) {
        self.state = state
        self.result = result
        self.errorCode = errorCode
        self.error = error
    }
}

/// Work that stores every step it takes, and goes on from there after a crash.
///
/// It throws `CancellationError` when Marquee stops: the job is then interrupted, and is resumed later.
public typealias DurableWork = @Sendable (JobLease, Progress) async throws -> DurableEnd

extension Jobs {
    /// Starts a job that stores its own course, unless its lane is taken.
    ///
    /// - Throws: `JobRunning` naming the job that holds the lane.
    public func start(_ new: NewJob, _ work: @escaping DurableWork) async throws -> Int64 {
        try await launch(new) { lease, progress in JobEnd(try await work(lease, progress)) }
    }

    /// Goes on with a job that was interrupted, under its old number.
    ///
    /// - Returns: false when it is not interrupted, or somebody else went on with it first.
    public func resume(_ job: Int64, _ work: @escaping DurableWork) async throws -> Bool {
        let owner = owner
        guard try await store.write({ try $0.resumeJob(job, owner: owner, lease: Self.lease) }) else { return false }
        try await begin(JobLease(job: job, owner: owner)) { lease, progress in JobEnd(try await work(lease, progress)) }
        log.info("job_resumed", "Going on with job \(job)", ["job_id": .integer(job)])
        return true
    }
}

extension JobEnd {
    fileprivate init(_ end: DurableEnd) {
        self.init(state: end.state, result: end.result, errorCode: end.errorCode, error: end.error)
    }
}
