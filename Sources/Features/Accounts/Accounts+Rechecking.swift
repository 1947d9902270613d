import Database
import Jellyfin
import Lifecycle
import Media
import Observability
import Store

extension Accounts {
    /// Name, rights and state of those who signed in are read again every quarter of an hour: who was disabled or is gone
    /// loses their sessions, an unknown state changes nothing (security.md §2).
    func recheck(every pause: Duration = .seconds(900), until shutdown: ShutdownSignal) async {
        while !shutdown.isTriggered {
            do {
                try await recheckOnce()
                try await store.write { tx in
                    try tx.pruneLoginAttempts()
                    try tx.pruneSessions(
                        idleSince: tx.now.advanced(by: .zero - SessionLife.idle),
                        createdBefore: tx.now.advanced(by: .zero - SessionLife.whole))
                }
            } catch {
                log.warn("recheck_failed", "Users could not be read again: \(error)")
            }
            await shutdown.wait(atMost: pause, clock: ContinuousClock())
        }
    }

    func recheckOnce() async throws {
        let known = try await store.read { try $0.users() }
        guard let identity, !known.isEmpty else { return }
        let listed: [JellyfinUser]
        do {
            listed = try await identity.users()
        } catch {
            return log.info("recheck_unknown", "Jellyfin did not list its users; nothing changes: \(error)")
        }
        // An empty list is no list: the server that lists nobody cannot have answered the key's own question.
        guard !listed.isEmpty else { return }
        let byID = Dictionary(listed.map { (UserRecord.normal($0.id), $0) }) { first, _ in first }
        try await store.write { tx in
            for var user in known {
                let found = byID[user.id]
                user.name = found?.name ?? user.name
                user.isAdministrator = found?.isAdministrator ?? false
                user.isDisabled = found?.isDisabled ?? true
                user.checkedAt = tx.now
                try tx.save(user)
                if user.isDisabled { try tx.endSessions(of: user.id) }
            }
        }
    }
}
