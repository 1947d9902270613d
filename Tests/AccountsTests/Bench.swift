import Accounts
import Changes
import Database
import HTTPClient
import Jellyfin
import Media
import Observability
import Store
import Synchronization
import TestSupport

/// Accounts over an empty database, beside a Jellyfin that says what a test wants, at a time that tests set.
struct Bench: Sendable {
    let store: Store
    let accounts: Accounts
    let clock: Clock
    let jellyfin: FakeJellyfin

    static let here = LoginPlace(address: "192.0.2.7", agent: "a browser")

    final class Clock: Sendable {
        private let value = Mutex(Timestamp(milliseconds: 1_700_000_000_000))

        var now: Timestamp { value.withLock { $0 } }
        func advance(_ duration: Duration) { value.withLock { $0 = $0.advanced(by: duration) } }
    }

    static func with(
        _ backend: Backend, admins: [String] = [], _ body: (Bench) async throws -> Void
    ) async throws {
        try await TestDatabase.with(backend, Schema.migrations) { database in
            let clock = Clock()
            let jellyfin = FakeJellyfin()
            let store = Store(database, changes: Changes()) { clock.now }
            var options = AccountOptions(admins: admins, version: "1")
            options.refusalTime = .zero
            let accounts = Accounts(
                store, identity: jellyfin.provider, options: options,
                log: Logger("accounts", sink: LogSink(level: .error, write: { _ in })))
            try await body(Bench(store: store, accounts: accounts, clock: clock, jellyfin: jellyfin))
        }
    }

    /// The token of a fresh session.
    func logIn(_ name: String) async throws -> String {
        try await accounts.logIn(name: name, password: name, at: Self.here).token
    }

    func refusal(_ name: String, _ password: String, from address: String = "192.0.2.7") async -> LoginRefusal? {
        do {
            _ = try await accounts.logIn(
                name: name, password: password, at: LoginPlace(address: address, agent: ""))
            return nil
        } catch {
            return error as? LoginRefusal
        }
    }
}

/// Users whose password is their name; the token of each is `token-` and their name.
final class FakeJellyfin: Sendable {
    let users = Mutex<[JellyfinUser]>([
        JellyfinUser(id: "AAAA-01", name: "ada", isAdministrator: true, isDisabled: false),
        JellyfinUser(id: "bbbb02", name: "bob", isAdministrator: false, isDisabled: false),
    ])
    let isSilent = Mutex(false)
    let calls = Mutex(0)

    var provider: IdentityProvider {
        IdentityProvider(
            logIn: { [self] (name, password) throws(UpstreamError) in
                try answer()
                let user = users.withLock { $0.first { $0.name == name && name == password && !$0.isDisabled } }
                return user.map(JellyfinLogin.accepted) ?? .refused
            },
            userOfToken: { [self] (token) throws(UpstreamError) in
                try answer()
                if token == "a-key" {
                    throw UpstreamError(service: "jellyfin", operation: "GET /Users/Me", reason: .status(400))
                }
                return users.withLock { $0.first { "token-" + $0.name == token } }
            },
            users: { [self] () throws(UpstreamError) in
                try answer()
                return users.withLock { $0 }
            })
    }

    private func answer() throws(UpstreamError) {
        calls.withLock { $0 += 1 }
        if isSilent.withLock({ $0 }) {
            throw UpstreamError(service: "jellyfin", operation: "GET /Users", reason: .unreachable)
        }
    }

    func change(_ name: String, _ body: (inout JellyfinUser) -> Void) {
        users.withLock { users in
            for index in users.indices where users[index].name == name { body(&users[index]) }
        }
    }
}
