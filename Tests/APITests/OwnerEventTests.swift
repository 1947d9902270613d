import Changes
import Dashboard
import Database
import Media
import Store
import Synchronization
import TestSupport
import Testing

@testable import API

@Suite("Whose events are sent")
struct OwnerEventTests {
    private func listener(_ visibility: Visibility, view: String?, after: Int64? = nil) -> EventListener {
        var page = PageContext()
        page.mayOperate = visibility == .all
        page.maySeeJobs = visibility == .all
        return EventListener(topics: nil, after: after, visibility: visibility, view: view, page: page)
    }

    /// What a listener is sent of changes that come while it listens.
    private func live(_ api: API, _ listener: EventListener, _ changes: [Change]) async throws -> [SentEvent] {
        let (stream, feed) = AsyncStream.makeStream(of: Change.self)
        for change in changes { feed.yield(change) }
        feed.finish()
        let sent = Mutex<[SentEvent]>([])
        try await api.tell(listener, stream) { event in sent.withLock { $0.append(event) } }
        return sent.withLock(\.self)
    }

    private func requests(_ events: [SentEvent]) -> [Int64] {
        events.filter { $0.name == "request" }.compactMap { event in
            event.data.split(separator: "\"request\":{\"id\":").dropFirst().first
                .flatMap { Int64($0.prefix { $0.isNumber }) }
        }
    }

    /// Nothing of what others asked for stands anywhere in what a user is sent.
    private func expectOwnOnly(_ events: [SentEvent], _ visibility: Visibility) {
        guard case .owner(let owner) = visibility else { return }
        for name in ["ada", "bob", "someone"] where name != owner {
            for event in events { #expect(!event.data.contains("Wish of \(name)"), "\(event.data)") }
        }
        #expect(!events.contains { $0.name == "job" })
    }

    private static let views: [String?] = [nil, "activity", "requests", "request:1", "request:2", "library", "status"]

    @Test("a request's event is sent live to those who may know of it", arguments: OwnerTests.callers)
    func live(visibility: Visibility) async throws {
        try await TestAPI.with { api in
            try await OwnerTests.fill(api.store)
            let job = try await startJob(api)
            let changes =
                (1...6).map { Change(id: 100 + $0, topic: .request, object: $0, data: RequestChange.created.data) }
                // Progress has no number and is not kept.
                + (1...6).map { Change(id: nil, topic: .request, object: $0) }
                + [
                    Change(id: 110, topic: .request, object: 99), Change(id: 111, topic: .request),
                    Change(id: 112, topic: .job, object: job), Change(id: 113, topic: .health, data: "[]"),
                    Change(id: 114, topic: .requests, data: "{\"job_id\":1,\"added\":300,\"updated\":0}"),
                ]
            for view in Self.views {
                // Others listen too: what is held of their renderings reaches nobody else.
                for other in OwnerTests.callers { _ = try await live(api, listener(other, view: view), changes) }
                let events = try await live(api, listener(visibility, view: view), changes)
                let own = OwnerTests.own(visibility)
                #expect(requests(events) == own + own, "\(view ?? "")")
                #expect(events.count { $0.name == "job" } == (visibility == .all ? 1 : 0))
                #expect(events.count { $0.name == "health" || $0.name == "requests" } == 2)
                expectOwnOnly(events, visibility)
            }
        }
    }

    @Test("what was missed is replayed to those who may know of it", arguments: OwnerTests.callers)
    func replay(visibility: Visibility) async throws {
        try await TestAPI.with { api in
            try await OwnerTests.fill(api.store)
            let job = try await startJob(api)
            let before = try await api.store.read { try $0.lastEventID() }
            try await api.store.write { tx in
                for id in 1...6 as ClosedRange<Int64> {
                    try tx.emit(.request, object: id, data: RequestChange.updated.data)
                    try tx.emit(.job, object: job)
                }
                try tx.emit(.health, data: "[]")
            }
            for view in Self.views {
                let events = try await live(api, listener(visibility, view: view, after: before), [])
                #expect(requests(events) == OwnerTests.own(visibility))
                #expect(events.count { $0.name == "job" } == (visibility == .all ? 6 : 0))
                #expect(events.last?.name == "health")
                expectOwnOnly(events, visibility)
                let reset = try await live(api, listener(visibility, view: view, after: 9_999), [])
                #expect(reset.map(\.name) == ["reset"])
            }
        }
    }

    @Test("counts that come with an event are the listener's own")
    func counts() async throws {
        try await TestAPI.with { api in
            try await OwnerTests.fill(api.store)
            let change = Change(id: 100, topic: .request, object: 1)
            // Two users of equal rights; one may know of all requests.
            func badge(_ visibility: Visibility) async throws -> String {
                var user = listener(.owner("ada"), view: "activity")
                user.visibility = visibility
                let events = try await live(api, user, [change])
                let rest = try #require(events.first).data.split(separator: "\"attention-badge\":\"")
                return String(try #require(rest.dropFirst().first).split(separator: "\",").first ?? "")
            }
            let (all, ada) = (try await badge(.all), try await badge(.owner("ada")))
            #expect(all.contains(">3<") && ada.contains(">1<"), "\(all) \(ada)")
        }
    }

    @Test("a request that changed hands is no longer told to whom it belonged, though its event is held")
    func handover() async throws {
        try await TestAPI.with { api in
            try await OwnerTests.fill(api.store)
            let before = try await api.store.read { try $0.lastEventID() }
            try await api.store.write { try $0.emit(.request, object: 1) }
            let ada = listener(.owner("ada"), view: nil, after: before)
            let change = Change(id: 100, topic: .request, object: 1)
            #expect(requests(try await live(api, ada, [change])) == [1, 1])
            try await api.store.write { tx in
                _ = try tx.raw.execute("UPDATE requests SET owner = 'bob' WHERE id = 1")
            }
            #expect(try await live(api, ada, [change]).isEmpty)
        }
    }

    @Test("whose owner became known is new to that user, and to nobody else")
    func learning() async throws {
        try await TestAPI.with { api in
            try await OwnerTests.fill(api.store)
            let change = Change(id: 100, topic: .request, object: 1, data: RequestChange.owned.data)
            func told(_ visibility: Visibility) async throws -> [Bool] {
                try await live(api, listener(visibility, view: nil), [change])
                    .map { $0.data.hasPrefix("{\"change\":\"created\"") }
            }
            #expect(try await told(.all) == [false])
            #expect(try await told(.owner("ada")) == [true])
            #expect(try await told(.owner("bob")) == [])
        }
    }

    private func startJob(_ api: API) async throws -> Int64 {
        try await api.store.write { tx in
            try tx.startJob(
                NewJob(kind: "library_sync", target: "library", startedBy: "x", lane: nil), owner: "o",
                lease: .seconds(60)
            ).id
        }
    }
}
