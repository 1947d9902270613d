import Database
import Jellyfin
import Media
import Store
import Synchronization
import TestSupport
import Testing

@testable import Accounts

@Suite struct LoginLimitTests {
    private static let start = Timestamp(milliseconds: 1_700_000_000_000)

    private func attempts(_ count: Int, _ name: String, _ address: String, every seconds: Int) -> [LoginAttempt] {
        (0..<count).map {
            LoginAttempt(
                at: Self.start.advanced(by: .seconds($0 * seconds)), name: name, address: address, hasSucceeded: false)
        }
    }

    private func wait(
        _ attempts: [LoginAttempt], _ name: String = "ada", _ address: String = "a", known: Bool = false, at second: Int
    ) -> Duration? {
        LoginLimits.wait(
            attempts, name: name, address: address, isKnownPlace: known,
            now: Self.start.advanced(by: .seconds(second)))
    }

    @Test("after five failures the waits are 1, 2, 4, 8 and then always 15 minutes")
    func pair() {
        #expect(wait(attempts(4, "ada", "a", every: 1), at: 4) == nil)
        for (failures, minutes) in [(5, 1), (6, 2), (7, 4), (8, 8), (9, 15), (15, 15)] {
            let tries = attempts(failures, "ada", "a", every: 1)
            #expect(wait(tries, at: failures - 1) == .seconds(minutes * 60), "\(failures)")
            #expect(wait(tries, at: failures - 1 + minutes * 60) == nil)
        }
        #expect(wait(attempts(5, "ada", "b", every: 1), at: 5) == nil, "another address")
        var tries = attempts(5, "ada", "a", every: 1)
        tries.append(
            LoginAttempt(
                at: Self.start.advanced(by: .seconds(5)), name: "ada", address: "a", hasSucceeded: true))
        #expect(wait(tries, at: 6) == nil, "a success ends the row")
    }

    @Test("twenty failures from one address within a quarter of an hour, under whatever names")
    func address() throws {
        let tries = (0..<20).map {
            LoginAttempt(
                at: Self.start.advanced(by: .seconds($0 * 10)), name: "n\($0)", address: "a", hasSucceeded: false)
        }
        #expect(wait(Array(tries.dropLast()), "new", at: 190) == nil)
        #expect(try #require(wait(tries, "new", at: 190)) == .seconds(710))
        #expect(wait(tries, "new", at: 900) == nil)
    }

    @Test("fifty failures of one name in an hour leave only addresses that succeeded before")
    func name() {
        let tries = (0..<50).map {
            LoginAttempt(
                at: Self.start.advanced(by: .seconds($0 * 60)), name: "ada", address: "x\($0)", hasSucceeded: false)
        }
        #expect(wait(tries, at: 3_000) != nil)
        #expect(wait(tries, known: true, at: 3_000) == nil)
    }

    @Test("a wait, once over, lets a try through", arguments: 1...80)
    func endsOfWaits(seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        var second = 0
        let tries = (0..<(1 + random.below(80))).map { _ in
            second += random.below(120)
            return LoginAttempt(
                at: Self.start.advanced(by: .seconds(second)), name: random.pick(["ada", "bob"]),
                address: random.pick(["a", "b"]), hasSucceeded: random.chance(10))
        }
        guard let wait = wait(tries, at: second) else { return }
        #expect(wait <= .seconds(3_600))
        let later = second + Int(wait.components.seconds) + 1
        #expect(self.wait(tries, at: later) == nil)
        #expect(self.wait(tries, at: later - 2) != nil)
    }

    @Test("tries that come all at once pass the limits no more often than one after the other")
    func atOnce() async throws {
        try await Bench.with(.sqlite) { bench in
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<40 { group.addTask { _ = await bench.refusal("bob", "guess") } }
            }
            #expect(bench.jellyfin.calls.withLock { $0 } == 5)
        }
    }

    @Test("a password that only looks like a key's beginning is a password")
    func password() async throws {
        try await Bench.with(.sqlite) { bench in
            bench.jellyfin.users.withLock { users in
                users.append(JellyfinUser(id: "cc03", name: "mq_cleo", isAdministrator: false, isDisabled: false))
            }
            #expect(await bench.refusal("mq_cleo", "mq_cleo") == nil)
            #expect(await bench.refusal("ada", "mq_" + String(repeating: "0", count: 64)) == .wrong)
            #expect(bench.jellyfin.calls.withLock { $0 } == 1, "a key is shown to nobody")
        }
    }

    @Test("whoever is blocked is not even asked about, and Jellyfin's silence counts for nobody")
    func inPractice() async throws {
        try await Bench.with(.sqlite) { bench in
            for _ in 0..<5 { #expect(await bench.refusal("bob", "guess") == .wrong) }
            let calls = bench.jellyfin.calls.withLock { $0 }
            guard case .tooMany? = await bench.refusal("bob", "bob") else {
                Issue.record("not blocked")
                return
            }
            #expect(bench.jellyfin.calls.withLock { $0 } == calls)
            bench.clock.advance(.seconds(61))
            #expect(await bench.refusal("bob", "bob") == nil)
            bench.jellyfin.isSilent.withLock { $0 = true }
            for _ in 0..<8 {
                guard case .unreachable? = await bench.refusal("ada", "ada") else {
                    Issue.record("silence was taken for an answer")
                    return
                }
            }
        }
    }
}
