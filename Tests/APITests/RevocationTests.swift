import Accounts
import Changes
import Dashboard
import Database
import HTTPServer
import Store
import Testing

@testable import API

/// What ends event streams at once (security.md §4).
@Suite(.timeLimit(.minutes(1))) struct RevocationTests {
    private func request(_ header: (String, String)) -> Request {
        Request(
            "GET", path: "/api/events", segments: ["api", "events"], headers: Headers([header]),
            remoteAddress: "192.0.2.9")
    }

    private func session(_ api: API, _ user: String) async throws -> (id: Int64, header: (String, String)) {
        let token = String(repeating: user.first ?? "x", count: 64)
        let id = try await api.store.write { tx in
            try tx.save(UserRecord(id: user, name: user, isAdministrator: false, isDisabled: false, at: tx.now))
            return try tx.insert(
                SessionRecord(
                    token: HookSecrets.digest(token), user: UserRecord.normal(user), key: nil, formSecret: [1],
                    at: tx.now, address: "", agent: ""))
        }
        return (id, ("Cookie", "marquee=" + token))
    }

    /// Two open streams, of which the revocation must end the first and leave the second.
    private func expectEnd(
        of header: (String, String), not other: (String, String), _ api: API,
        _ revoke: @escaping @Sendable (StoreTransaction) throws -> Void
    ) async throws {
        var (mine, others) = (request(header), request(other))
        #expect(await api.admit(.user, &mine) == nil)
        #expect(await api.admit(.user, &others) == nil)
        let (ends, otherEnds) = (api.store.changes.subscribe(to: [.access]), api.store.changes.subscribe(to: [.access]))
        let stays = Task { [others] in await api.waitUntilUnwelcome(others, otherEnds) }
        async let ended: Void = api.waitUntilUnwelcome(mine, ends)
        try await api.store.write { try revoke($0) }
        await ended
        var again = others
        #expect(await api.admit(.user, &again, mayRenew: false) == nil)
        stays.cancel()
        await stays.value
    }

    private static let one = "0123456789abcdef0123456789abcdef"
    private static let two = "fedcba9876543210fedcba9876543210"

    @Test("signing out, being signed out, a new role and being disabled end the streams of that user only")
    func sessions() async throws {
        let ways: [@Sendable (StoreTransaction, Int64) throws -> Void] = [
            { tx, id in try tx.endSession(id) },
            { tx, _ in _ = try tx.endSessions(of: Self.one) },
            { tx, _ in _ = try tx.assign(.readonly, to: Self.one) },
            { tx, _ in
                try tx.save(
                    UserRecord(id: Self.one, name: "one", isAdministrator: false, isDisabled: true, at: tx.now))
            },
        ]
        for way in ways {
            try await TestAPI.with(isLocalOnly: false) { api in
                let (one, two) = (try await session(api, Self.one), try await session(api, Self.two))
                try await expectEnd(of: one.header, not: two.header, api) { try way($0, one.id) }
            }
        }
    }

    @Test("revoking a key ends its streams")
    func keys() async throws {
        try await TestAPI.with(isLocalOnly: false) { api in
            let owner = Caller(name: "owner", role: .admin, proof: .machine)
            let (key, text) = try await api.accounts.createKey(
                name: "k", scopes: ["read"], expiresAt: nil, by: owner, address: nil)
            let other = try await session(api, Self.two)
            try await expectEnd(of: ("Authorization", "Bearer " + text), not: other.header, api) {
                _ = try $0.revoke(apiKey: key.id)
            }
        }
    }

    @Test("who was shut out before listening began is not forgotten")
    func before() async throws {
        try await TestAPI.with(isLocalOnly: false) { api in
            let one = try await session(api, Self.one)
            var mine = request(one.header)
            #expect(await api.admit(.user, &mine) == nil)
            try await api.store.write { try $0.endSession(one.id) }
            await api.waitUntilUnwelcome(mine, api.store.changes.subscribe(to: [.access]))
        }
    }

    @Test("clients are never told, neither live nor by replay")
    func silent() async throws {
        try await TestAPI.with { api in
            try await api.store.write { try $0.accessChanged() }
            for visibility in [Visibility.all, .owner(Self.one)] {
                let missed = try await api.store.read { try $0.events(after: 0, visibleTo: visibility) }
                #expect(missed?.isEmpty == true)
            }
            let all = try #require(try await api.store.read { try $0.events(after: 0) })
            #expect(all.map(\.topic) == [.access])
            let (stream, feed) = AsyncStream.makeStream(of: Change.self)
            for change in all { feed.yield(Change(id: 99, topic: change.topic)) }
            feed.finish()
            let listener = EventListener(topics: nil, after: 0, visibility: .all, view: nil, page: PageContext())
            try await api.tell(listener, stream) { Issue.record("sent: \($0)") }
        }
    }
}
