import Database
public import Lifecycle
import Media
import Observability
import Store

/// Runs every reader and the due checks, wherever leadership is held.
public struct TrackingService: Service {
    public let name = "tracking"
    let tracking: Tracking
    let upstreams: TrackingUpstreams
    let clock: any Clock<Duration>

    public init(_ tracking: Tracking, clock: any Clock<Duration> = ContinuousClock()) {
        self.tracking = tracking
        upstreams = tracking.upstreams
        self.clock = clock
    }

    public func run(until shutdown: ShutdownSignal) async throws {
        await withTaskGroup(of: Void.self) { group in
            if tracking.store.database.backend == .postgresql {
                group.addTask { await passCallsOn() }
                group.addTask { await hearCalls() }
            }
            await takeTurns(until: shutdown)
            group.cancelAll()
        }
    }

    /// One replica reads; the others try again, so that one takes over within ten seconds.
    private func takeTurns(until shutdown: ShutdownSignal) async {
        while !shutdown.isTriggered {
            if let lock = try? await tracking.store.database.tryLock("tracking") {
                tracking.setLeading(true)
                await lead(until: shutdown, lock)
                tracking.setLeading(false)
                lock.release()
            } else {
                tracking.wakes.setElsewhere(true)
            }
            await shutdown.wait(atMost: .seconds(5), clock: clock)
        }
    }

    /// Tells the replica that reads what this one was called for; a lost call costs an interval.
    private func passCallsOn() async {
        for await _ in tracking.wakes.outgoing {
            let notices = WakeCall.notices(tracking.wakes.takeOutgoing())
            if notices.isEmpty { continue }
            do {
                try await tracking.store.write { tx in
                    for notice in notices { try tx.raw.notify(notice) }
                }
            } catch {
                tracking.log.warn("wakes_lost", "The replica that reads was not woken: \(error)")
            }
        }
    }

    private func hearCalls() async {
        while !Task.isCancelled {
            for await notice in tracking.store.database.notices() where tracking.isLeading {
                tracking.wakes.take(WakeCall.calls(in: notice))
            }
            // Too far behind to be told more: listen anew.
            try? await clock.sleep(for: .seconds(1))
        }
    }

    private func lead(until shutdown: ShutdownSignal, _ lock: SessionLock) async {
        let tracking = tracking
        let clock = clock
        tracking.reach.recall((try? await tracking.store.read { try $0.outages() }) ?? [])
        var reconciliation = Reconciliation(tracking: tracking, librarian: tracking.librarian)
        reconciliation.scans = upstreams.jellyfin.map { LibraryScans(jellyfin: $0, tracking: tracking) }
        let settled = reconciliation
        await withTaskGroup(of: Void.self) { group in
            for reader in readers(settled) {
                group.addTask { await reader.run(in: tracking, until: shutdown, clock: clock) }
            }
            group.addTask { await makeChecks(settled, until: shutdown) }
            for (watch, stream) in listeners() { group.addTask { await watch.listen(to: stream) } }
            group.addTask {
                await withTaskGroup(of: Void.self) { race in
                    race.addTask { await lock.ended() }
                    race.addTask { await shutdown.wait() }
                    await race.next()
                    // Waiting for the lock cannot be cancelled; giving it back ends it.
                    lock.release()
                    race.cancelAll()
                }
            }
            // The last task ends first when leadership or the process ends; the readers follow.
            await group.next()
            group.cancelAll()
        }
    }

    private func makeChecks(_ reconciliation: Reconciliation, until shutdown: ShutdownSignal) async {
        while !shutdown.isTriggered && !Task.isCancelled {
            var pause: Duration = .milliseconds(250)
            do {
                let next = try await reconciliation.makeDueChecks()
                if let next {
                    let ahead = next.milliseconds - tracking.store.now().milliseconds
                    pause = .milliseconds(min(max(ahead, 20), 250))
                }
            } catch {
                tracking.log.warn("checks_failed", "\(error)")
                pause = .seconds(2)
            }
            await shutdown.wait(atMost: pause, clock: clock)
        }
    }
}
