import Database
import Jellyfin
import Media
import Store
import Synchronization
import TestSupport
import Testing

@testable import Accounts

@Suite struct SessionTests {
    @Test("a token opens its session until it is idle for a week or a month old", arguments: TestDatabase.backends)
    func ends(_ backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            var token = try await bench.logIn("bob")
            let stored = try await bench.store.read { try $0.sessions(of: "bbbb02") }
            #expect(stored.count == 1)
            #expect(stored[0].token == Secrets.hash(token), "only the hash is stored")
            for _ in 0..<29 {
                bench.clock.advance(.seconds(86_000))
                let caller = try #require(try await bench.accounts.caller(session: token))
                if case .session(let proof) = caller.proof, proof.isRenewalDue {
                    token = try #require(try await bench.accounts.renew(proof, from: token))
                }
            }
            bench.clock.advance(.seconds(3 * 86_400))
            #expect(try await bench.accounts.caller(session: token) == nil, "thirty days are over")
            token = try await bench.logIn("bob")
            bench.clock.advance(.seconds(7 * 86_400))
            #expect(try await bench.accounts.caller(session: token) == nil, "a week without use")
        }
    }

    @Test("a day-old token is renewed once, and the old one lives a minute more", arguments: TestDatabase.backends)
    func renewal(_ backend: Backend) async throws {
        try await Bench.with(backend) { bench in
            let token = try await bench.logIn("bob")
            bench.clock.advance(.seconds(86_401))
            // Requests that come together: one of them gets the new token, all of them are let in.
            let renewed = try await withThrowingTaskGroup(of: String?.self) { group in
                for _ in 0..<6 {
                    group.addTask {
                        let caller = try #require(try await bench.accounts.caller(session: token))
                        guard case .session(let proof) = caller.proof, proof.isRenewalDue else { return nil }
                        return try await bench.accounts.renew(proof, from: token)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }.compactMap(\.self)
            #expect(renewed.count == 1)
            #expect(try await bench.accounts.caller(session: token) != nil)
            bench.clock.advance(.seconds(61))
            #expect(try await bench.accounts.caller(session: token) == nil)
            #expect(try await bench.accounts.caller(session: try #require(renewed.first)) != nil)
        }
    }

    @Test("who is disabled or gone in Jellyfin loses their sessions; silence changes nothing")
    func recheck() async throws {
        try await Bench.with(.sqlite) { bench in
            let ada = try await bench.logIn("ada")
            let bob = try await bench.logIn("bob")
            bench.jellyfin.isSilent.withLock { $0 = true }
            try await bench.accounts.recheckOnce()
            #expect(try await bench.accounts.caller(session: bob) != nil)
            bench.jellyfin.isSilent.withLock { $0 = false }
            bench.jellyfin.change("bob") { $0.isDisabled = true }
            bench.jellyfin.change("ada") { $0.isAdministrator = false }
            try await bench.accounts.recheckOnce()
            #expect(try await bench.accounts.caller(session: bob) == nil)
            #expect(try await bench.accounts.caller(session: ada)?.role == .user, "and rights follow")
            bench.jellyfin.users.withLock { $0 = [] }
            try await bench.accounts.recheckOnce()
            #expect(try await bench.accounts.caller(session: ada) != nil, "an empty list is no list")
        }
    }

    @Test("listed admins are admins, Jellyfin's are not, whatever dashes and case the ids have")
    func listedAdmins() async throws {
        try await Bench.with(.sqlite, admins: ["BB-BB02"]) { bench in
            let ada = try await bench.logIn("ada")
            #expect(try await bench.accounts.caller(session: ada)?.role == .user)
            #expect(try await !bench.accounts.hasSignedInAdmin())
            let bob = try await bench.logIn("bob")
            #expect(try await bench.accounts.caller(session: bob)?.role == .admin)
            #expect(try await bench.accounts.hasSignedInAdmin())
        }
    }

    @Test("Jellyfin's tokens are asked about once a minute, a key has no user, silence is neither yes nor no")
    func jellyfinTokens() async throws {
        try await Bench.with(.sqlite) { bench in
            for _ in 0..<3 {
                let caller = try await bench.accounts.caller(jellyfinToken: "token-bob")
                #expect(caller?.user == "bbbb02" && caller?.role == .user)
            }
            #expect(bench.jellyfin.calls.withLock { $0 } == 1)
            bench.clock.advance(.seconds(61))
            bench.jellyfin.isSilent.withLock { $0 = true }
            await #expect(throws: TokenTrouble.unreachable) {
                _ = try await bench.accounts.caller(jellyfinToken: "token-bob")
            }
            bench.jellyfin.isSilent.withLock { $0 = false }
            await #expect(throws: TokenTrouble.isKey) { _ = try await bench.accounts.caller(jellyfinToken: "a-key") }
            #expect(try await bench.accounts.caller(jellyfinToken: "nonsense") == nil)
        }
    }

    @Test("a key is never worth more than its owner, and ends when it says")
    func keys() async throws {
        try await Bench.with(.sqlite) { bench in
            let bob = try #require(try await bench.accounts.caller(session: try await bench.logIn("bob")))
            let (_, mine) = try await bench.accounts.createKey(
                name: "mine", scopes: ["admin"], expiresAt: bench.clock.now.advanced(by: .seconds(100)), by: bob,
                address: nil)
            #expect(try await bench.accounts.caller(key: mine)?.role == .user)
            bench.clock.advance(.seconds(101))
            #expect(try await bench.accounts.caller(key: mine) == nil)
            for (name, scopes) in [("", ["read"]), ("a", []), ("a", ["root"]), ("a", ["hook:"])] {
                await #expect(throws: InvalidKey.self) {
                    _ = try await bench.accounts.createKey(
                        name: name, scopes: scopes, expiresAt: nil, by: bob, address: nil)
                }
            }
        }
    }

    @Test("a form's token is different each time, good for its own session only, and never for none")
    func formTokens() {
        let secret = Array(repeating: UInt8(7), count: 32)
        let tokens = (0..<20).map { _ in FormToken.make(secret) }
        #expect(Set(tokens).count == 20)
        #expect(tokens.allSatisfy { FormToken.isGood($0, for: secret) })
        #expect(!FormToken.isGood(tokens[0], for: Array(repeating: 8, count: 32)))
        for bad in ["", "00", tokens[0] + "00", String(tokens[0].dropLast(2)), String(repeating: "g", count: 128)] {
            #expect(!FormToken.isGood(bad, for: secret))
        }
        #expect(!FormToken.isGood("", for: []))
    }
}
