import Lifecycle
import Testing

@Suite("A shutdown signal")
struct ShutdownSignalTests {
    @Test("wakes everyone who waits, and those who come later")
    func wakesAll() async {
        let signal = ShutdownSignal()
        #expect(!signal.isTriggered)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<50 { group.addTask { await signal.wait() } }
            group.addTask { signal.trigger() }
        }
        await signal.wait()
        #expect(signal.isTriggered)
    }

    @Test("lets a cancelled task go without being triggered")
    func cancelledWaiter() async {
        let signal = ShutdownSignal()
        let waiter = Task { await signal.wait() }
        waiter.cancel()
        await waiter.value
        #expect(!signal.isTriggered)
    }
}
