import Database
import Store
import TestSupport
import Testing

@Suite("Secrets of webhooks", .timeLimit(.minutes(5)))
struct HookSecretTests {
    private func secret(_ number: UInt8) -> [UInt8] { Array(repeating: number, count: 32) }

    private func valid(_ bench: StoreBench, _ instance: String = "default") async throws -> [UInt8?] {
        try await bench.store.read { try $0.hookSecrets("radarr", instance).map(\.digest.first) }
    }

    private func make(_ number: UInt8, _ bench: StoreBench, _ instance: String = "default") async throws {
        let digest = secret(number)
        try await bench.store.write { try $0.addHookSecret("radarr", instance, digest: digest) }
    }

    private func hear(_ number: UInt8, _ bench: StoreBench) async throws {
        let digest = secret(number)
        try await bench.store.write { try $0.hookSecretHeard("radarr", "default", digest: digest) }
    }

    @Test("a new one is valid beside the old until it is first heard", arguments: TestDatabase.backends)
    func rotation(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            try await make(1, bench)
            try await hear(1, bench)
            try await make(2, bench)
            #expect(try await valid(bench) == [1, 2])
            // The service still sends the old one: that ends nothing.
            try await hear(1, bench)
            #expect(try await valid(bench) == [1, 2])
            bench.clock.advance(.seconds(5))
            try await hear(2, bench)
            #expect(try await valid(bench) == [2])
            let heard = try await bench.store.read { try $0.hookSecrets() }.map(\.heardAt)
            #expect(heard == [bench.clock.now])
        }
    }

    @Test("one made in vain is dropped by the next, the one in use never", arguments: TestDatabase.backends)
    func madeTwice(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            try await make(1, bench)
            try await make(2, bench)
            #expect(try await valid(bench) == [1, 2])
            try await hear(1, bench)
            try await make(3, bench)
            #expect(try await valid(bench) == [1, 3])
            try await make(4, bench)
            #expect(try await valid(bench) == [1, 4])
        }
    }

    @Test("instances share nothing", arguments: TestDatabase.backends)
    func instances(backend: Backend) async throws {
        try await StoreBench.with(backend) { bench in
            try await make(1, bench)
            try await make(2, bench, "4k")
            try await hear(2, bench)
            #expect(try await valid(bench) == [1])
            #expect(try await valid(bench, "4k") == [2])
            #expect(try await bench.store.read { try $0.hookSecrets() }.allSatisfy { $0.heardAt == nil })
        }
    }
}
