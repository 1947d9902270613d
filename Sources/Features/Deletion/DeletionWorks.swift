public import Lifecycle
import Media
import Observability

/// Goes on with deletions that were cut off, and reads again what is due.
public struct DeletionWorks: Service {
    public let name = "deletions"
    private let deletions: Deletions
    private let clock: any Clock<Duration>
    /// Whether this process is the one that does such work.
    private let isLeading: @Sendable () -> Bool

    public init(
        _ deletions: Deletions, clock: any Clock<Duration> = ContinuousClock(),
        isLeading: @escaping @Sendable () -> Bool = { true }
    ) {
        self.deletions = deletions
        self.clock = clock
        self.isLeading = isLeading
    }

    /// As long as it may wait although nothing is due: a deletion may begin meanwhile.
    private static let look = Duration.milliseconds(500)
    private static let resumes = Duration.seconds(10)
    /// Between two looks for what was deleted elsewhere.
    private static let looks = Duration.seconds(3)

    public func run(until shutdown: ShutdownSignal) async throws {
        var (sinceResume, sinceLook) = (Self.resumes, Self.looks)
        while !shutdown.isTriggered {
            do {
                if isLeading() {
                    if sinceResume >= Self.resumes {
                        sinceResume = .zero
                        try await deletions.resumeStopped()
                    }
                    if sinceLook >= Self.looks {
                        sinceLook = .zero
                        try await deletions.noticeLosses()
                    }
                    _ = try await deletions.readDue()
                }
            } catch is CancellationError {
                return
            } catch {
                deletions.log.warn("deletions_failed", "\(error)")
            }
            await shutdown.wait(atMost: Self.look, clock: clock)
            sinceResume += Self.look
            sinceLook += Self.look
        }
    }
}
