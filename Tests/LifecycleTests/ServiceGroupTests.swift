import Lifecycle
import Testing

private struct Ended: Error {}

private struct Part: Service {
    let name: String
    let body: @Sendable (ShutdownSignal) async throws -> Void

    func run(until shutdown: ShutdownSignal) async throws { try await body(shutdown) }
}

/// A clock whose time is over at once: the grace ends as soon as it begins.
private struct ImpatientClock: Clock {
    let now = ContinuousClock.Instant.now
    let minimumResolution = Duration.zero
    func sleep(until deadline: ContinuousClock.Instant, tolerance: Duration?) async throws {}
}

/// A clock on which no time passes.
private struct PatientClock: Clock {
    let now = ContinuousClock.Instant.now
    let minimumResolution = Duration.zero
    func sleep(until deadline: ContinuousClock.Instant, tolerance: Duration?) async throws {
        await ShutdownSignal().wait()
        throw CancellationError()
    }
}

@Suite("A service group", .timeLimit(.minutes(1)))
struct ServiceGroupTests {
    private let obedient = Part(name: "obedient") { await $0.wait() }

    @Test("ends without an error when all services stop on request")
    func cleanStop() async throws {
        let shutdown = ShutdownSignal()
        let group = ServiceGroup([obedient, obedient], clock: PatientClock())
        let running = Task { try await group.run(until: shutdown) }
        shutdown.trigger()
        try await running.value
    }

    @Test("with no services ends at once")
    func empty() async throws {
        try await ServiceGroup([]).run(until: ShutdownSignal())
    }

    @Test("stops all and names the service that ended early")
    func earlyEnd() async throws {
        let shutdown = ShutdownSignal()
        let group = ServiceGroup([obedient, Part(name: "poller") { _ in }], clock: PatientClock())
        let failure = await #expect(throws: ServiceFailure.self) { try await group.run(until: shutdown) }
        #expect(failure?.service == "poller")
        #expect(failure?.description == "Service poller ended although nobody asked it to.")
        #expect(shutdown.isTriggered)
    }

    @Test("stops all and keeps the cause when a service throws")
    func thrown() async throws {
        let group = ServiceGroup([obedient, Part(name: "http") { _ in throw Ended() }], clock: PatientClock())
        let failure = await #expect(throws: ServiceFailure.self) { try await group.run(until: ShutdownSignal()) }
        #expect(failure?.description == "Service http failed: Ended()")
    }

    @Test("cancels what outlives the grace, and says who it was")
    func outlived() async throws {
        let shutdown = ShutdownSignal()
        let deaf = Part(name: "deaf") { _ in await ShutdownSignal().wait() }
        let group = ServiceGroup([obedient, deaf], grace: .seconds(5), clock: ImpatientClock())
        let running = Task { try await group.run(until: shutdown) }
        shutdown.trigger()
        let failure = await #expect(throws: ServiceFailure.self) { try await running.value }
        #expect(failure?.description.contains("deaf") == true)
        #expect(failure?.description.contains("5.0 seconds") == true)
    }
}
