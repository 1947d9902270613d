import Changes
import Dashboard
import Media
import Store
import Synchronization
import Testing

@testable import API

@Suite("Rendered events")
struct RenderedEventsTests {
    private func key(_ id: Int64, _ theme: PageContext.Theme = .dark) -> RenderedEvents.Key {
        RenderedEvents.Key(
            change: Change(id: id, topic: .request, object: 1), moment: 0, view: "activity", theme: theme,
            language: "en", mayOperate: true, mayVerify: true, maySeeJobs: true, visibility: .all)
    }

    @Test("two hundred equal listeners cost one rendering; another theme costs its own")
    func once() async throws {
        let events = RenderedEvents()
        let count = Mutex(0)
        let make: @Sendable () async throws -> String? = {
            await Task.yield()
            return "rendering \(count.withLock { $0.next() })"
        }
        let key = key(7)
        let answers = try await withThrowingTaskGroup(of: String?.self) { group in
            for _ in 0..<200 { group.addTask { try await events.data(for: key, make) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(answers) == ["rendering 1"] && answers.count == 200)
        #expect(try await events.data(for: self.key(7, .light), make) == "rendering 2")
    }

    @Test("a rendering that failed is tried again, and an old one is let go")
    func failure() async throws {
        struct Broken: Error {}
        let events = RenderedEvents(limit: 4)
        await #expect(throws: Broken.self) { try await events.data(for: key(1)) { throw Broken() } }
        #expect(try await events.data(for: key(1)) { "again" } == "again")
        for id in 2...8 { _ = try await events.data(for: key(Int64(id))) { "new" } }
        #expect(try await events.data(for: key(1)) { "anew" } == "anew")
    }

    @Test("progress of one request passes once a second; stages and other requests always do")
    func gate() {
        var gate = ProgressGate()
        let start = Timestamp(milliseconds: 1_000_000)
        func progress(_ request: Int64) -> Change { Change(id: nil, topic: .request, object: request) }
        let told = [
            (progress(1), 0), (progress(1), 999), (progress(2), 999), (Change(id: 9, topic: .request, object: 1), 999),
            (progress(1), 1_000),
            // A clock set back does not silence it.
            (progress(1), -60_000),
        ].map { change, at in gate.admits(change, at: start.advanced(by: .milliseconds(at))) }
        #expect(told == [true, false, true, true, true, true])
    }
}

extension Int {
    fileprivate mutating func next() -> Int {
        self += 1
        return self
    }
}
