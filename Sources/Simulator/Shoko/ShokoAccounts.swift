import Synchronization

/// Shoko's one user, the keys handed out, and whether the server has started.
final class ShokoAccounts: Sendable {
    private struct State {
        /// Key by device.
        var keys: [String: String] = [:]
        var isStarting = false
    }

    let username = "admin"
    let password = "admin"
    /// The key Marquee is given.
    let apiKey: String
    private let dice: Dice
    private let state = Mutex(State())

    init(dice: Dice) {
        self.dice = dice
        apiKey = Self.uuid(dice.hex(220, .key))
    }

    /// A key for a device, the same one each time; nil for a wrong name or password.
    func logIn(_ user: String, _ password: String, device: String) -> String? {
        guard user.lowercased() == username, password == self.password else { return nil }
        return state.withLock { state in
            let key = state.keys[device] ?? Self.uuid(dice.hex(221 + state.keys.count, .user))
            state.keys[device] = key
            return key
        }
    }

    func knows(_ key: String) -> Bool {
        key == apiKey || state.withLock { $0.keys.values.contains(key) }
    }

    /// The database is not ready: all but the status pages answer 503.
    var isStarting: Bool {
        get { state.withLock { $0.isStarting } }
        set { state.withLock { $0.isStarting = newValue } }
    }

    func reset() { state.withLock { $0 = State() } }

    private static func uuid(_ hex: String) -> String {
        let digits = Array(hex)
        let parts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }
        return parts.joined(separator: "-")
    }
}
