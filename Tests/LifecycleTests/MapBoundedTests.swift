import Lifecycle
import Testing

private struct Odd: Error, Equatable { let number: Int }

@Suite("mapBounded")
struct MapBoundedTests {
    @Test("keeps input order, and one failing item does not stop the others")
    func order() async throws {
        let results = await mapBounded(Array(0..<100), width: 7) { number in
            await Task.yield()
            if number % 2 == 1 { throw Odd(number: number) }
            return number * 10
        }
        #expect(results.count == 100)
        for (index, result) in results.enumerated() {
            if index % 2 == 1 {
                #expect(throws: Odd(number: index)) { try result.get() }
            } else {
                #expect(try result.get() == index * 10)
            }
        }
    }

    @Test("never runs more than its width at once")
    func width() async {
        let running = Locked((now: 0, most: 0))
        _ = await mapBounded(Array(0..<200), width: 3) { _ in
            running.withLock { state in
                state.now += 1
                state.most = max(state.most, state.now)
            }
            for _ in 0..<5 { await Task.yield() }
            running.withLock { $0.now -= 1 }
        }
        #expect(running.withLock { $0.most } <= 3)
    }

    @Test("of nothing is nothing")
    func nothing() async {
        #expect(await mapBounded([Int](), width: 4) { $0 }.isEmpty)
    }
}
