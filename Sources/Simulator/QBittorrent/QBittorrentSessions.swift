import Synchronization

/// Who is logged in to qBittorrent, who is banned, and what each session has been told.
final class QBittorrentSessions: Sendable {
    /// A refused login.
    enum Refusal: Error, Sendable { case wrong, banned }

    private struct State {
        var mainData: [String: MainData] = [:]
        var failures: [String: Int] = [:]
        var banned: Set<String> = []
        var issued = 0
        var hosts: [String] = ["*"]
    }

    /// Failed logins of one address until it is banned.
    static let failuresAllowed = 5

    let username = "admin"
    let password: String
    /// `qbt_` and 28 characters; understood from 5.2 on.
    let apiKey: String
    private let dice: Dice
    private let state = Mutex(State())

    init(dice: Dice) {
        self.dice = dice
        password = String(dice.hex(210, .key).prefix(16))
        apiKey = "qbt_" + dice.hex(211, .key).prefix(28)
    }

    /// Makes a session for the right name and password; five wrong ones in a row ban the address.
    func logIn(_ username: String, _ password: String, from address: String) throws(Refusal) -> String {
        let outcome: Result<String, Refusal> = state.withLock { state in
            if state.banned.contains(address) { return .failure(.banned) }
            guard username == self.username, password == self.password else {
                state.failures[address, default: 0] += 1
                if state.failures[address, default: 0] >= Self.failuresAllowed { state.banned.insert(address) }
                return .failure(.wrong)
            }
            state.failures[address] = nil
            state.issued += 1
            let id = dice.hex(300_000 + state.issued, .user)
            state.mainData[id] = MainData()
            return .success(id)
        }
        return try outcome.get()
    }

    /// Whether a session goes on.
    func isOpen(_ id: String) -> Bool { state.withLock { $0.mainData[id] != nil } }

    func logOut(_ id: String) { state.withLock { $0.mainData[id] = nil } }

    /// How many sessions there are.
    var count: Int { state.withLock { $0.mainData.count } }

    /// The next answer of `sync/maindata` for a session or the API key.
    func mainData(for id: String, rid: Int, of client: TorrentClient) -> Answer {
        var data = state.withLock { $0.mainData[id] ?? MainData() }
        let answer = data.answer(rid: rid, client)
        state.withLock { state in
            guard state.mainData[id] != nil || id == apiKey else { return }
            state.mainData[id] = data
        }
        return answer
    }

    /// Ends every session, as a restart does; `lifting` also lifts the bans.
    func endAll(lifting: Bool = false) {
        state.withLock { state in
            state.mainData = [:]
            guard lifting else { return }
            state.failures = [:]
            state.banned = []
        }
    }

    /// Every session gets a full update next.
    func forgetWhatWasSent() {
        state.withLock { state in
            for id in state.mainData.keys { state.mainData[id] = MainData() }
        }
    }

    /// Bans an address as five wrong passwords would.
    func ban(_ address: String) { _ = state.withLock { $0.banned.insert(address) } }

    /// The host names qBittorrent answers to; `*` for any.
    var hosts: [String] {
        get { state.withLock { $0.hosts } }
        set { state.withLock { $0.hosts = newValue } }
    }

    /// Everything as at the start.
    func reset() {
        endAll(lifting: true)
        hosts = ["*"]
    }
}
