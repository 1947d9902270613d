import Changes
import Database
import Media
import Store
import TestSupport
import Testing

@testable import Deletion

@Suite(.timeLimit(.minutes(5))) struct DeletionStoreTests {
    @Test("a log keeps what it was begun with, and its rows show it", arguments: TestDatabase.backends)
    func begin(backend: Backend) async throws {
        try await DeletionBench.with(backend) { bench in
            let id = try await bench.begin()
            let log = try #require(try await bench.deletion(id))
            #expect(log.status == .inProgress && log.phase == .confirmed && log.title == "Quiet Harbour")
            #expect(log.requests == [1] && log.userName == "ada" && log.options == Sample.options())
            #expect(log.steps.map(\.key) == bench.item.steps.map(\.key))
            #expect(log.undo == bench.item.undo && log.planHash == "abc")
            let row = try #require(try await bench.store.read { try $0.request(1) })
            #expect(row.deletion?.log == id && row.deletion?.status == .inProgress && row.state == .available)
        }
    }

    @Test("of two deletions of one row the second is told the log of the first", arguments: TestDatabase.backends)
    func twice(backend: Backend) async throws {
        try await DeletionBench.with(backend) { bench in
            let new = try bench.new()
            let outcomes = await withTaskGroup(of: Result<Int64, any Error>.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        do { return .success(try await bench.store.write { try $0.beginDeletion(new) }) } catch {
                            return .failure(error)
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            let begun = outcomes.compactMap { try? $0.get() }
            #expect(begun.count == 1)
            for outcome in outcomes {
                guard case .failure(let error) = outcome else { continue }
                #expect((error as? DeletionUnderWay)?.log == begun.first)
            }
        }
    }

    @Test(
        "complete, the row is deleted, counted and told of; incomplete, it stays until somebody accepts that",
        arguments: TestDatabase.backends, [StepStatus.verified, .failed])
    func end(backend: Backend, last: StepStatus) async throws {
        try await DeletionBench.with(backend) { bench in
            let id = try await bench.begin()
            let targets = bench.targets
            try await bench.store.write { tx in
                for target in targets { try tx.step(target, last, log: id) }
                try tx.endDeletion(id, endsRows: true)
            }
            var row = try #require(try await bench.store.read { try $0.request(1) })
            if last == .failed {
                #expect(row.state == .available && row.deletion?.status == .incomplete)
                await #expect(throws: DeletionUnderWay.self) { _ = try await bench.begin() }
                try await bench.store.write { try $0.closeDeletion(id, as: .accepted, endsRows: true) }
                row = try #require(try await bench.store.read { try $0.request(1) })
            }
            #expect(row.state == .deleted && row.deletion == nil)
            let log = try #require(try await bench.deletion(id))
            #expect(log.status == (last == .failed ? .accepted : .complete) && log.phase == .done)
            #expect(log.completedAt != nil && log.dueAt == nil)
            let counts = try await bench.store.read { try $0.requestCounts() }
            #expect(counts[RequestCount(mediaType: .movie, state: .deleted, origin: .request)] == 1)
            #expect((counts[RequestCount(mediaType: .movie, state: .available, origin: .request)] ?? 0) == 0)
            let events = try #require(try await bench.store.read { try $0.events(after: 0) })
            #expect(
                events.filter { $0.topic == .requestDeleted }.map(\.data) == [
                    "{\"request_id\":1,\"deletion_log_id\":\(id)}"
                ])
            #expect(events.contains { $0.topic == .deletion && $0.object == id })
            let story = try await bench.store.read { try $0.timeline(of: 1) }
            #expect(story.map(\.event) == ["deleted"])
            await #expect(throws: NothingToDelete.self) { _ = try await bench.begin() }
        }
    }

    @Test("withdrawn, the row goes on as if nothing had been", arguments: TestDatabase.backends)
    func withdrawn(backend: Backend) async throws {
        try await DeletionBench.with(backend) { bench in
            let id = try await bench.begin()
            try await bench.store.write { try $0.closeDeletion(id, as: .withdrawn, endsRows: true) }
            let row = try #require(try await bench.store.read { try $0.request(1) })
            #expect(row.state == .available && row.deletion == nil)
            #expect(try await bench.begin() > id)
        }
    }

    @Test("lists are narrowed by status, source, kind and words, newest first", arguments: TestDatabase.backends)
    func lists(backend: Backend) async throws {
        try await DeletionBench.with(backend) { bench in
            try await bench.store.write { tx in
                for id in Int64(2)...5 { try tx.insertSample(id, tmdb: 700 + id) }
            }
            for id in Int64(1)...5 {
                var new = try bench.new()
                new.requests = [id]
                new.title = id == 3 ? "Ärger im Hafen 100%" : "Quiet Harbour"
                new.source = id == 4 ? .radarr : .dashboard
                let begun = new
                _ = try await bench.store.write { try $0.beginDeletion(begun) }
            }
            func ids(_ change: (inout DeletionQuery) -> Void) async throws -> [Int64] {
                var query = DeletionQuery()
                change(&query)
                let asked = query
                return try await bench.store.read { try $0.deletionLogs(asked) }.map(\.id)
            }
            #expect(try await ids { _ in } == [5, 4, 3, 2, 1])
            #expect(try await ids { $0.limit = 2 } == [5, 4, 3])
            #expect(try await ids { $0.before = 3 } == [2, 1])
            #expect(try await ids { $0.source = .radarr } == [4])
            #expect(try await ids { $0.search = "arger" } == [3])
            #expect(try await ids { $0.search = "%" } == [3])
            #expect(try await ids { $0.status = .complete } == [])
            #expect(try await ids { $0.mediaType = .movie }.count == 5)
            #expect(try await bench.store.read { try $0.deletionLogCount(DeletionQuery()) } == 5)
        }
    }

    @Test(
        "what nobody carries out is found again after a stop; what waits for an answer is not",
        arguments: TestDatabase.backends)
    func stopped(backend: Backend) async throws {
        try await DeletionBench.with(backend) { bench in
            let id = try await bench.begin()
            #expect(try await bench.store.read { try $0.stoppedDeletions().map(\.id) } == [id])
            try await bench.store.write { try $0.move(deletion: id, to: .asked) }
            #expect(try await bench.store.read { try $0.stoppedDeletions().isEmpty })
            try await bench.store.write { tx in
                try tx.move(deletion: id, to: .executing)
                let job = try tx.startJob(
                    NewJob(kind: "deletion", startedBy: "ada", lane: nil), owner: "o", lease: .seconds(30)
                ).id
                try tx.assign(deletions: [id], to: job)
            }
            #expect(try await bench.store.read { try $0.stoppedDeletions().isEmpty })
            _ = try await bench.store.write { try $0.interruptJob(1) }
            #expect(try await bench.store.read { try $0.stoppedDeletions().map(\.id) } == [id])
            #expect(try await bench.store.write { try $0.resumeJob(1, owner: "o", lease: .seconds(30)) })
            #expect(try await !bench.store.write { try $0.resumeJob(1, owner: "p", lease: .seconds(30)) })
        }
    }
}
