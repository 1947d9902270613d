import Glibc
import Lifecycle
import Testing

private actor Counter {
    private let executor: ThreadExecutor
    private var count = 0

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    init(_ executor: ThreadExecutor) { self.executor = executor }

    func add() -> (count: Int, thread: UInt) {
        count += 1
        return (count, UInt(pthread_self()))
    }
}

@Suite("A thread executor", .timeLimit(.minutes(1)))
struct ThreadExecutorTests {
    @Test("runs all jobs of an actor on its one thread")
    func oneThread() async {
        let executor = ThreadExecutor(name: "counter")
        defer { executor.stop() }
        let counter = Counter(executor)
        let answers = await mapBounded(Array(0..<500), width: 8) { _ in await counter.add() }
        let values = answers.compactMap { try? $0.get() }
        #expect(Set(values.map(\.thread)).count == 1)
        #expect(Set(values.map(\.count)) == Set(1...500))
    }

    @Test("runs a task's non-isolated work too, under its own name")
    func taskPreference() async {
        let executor = ThreadExecutor(name: "a-rather-long-thread-name")
        defer { executor.stop() }
        let name = await withTaskExecutorPreference(executor) { await threadName() }
        #expect(name == "a-rather-long-t")
    }

    @Test("still runs a job that arrives after the stop")
    func afterStop() async {
        let executor = ThreadExecutor(name: "stopped")
        executor.stop()
        let counter = Counter(executor)
        #expect(await counter.add().count == 1)
        #expect(await counter.add().count == 2)
    }

    @Test("may be dropped as soon as its job is done")
    func shortLived() async {
        for _ in 0..<1000 {
            let executor = ThreadExecutor(name: "brief")
            await withTaskExecutorPreference(executor) { _ = await threadName() }
            executor.stop()
        }
    }

    @concurrent
    private func threadName() async -> String {
        let file = unsafe open("/proc/thread-self/comm", O_RDONLY)
        defer { close(file) }
        let text = unsafe String(unsafeUninitializedCapacity: 64) { buffer in
            unsafe max(0, read(file, buffer.baseAddress, buffer.count))
        }
        return String(text.prefix { $0 != "\n" })
    }
}
