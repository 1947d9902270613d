import Database
import Jobs
import Media
import Store
import TestSupport
import Testing

@testable import Deletion

/// Deletions that were made elsewhere (deletion.md §8).
@Suite(.timeLimit(.minutes(5))) struct ExternalTests {
    private static func deletions(_ bench: DeletionBench, _ external: ExternalDeletions) -> (Deletions, Jobs) {
        var settings = DeletionSettings()
        settings.external = external
        let jobs = Jobs(bench.store, owner: "me", log: DeletionBench.log)
        return (
            Deletions(
                jobs, store: bench.store, settings: settings, upstreams: DeletionUpstreams(), log: DeletionBench.log),
            jobs
        )
    }

    @Test("recorded, the row goes and no service is called", arguments: TestDatabase.backends)
    func recorded(backend: Backend) async throws {
        try await DeletionBench.with(backend) { bench in
            let (deletions, _) = Self.deletions(bench, .record)
            let id = try #require(
                try await deletions.recordExternal(1, source: .radarr, deletedFiles: true, isAuthenticated: true))
            let log = try #require(try await bench.deletion(id))
            #expect(log.status == .complete && log.source == .radarr && log.userName == "Radarr (external)")
            #expect(log.options.torrents == .keep && log.options.deletesFiles)
            #expect(try await bench.store.read { try $0.request(1)?.state } == .deleted)
            #expect(
                try await deletions.recordExternal(1, source: .radarr, deletedFiles: true, isAuthenticated: true) == nil
            )
        }
    }

    @Test("asked, the row keeps its stage until somebody answers", arguments: DeletionAnswer.allCases)
    func asked(answer: DeletionAnswer) async throws {
        try await DeletionBench.with { bench in
            let (deletions, jobs) = Self.deletions(bench, .ask)
            let id = try #require(
                try await deletions.recordExternal(1, source: .jellyfin, deletedFiles: false, isAuthenticated: true))
            var log = try #require(try await bench.deletion(id))
            #expect(log.phase == .asked && log.status == .inProgress)
            #expect(log.actions == ["propagate", "record", "dismiss"])
            #expect(try await bench.store.read { try $0.request(1)?.state } == .available)
            #expect(
                try await deletions.recordExternal(1, source: .radarr, deletedFiles: true, isAuthenticated: true) == nil
            )
            var retry = DeletionRetry()
            await #expect(throws: DeletionRefusal.self) {
                _ = try await deletions.retry(id, DeletionRetry(), by: Deleter(name: "ada"))
            }
            retry.answer = answer
            let given = retry
            if answer == .propagate {
                let refusal = await #expect(throws: DeletionRefusal.self) {
                    _ = try await deletions.retry(id, given, by: Deleter(name: "ada"))
                }
                #expect(refusal?.code == .disabled)
                return
            }
            #expect(try await deletions.retry(id, given, by: Deleter(name: "ada")) == nil)
            log = try #require(try await bench.deletion(id))
            #expect(log.status == (answer == .record ? .complete : .withdrawn))
            let state = try await bench.store.read { try $0.request(1)?.state }
            #expect(state == (answer == .record ? .deleted : .available))
            await jobs.stop()
        }
    }

    @Test("what is there again withdraws the question, and only that") func withdrawn() async throws {
        try await DeletionBench.with { bench in
            let (deletions, _) = Self.deletions(bench, .ask)
            let id = try #require(
                try await deletions.recordExternal(1, source: .sonarr, deletedFiles: true, isAuthenticated: false))
            try await deletions.withdrawAsked(1)
            #expect(try await bench.deletion(id)?.status == .withdrawn)
            let own = try await bench.begin()
            try await deletions.withdrawAsked(1)
            #expect(try await bench.deletion(own)?.status == .inProgress)
        }
    }
}
