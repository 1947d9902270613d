import HTTPClient
import Jellyfin
import Media
import Store
import Synchronization

/// Jellyfin's answers about tokens of its users, kept for a moment by hash: a good one 60 s, a bad one 10 s.
final class JellyfinTokens: Sendable {
    private struct Entry {
        var user: JellyfinUser?
        var until: Timestamp
    }

    private let entries = Mutex<[[UInt8]: Entry]>([:])
    private static let most = 1_000

    /// What is known of a token: nil for nothing, and inside it nil for a bad one.
    func known(_ hash: [UInt8], _ now: Timestamp) -> JellyfinUser?? {
        entries.withLock { entries in
            guard let entry = entries[hash], entry.until > now else { return nil }
            return .some(entry.user)
        }
    }

    func keep(_ user: JellyfinUser?, _ hash: [UInt8], _ now: Timestamp) {
        entries.withLock { entries in
            if entries.count >= Self.most { entries = entries.filter { $0.value.until > now } }
            if entries.count >= Self.most { entries = [:] }
            entries[hash] = Entry(user: user, until: now.advanced(by: .seconds(user == nil ? 10 : 60)))
        }
    }
}

/// Why a token of Jellyfin's says nothing.
public enum TokenTrouble: Error, Sendable {
    /// Jellyfin does not answer: the token is neither good nor bad.
    case unreachable
    /// A key of Jellyfin's has no user.
    case isKey
    case notConfigured
}

extension Accounts {
    /// Who shows a token that Jellyfin gave its own client.
    ///
    /// - Throws: `TokenTrouble`.
    public func caller(jellyfinToken token: String) async throws -> Caller? {
        guard let identity else { throw TokenTrouble.notConfigured }
        let hash = Secrets.hash(token)
        let user: JellyfinUser?
        if let known = tokens.known(hash, store.now()) {
            user = known
        } else {
            do {
                user = try await identity.userOfToken(token)
            } catch {
                if case .status(400) = error.reason { throw TokenTrouble.isKey }
                throw TokenTrouble.unreachable
            }
            tokens.keep(user, hash, store.now())
        }
        guard let user, !user.isDisabled else { return nil }
        let id = UserRecord.normal(user.id)
        var record = UserRecord(
            id: id, name: user.name, isAdministrator: user.isAdministrator, isDisabled: false, at: store.now())
        record.assignedRole = try await store.read { try $0.user(id) }?.assignedRole
        return Caller(name: user.name, role: role(of: record), user: id, proof: .jellyfinToken)
    }
}
