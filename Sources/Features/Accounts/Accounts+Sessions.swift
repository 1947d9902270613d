import Database
import Media
public import Store

/// How long a session lasts (security.md §2).
enum SessionLife {
    static let idle: Duration = .seconds(7 * 86_400)
    static let whole: Duration = .seconds(30 * 86_400)
    static let renewal: Duration = .seconds(86_400)
    /// A request that was under way while the token was renewed still carries the old one.
    static let overlap: Duration = .seconds(60)
    /// Use is noted this exactly.
    static let grain: Duration = .seconds(60)
}

extension Accounts {
    /// Who shows a session's token; nil when it is none, has ended, or its user may not come in any more.
    public func caller(session token: String) async throws -> Caller? {
        let hash = Secrets.hash(token)
        let now = store.now()
        let found = try await store.read { reader -> (SessionRecord, Caller)? in
            guard let session = try reader.session(token: hash), Self.isGood(session, shown: hash, now) else {
                return nil
            }
            guard var caller = try holder(of: session, reader, now) else { return nil }
            caller.proof = .session(
                SessionProof(
                    id: session.id, signedInAt: session.createdAt, formSecret: session.formSecret,
                    isRenewalDue: session.token == hash
                        && session.rotatedAt.advanced(by: SessionLife.renewal) <= now))
            return (session, caller)
        }
        guard let (session, caller) = found else { return nil }
        if session.usedAt.advanced(by: SessionLife.grain) <= now {
            try await store.write { try $0.touch(session: session.id) }
        }
        return caller
    }

    /// Gives a session whose token is a day old a new one.
    ///
    /// Only for who can hand it to the browser: the old token lives a minute more and no longer.
    /// - Returns: nil when another request was first.
    public func renew(_ proof: SessionProof, from token: String) async throws -> String? {
        let fresh = Secrets.token()
        let isOurs = try await store.write { tx in
            try tx.rotate(
                session: proof.id, from: Secrets.hash(token), to: Secrets.hash(fresh),
                until: tx.now.advanced(by: SessionLife.overlap))
        }
        return isOurs ? fresh : nil
    }

    private func holder(of session: SessionRecord, _ reader: Reader, _ now: Timestamp) throws -> Caller? {
        if let id = session.user {
            guard let user = try reader.user(id), !user.isDisabled else { return nil }
            return Caller(name: user.name, role: role(of: user), user: user.id, proof: .machine)
        }
        if let id = session.key {
            guard let key = try reader.apiKey(id) else { return nil }
            return try holder(of: key, reader, now)
        }
        return try reader.hasSignedInAdmin() ? nil : setUpCaller(.machine)
    }

    private static func isGood(_ session: SessionRecord, shown hash: [UInt8], _ now: Timestamp) -> Bool {
        if session.usedAt.advanced(by: SessionLife.idle) <= now { return false }
        if session.createdAt.advanced(by: SessionLife.whole) <= now { return false }
        return session.token == hash || session.previousUntil.map { $0 > now } ?? false
    }

    /// Ends the caller's own session.
    public func logOut(_ caller: Caller, address: String) async throws {
        guard case .session(let proof) = caller.proof else { return }
        try await store.write { tx in
            try tx.endSession(proof.id)
            try tx.record(AuditEntry(at: tx.now, who: caller.name, address: address, action: "logout"))
        }
    }

    /// Makes somebody a reader or an ordinary user, or leaves it to Jellyfin again.
    ///
    /// With `endingSessions` they are signed out everywhere as well.
    /// - Returns: false when there is no such user.
    /// - Throws: `DatabaseError`.
    public func assign(
        _ role: Role?, to user: String, endingSessions: Bool, by caller: Caller, address: String
    ) async throws -> Bool {
        try await store.write { tx in
            let before = try tx.raw.user(user)?.assignedRole
            guard try tx.assign(role, to: user) else { return false }
            try tx.record(
                AuditEntry(
                    at: tx.now, who: caller.name, address: address, action: "role_assigned", object: "user \(user)",
                    before: before?.rawValue, after: role?.rawValue))
            guard endingSessions else { return true }
            try tx.endSessions(of: user)
            try tx.record(
                AuditEntry(
                    at: tx.now, who: caller.name, address: address, action: "sessions_ended", object: "user \(user)"))
            return true
        }
    }
}
