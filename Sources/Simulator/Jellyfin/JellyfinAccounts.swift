import Synchronization

/// The API key, the users, and the tokens they have been given.
final class JellyfinAccounts: Sendable {
    /// A user: the password is the name.
    struct User: Sendable {
        let id: String
        let name: String
        let isAdministrator: Bool
    }

    /// Who makes a call.
    enum Caller: Sendable {
        /// An API key: an administrator without a user.
        case key
        case user(User)
    }

    let apiKey: String
    let users: [User]
    private let state = Mutex(State())
    private let dice: Dice

    private struct State {
        var tokens: [String: Login] = [:]
        var issued = 0
    }

    private struct Login {
        let user: User
        let device: String
    }

    init(dice: Dice) {
        self.dice = dice
        apiKey = dice.hex(0, .key)
        users = ["admin", "user1", "user2"].enumerated().map { index, name in
            User(id: dice.hex(10 + index, .user), name: name, isAdministrator: index == 0)
        }
    }

    func caller(_ credential: String) -> Caller? {
        if credential == apiKey { return .key }
        return state.withLock { $0.tokens[credential].map { .user($0.user) } }
    }

    /// Logs a user in; the earlier token of the same user and device is revoked.
    func logIn(_ name: String, password: String, device: String) -> (user: User, token: String)? {
        guard let user = users.first(where: { $0.name.lowercased() == name.lowercased() }), password == user.name else {
            return nil
        }
        return state.withLock { state in
            state.tokens = state.tokens.filter { $0.value.user.id != user.id || $0.value.device != device }
            let token = dice.hex(1_000 + state.issued, .key)
            state.issued += 1
            state.tokens[token] = Login(user: user, device: device)
            return (user, token)
        }
    }

    /// Ends a user's token; an API key stays.
    func logOut(_ credential: String) { state.withLock { $0.tokens[credential] = nil } }

    /// Ends every token, as a restart with a lost database would.
    func reset() { state.withLock { $0.tokens = [:] } }
}
