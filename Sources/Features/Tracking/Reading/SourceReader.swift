import Database
import HTTPClient
import Lifecycle
import Media
import Observability
import Store

/// One thing that is read again and again: at its own pace, sooner when somebody calls, slower while it fails.
///
/// Two readers never wait for each other, so a slow or dead service delays nobody (tracking.md §4).
struct SourceReader: Sendable {
    /// What is read: `queue`, `history`.
    let what: String
    /// `radarr` or `radarr/4k`: what `Reach` and `Wakes` call the instance.
    let instance: String
    /// While nobody waits; nil reads only when called or active.
    let idle: Duration?
    let active: Duration
    /// The wait after a call, so that a burst of webhooks makes one read.
    var settling: Duration = .seconds(2)
    /// Whether an open request's next fact comes from here.
    let isActive: @Sendable () async throws -> Bool
    /// One read; `afresh` after a failure and at the start.
    ///
    /// Answers whether the service was asked at all: a read that had nothing to ask for says nothing of it.
    let read: @Sendable (_ afresh: Bool) async throws -> Bool

    private static let longestPause: Duration = .seconds(300)

    func run(in tracking: Tracking, until shutdown: ShutdownSignal, clock: any Clock<Duration>) async {
        let calls = tracking.wakes.stream(for: instance)
        let bell = Bell(calls)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await bell.listen() }
            await loop(in: tracking, bell, until: shutdown, clock)
            group.cancelAll()
        }
    }

    private func loop(
        in tracking: Tracking, _ bell: Bell, until shutdown: ShutdownSignal, _ clock: any Clock<Duration>
    ) async {
        var failures = 0
        var afresh = true
        var isUnkept = false
        while !shutdown.isTriggered && !Task.isCancelled {
            let began = tracking.store.now()
            do {
                let hasAsked = try await read(afresh)
                failures = 0
                afresh = false
                isUnkept = false
                if hasAsked { tracking.noteSuccess(of: instance, what) } else { tracking.noteRest(of: instance, what) }
            } catch  where error.isCancellation {
                // A listing shared with a caller who went away says nothing of the service.
                if Task.isCancelled { return }
            } catch let error as DatabaseError {
                // Our own trouble says nothing of the service.
                afresh = true
                if !isUnkept && error.reason != .closed {
                    tracking.log.warn("reading_not_kept", "The \(what) of \(instance) could not be kept: \(error)")
                }
                isUnkept = true
            } catch {
                failures += 1
                afresh = true
                tracking.noteFailure(of: instance, what, error, since: began)
            }
            let pause = await pause(after: failures)
            await bell.wait(atMost: pause, then: failures == 0 ? settling : pause, until: shutdown, clock)
        }
    }

    /// Errors double the pause up to five minutes; ten per cent of chance keep readers apart.
    private func pause(after failures: Int) async -> Duration {
        let isActive = (try? await isActive()) ?? true
        var pause = isActive ? active : idle ?? max(active, .seconds(3_600))
        for _ in 0..<min(failures, 12) { pause = min(pause * 2, max(Self.longestPause, active)) }
        return pause * Double.random(in: 0.9...1.0)
    }
}

/// Lets a reader sleep until its time, a call, or the end.
private actor Bell {
    private let calls: AsyncStream<Void>
    private var hasRung = false
    private var sleeper: CheckedContinuation<Void, Never>?

    init(_ calls: AsyncStream<Void>) { self.calls = calls }

    func listen() async {
        for await _ in calls { ring() }
        ring()
    }

    private func ring() {
        hasRung = true
        sleeper?.resume()
        sleeper = nil
    }

    private func rung() async {
        if hasRung { return }
        await withCheckedContinuation { sleeper = $0 }
    }

    /// Returns at the latest after `limit`; when somebody calls, after `settling` more.
    func wait(
        atMost limit: Duration, then settling: Duration, until shutdown: ShutdownSignal, _ clock: any Clock<Duration>
    ) async {
        await withTaskGroup(of: Bool.self) { race in
            race.addTask {
                try? await clock.sleep(for: limit)
                return false
            }
            race.addTask {
                await shutdown.wait()
                return false
            }
            race.addTask {
                await self.rung()
                return true
            }
            let wasCalled = await race.next() ?? false
            if wasCalled && !shutdown.isTriggered { try? await clock.sleep(for: min(settling, limit)) }
            ring()
            race.cancelAll()
        }
        hasRung = false
    }
}

extension Tracking {
    func noteSuccess(of instance: String, _ what: String) {
        guard reach.succeeded(instance, what, at: store.now()) else { return }
        log.info("upstream_back", "\(instance) answers again")
    }

    func noteRest(of instance: String, _ what: String) {
        guard reach.rested(instance, what, at: store.now()) else { return }
        log.info("upstream_unasked", "Nothing is asked of \(instance) any more; its last failure is forgotten")
    }

    /// Our own trouble and a caller who went away say nothing of the service.
    ///
    /// It fails since the call began: a service that never answers is out for as long as it was waited for.
    func noteFailure(of instance: String, _ what: String, _ error: any Error, since began: Timestamp) {
        if error is DatabaseError || error.isCancellation { return }
        let isNew = reach.failed(instance, what, "\(error)", since: began)
        if isNew { log.warn("upstream_failing", "Reading the \(what) of \(instance) failed: \(error)") }
    }
}

extension Error {
    /// Whether somebody stopped the work, rather than the service failing it.
    var isCancellation: Bool {
        self is CancellationError || (self as? UpstreamError)?.reason == .cancelled
    }
}
