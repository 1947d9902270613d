import Glibc
import Lifecycle
import Testing

@Suite("A signal trap", .timeLimit(.minutes(1)))
struct SignalTrapTests {
    @Test("turns the first SIGTERM into a shutdown")
    func first() async {
        await #expect(processExitsWith: .exitCode(7)) {
            let shutdown = ShutdownSignal()
            let trap = SignalTrap(shutdown)
            kill(getpid(), SIGTERM)
            await shutdown.wait()
            withExtendedLifetime(trap) { exit(7) }
        }
    }

    @Test("ends the process at the second signal")
    func second() async {
        await #expect(processExitsWith: .exitCode(130)) {
            let shutdown = ShutdownSignal()
            let trap = SignalTrap(shutdown)
            kill(getpid(), SIGTERM)
            await shutdown.wait()
            kill(getpid(), SIGINT)
            await ShutdownSignal().wait()  // hangs: only the signal can end it
            withExtendedLifetime(trap) {}
        }
    }
}
