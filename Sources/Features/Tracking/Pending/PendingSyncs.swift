public import HTTPClient
public import Jobs
import Store

/// The one door to pending syncs: command line, API, schedule and pages all start them here.
public struct PendingSyncs: Sendable {
    private let jobs: Jobs
    private let tracking: Tracking
    private let upstreams: @Sendable (any HTTPTransport) -> TrackingUpstreams
    private let transport: any HTTPTransport

    /// Makes the door.
    ///
    /// - Parameters:
    ///   - jobs: runs them.
    ///   - tracking: whose requests they add.
    ///   - transport: what calls go through.
    ///   - upstreams: makes clients of every configured instance; each run gets its own, so that it takes nothing away
    ///     from the readers.
    public init(
        _ jobs: Jobs, tracking: Tracking, transport: any HTTPTransport,
        upstreams: @escaping @Sendable (any HTTPTransport) -> TrackingUpstreams
    ) {
        self.jobs = jobs
        self.tracking = tracking
        self.transport = transport
        self.upstreams = upstreams
    }

    /// Starts a sync of Seerr's requests, or joins an identical one.
    ///
    /// - Throws: `JobRunning` while another sync runs; `JobFailure` for a plan that cannot be applied.
    public func start(_ options: SyncOptions, by user: String) async throws -> SyncStart {
        let calls = CallCounter()
        let observed = ObservedTransport(transport) { calls.count($0) }
        let sync = PendingSync(tracking, upstreams(observed), calls: calls)
        return try await jobs.startSync(options, by: user, now: tracking.store.now(), sync)
    }
}
