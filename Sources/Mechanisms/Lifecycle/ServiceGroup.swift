/// Runs the services of a process together: they start together and end together.
public struct ServiceGroup: Sendable {
    private enum Ending: Sendable {
        case service(index: Int, failure: ServiceFailure?)
        case graceOver
        case watchdogStopped
    }

    private let services: [any Service]
    private let grace: Duration
    private let clock: any Clock<Duration>

    /// Names the services; after a stop they have `grace` to finish before they are cancelled.
    public init(
        _ services: [any Service], grace: Duration = .seconds(5), clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.services = services
        self.grace = grace
        self.clock = clock
    }

    /// Runs all services until the last has ended.
    ///
    /// When one ends early or throws, the others are asked to stop; after the grace those still running are cancelled.
    /// - Throws: `ServiceFailure`, the first one seen.
    public func run(until shutdown: ShutdownSignal) async throws {
        guard !services.isEmpty else { return }
        try await withThrowingTaskGroup(of: Ending.self) { group in
            for (index, service) in services.enumerated() {
                group.addTask { await ending(of: service, at: index, shutdown) }
            }
            group.addTask { await watch(shutdown) }
            var running = Set(services.indices)
            var firstFailure: ServiceFailure?
            while !running.isEmpty, let ending = try await group.next() {
                switch ending {
                case .service(let index, let failure):
                    running.remove(index)
                    firstFailure = firstFailure ?? failure
                case .graceOver:
                    let names = running.sorted().map { services[$0].name }.joined(separator: ", ")
                    firstFailure = firstFailure ?? ServiceFailure(service: names, reason: .outlivedGrace(grace))
                    group.cancelAll()
                case .watchdogStopped:
                    break
                }
            }
            group.cancelAll()  // ends the watchdog
            if let firstFailure { throw firstFailure }
        }
    }

    private func ending(of service: any Service, at index: Int, _ shutdown: ShutdownSignal) async -> Ending {
        defer { shutdown.trigger() }
        do {
            try await service.run(until: shutdown)
            let wasAsked = shutdown.isTriggered || Task.isCancelled
            return .service(
                index: index, failure: wasAsked ? nil : ServiceFailure(service: service.name, reason: .endedEarly))
        } catch is CancellationError {
            return .service(index: index, failure: nil)
        } catch {
            return .service(index: index, failure: ServiceFailure(service: service.name, reason: .threw(error)))
        }
    }

    private func watch(_ shutdown: ShutdownSignal) async -> Ending {
        await shutdown.wait()
        do {
            try await clock.sleep(for: grace)
            return .graceOver
        } catch {
            return .watchdogStopped  // only cancellation ends the sleep early
        }
    }
}
