import Cryptography
import Database
import HTTPClient
import Jellyfin
import Media
import Observability
import Store

/// Why somebody is not let in.
public enum LoginRefusal: Error, Sendable, Hashable {
    /// Wrong password, unknown name, disabled user, wrong key: nobody is told which.
    case wrong
    /// Too many tries; this long until the next.
    case tooMany(wait: Duration)
    /// Jellyfin does not answer.
    case unreachable(String)
    /// No Jellyfin is configured.
    case notConfigured
}

/// Where a try to sign in comes from.
public struct LoginPlace: Sendable, Hashable {
    public var address: String
    /// The browser's own description of itself.
    public var agent: String

    public init(address: String, agent: String) {
        self.address = address
        self.agent = String(agent.prefix(200))
    }
}

extension Accounts {
    /// Signs somebody in with a Jellyfin name and password, or with an admin's key in place of the password.
    ///
    /// - Returns: the caller, and the token their browser shows from now on.
    /// - Throws: `LoginRefusal`, or `DatabaseError`.
    public func logIn(name: String, password: String, at place: LoginPlace) async throws -> (Caller, token: String) {
        let began = ContinuousClock.now
        do {
            return try await tryToLogIn(name, password, place)
        } catch LoginRefusal.wrong {
            try await Task.sleep(until: began.advanced(by: options.refusalTime), clock: .continuous)
            throw LoginRefusal.wrong
        }
    }

    private func tryToLogIn(
        _ name: String, _ password: String, _ place: LoginPlace
    ) async throws -> (Caller, token: String) {
        let folded = String(name.lowercased().trimmingSpaces().prefix(200))
        try await checkLimits(folded, place)
        if password.hasPrefix(Self.keyPrefix) { return try await exchange(key: password, folded, place) }
        guard let identity else { throw LoginRefusal.notConfigured }
        let answer: JellyfinLogin
        do {
            answer = try await identity.logIn(name, password)
        } catch {
            log.warn("login_unavailable", "Jellyfin could not check a sign-in: \(error)")
            throw LoginRefusal.unreachable(error.description)
        }
        guard case .accepted(let known) = answer else {
            try await refuse(folded, place)
            throw LoginRefusal.wrong
        }
        return try await admit(known, folded, place)
    }

    private func checkLimits(_ name: String, _ place: LoginPlace) async throws {
        let now = store.now()
        let (attempts, isKnownPlace) = try await store.read { reader in
            (
                try reader.loginAttempts(
                    name: name, address: place.address, since: now.advanced(by: .zero - LoginLimits.memory)),
                try reader.hasSignedIn(name: name, from: place.address)
            )
        }
        let wait = LoginLimits.wait(
            attempts, name: name, address: place.address, isKnownPlace: isKnownPlace, now: now)
        if let wait { throw LoginRefusal.tooMany(wait: wait) }
    }

    private func refuse(_ name: String, _ place: LoginPlace) async throws {
        try await store.write { tx in
            try tx.record(LoginAttempt(at: tx.now, name: name, address: place.address, hasSucceeded: false))
            try tx.record(AuditEntry(at: tx.now, who: name, address: place.address, action: "login_refused"))
        }
    }

    private func admit(
        _ known: JellyfinUser, _ name: String, _ place: LoginPlace
    ) async throws -> (Caller, token: String) {
        let token = Secrets.token()
        let formSecret = randomBytes(32)
        let (session, user) = try await store.write { tx in
            var user = UserRecord(
                id: known.id, name: known.name, isAdministrator: known.isAdministrator, isDisabled: false, at: tx.now)
            user.lastLoginAt = tx.now
            user.assignedRole = try tx.raw.user(user.id)?.assignedRole
            try tx.save(user)
            if role(of: user) == .admin { try tx.noteSignedInAdmin() }
            let session = SessionRecord(
                token: Secrets.hash(token), user: user.id, key: nil, formSecret: formSecret, at: tx.now,
                address: place.address, agent: place.agent)
            try tx.record(LoginAttempt(at: tx.now, name: name, address: place.address, hasSucceeded: true))
            try tx.record(AuditEntry(at: tx.now, who: user.name, address: place.address, action: "login"))
            return (try tx.insert(session), user)
        }
        let proof = SessionProof(id: session, signedInAt: store.now(), formSecret: formSecret)
        return (Caller(name: user.name, role: role(of: user), user: user.id, proof: .session(proof)), token)
    }

    /// The way in while Jellyfin is down.
    private func exchange(
        key text: String, _ name: String, _ place: LoginPlace
    ) async throws -> (Caller, token: String) {
        guard let (key, caller) = try await keyHolder(text), caller.role == .admin, key.scopes.contains("admin") else {
            try await refuse(name, place)
            throw LoginRefusal.wrong
        }
        let token = Secrets.token()
        let formSecret = randomBytes(32)
        let session = try await store.write { tx in
            try tx.record(LoginAttempt(at: tx.now, name: name, address: place.address, hasSucceeded: true))
            try tx.record(
                AuditEntry(at: tx.now, who: key.name, address: place.address, action: "login", object: "key \(key.id)"))
            return try tx.insert(
                SessionRecord(
                    token: Secrets.hash(token), user: nil, key: key.id, formSecret: formSecret, at: tx.now,
                    address: place.address, agent: place.agent))
        }
        let proof = SessionProof(id: session, signedInAt: store.now(), formSecret: formSecret)
        return (Caller(name: key.name, role: .admin, user: key.owner, proof: .session(proof)), token)
    }
}

extension String {
    fileprivate func trimmingSpaces() -> String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
