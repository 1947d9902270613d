import Cryptography
import Database
import Store

extension Accounts {
    /// Whether somebody may come in with the set-up code: nobody can sign in yet, and no admin ever has.
    public func offersSetUp() async throws -> Bool {
        guard setUpCode.isWaiting, identity == nil else { return false }
        return try await !hasSignedInAdmin()
    }

    /// Opens the set-up with the code from the log; tries are limited like those with a password.
    ///
    /// - Returns: the caller, and the token their browser shows from now on.
    /// - Throws: `LoginRefusal`, or `DatabaseError`.
    public func setUp(code: String, at place: LoginPlace) async throws -> (Caller, token: String) {
        let began = ContinuousClock.now
        let attempt = try await begin("set-up", place)
        guard try await offersSetUp(), setUpCode.use(code) else {
            try await refuse(attempt)
            try await Task.sleep(until: began.advanced(by: options.refusalTime), clock: .continuous)
            throw LoginRefusal.wrong
        }
        let token = Secrets.token()
        let formSecret = randomBytes(32)
        let session = try await store.write { tx in
            let session = SessionRecord(
                token: Secrets.hash(token), user: nil, key: nil, formSecret: formSecret, at: tx.now,
                address: place.address, agent: place.agent)
            return try open(session, for: Self.setUpName, object: nil, attempt, tx)
        }
        let proof = SessionProof(id: session, signedInAt: store.now(), formSecret: formSecret)
        return (setUpCaller(.session(proof)), token)
    }

    static let setUpName = "Set-up"

    /// Who holds a session of the set-up: it ends for ever when an admin has signed in.
    func setUpCaller(_ proof: Caller.Proof) -> Caller {
        var caller = Caller(name: Self.setUpName, role: .admin, proof: proof)
        caller.isSettingUp = true
        caller.visibility = Visibility(owner: "")
        return caller
    }
}
