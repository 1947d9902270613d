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
        let attempt = try await begin(folded, place)
        if Self.isKey(password) { return try await exchange(key: password, attempt) }
        guard let identity else {
            try await forget(attempt)
            throw LoginRefusal.notConfigured
        }
        let answer: JellyfinLogin
        do {
            answer = try await identity.logIn(name, password)
        } catch {
            try await forget(attempt)
            log.warn("login_unavailable", "Jellyfin could not check a sign-in: \(error)")
            throw LoginRefusal.unreachable(error.description)
        }
        guard case .accepted(let known) = answer else {
            try await refuse(attempt)
            throw LoginRefusal.wrong
        }
        return try await admit(known, attempt)
    }

    /// A try under way: it counts as failed until it has succeeded, so that many at once do not all pass the limits.
    struct Attempt: Sendable {
        var id: Int64
        var name: String
        var place: LoginPlace
    }

    func begin(_ name: String, _ place: LoginPlace) async throws -> Attempt {
        let outcome: Result<Int64, LoginRefusal> = try await store.write { tx in
            let known = try tx.raw.loginAttempts(
                name: name, address: place.address, since: tx.now.advanced(by: .zero - LoginLimits.memory))
            let isKnownPlace = try tx.raw.hasSignedIn(name: name, from: place.address)
            let wait = LoginLimits.wait(
                known, name: name, address: place.address, isKnownPlace: isKnownPlace, now: tx.now)
            if let wait { return .failure(.tooMany(wait: wait)) }
            return .success(
                try tx.record(LoginAttempt(at: tx.now, name: name, address: place.address, hasSucceeded: false)))
        }
        return Attempt(id: try outcome.get(), name: name, place: place)
    }

    /// Jellyfin's silence counts for nobody.
    private func forget(_ attempt: Attempt) async throws {
        try await store.write { try $0.forgetLoginAttempt(attempt.id) }
    }

    func refuse(_ attempt: Attempt) async throws {
        try await store.write { tx in
            try tx.record(
                AuditEntry(at: tx.now, who: attempt.name, address: attempt.place.address, action: "login_refused"))
        }
    }

    private func admit(_ known: JellyfinUser, _ attempt: Attempt) async throws -> (Caller, token: String) {
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
                address: attempt.place.address, agent: attempt.place.agent)
            return (try open(session, for: user.name, object: nil, attempt, tx), user)
        }
        if role(of: user) == .admin { setUpCode.void() }
        let proof = SessionProof(id: session, signedInAt: store.now(), formSecret: formSecret)
        return (Caller(name: user.name, role: role(of: user), user: user.id, proof: .session(proof)), token)
    }

    /// The way in while Jellyfin is down.
    private func exchange(key text: String, _ attempt: Attempt) async throws -> (Caller, token: String) {
        guard let (key, holder) = try await keyHolder(text), holder.role == .admin, key.scopes.contains("admin") else {
            try await refuse(attempt)
            throw LoginRefusal.wrong
        }
        let token = Secrets.token()
        let formSecret = randomBytes(32)
        let session = try await store.write { tx in
            let session = SessionRecord(
                token: Secrets.hash(token), user: nil, key: key.id, formSecret: formSecret, at: tx.now,
                address: attempt.place.address, agent: attempt.place.agent)
            return try open(session, for: key.name, object: "key \(key.id)", attempt, tx)
        }
        var caller = holder
        caller.proof = .session(SessionProof(id: session, signedInAt: store.now(), formSecret: formSecret))
        return (caller, token)
    }

    func open(
        _ session: SessionRecord, for who: String, object: String?, _ attempt: Attempt, _ tx: StoreTransaction
    ) throws -> Int64 {
        try tx.loginAttemptSucceeded(attempt.id)
        try tx.record(
            AuditEntry(at: tx.now, who: who, address: attempt.place.address, action: "login", object: object))
        return try tx.insert(session)
    }
}

extension String {
    fileprivate func trimmingSpaces() -> String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
