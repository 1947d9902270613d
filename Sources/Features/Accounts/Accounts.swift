import Database
import Jellyfin
public import Observability
public import Store
import Synchronization

/// Who somebody is, and what they may do: sign-in with Jellyfin accounts, sessions, keys (security.md §2 and §3).
///
/// Nothing is decided from memory: a session or key is looked up for each request, so ending one counts at once on every
/// replica.
public struct Accounts: Sendable {
    let store: Store
    let identity: IdentityProvider?
    let options: AccountOptions
    /// The way in before anybody can sign in.
    public let setUpCode: SetUpCode
    let log: Logger
    let tokens = JellyfinTokens()
    private let lastKnown = LastKnown()

    /// - Parameters:
    ///   - store: where users, sessions and keys are kept.
    ///   - identity: where names and passwords are checked; nil where no Jellyfin is configured.
    ///   - options: what the installation says.
    ///   - setUpCode: the way in before anybody can sign in.
    ///   - log: hears of Jellyfin's silences.
    public init(
        _ store: Store, identity: IdentityProvider?, options: AccountOptions, setUpCode: SetUpCode = SetUpCode(),
        log: Logger
    ) {
        self.store = store
        self.identity = identity
        self.options = options
        self.setUpCode = setUpCode
        self.log = log
    }

    /// Whether names and passwords can be checked at all.
    public var canSignIn: Bool { identity != nil }

    /// Whether an admin has ever signed in: from then on nobody comes in for being on this machine.
    ///
    /// While the database is away the last answer counts.
    /// - Throws: `DatabaseError` when there is no answer yet.
    public func hasSignedInAdmin() async throws -> Bool {
        do {
            let answer = try await store.read { try $0.hasSignedInAdmin() }
            lastKnown.answer.withLock { $0 = answer }
            return answer
        } catch {
            guard let answer = lastKnown.answer.withLock({ $0 }) else { throw error }
            return answer
        }
    }

    /// The same caller, with what the installation lets users know of each other's requests.
    public func seeing(_ caller: Caller) -> Caller {
        guard options.usersSeeAll, !caller.isSettingUp else { return caller }
        var caller = caller
        caller.visibility = .all
        return caller
    }

    /// What a user may do: the listed admins, else Jellyfin's; others as an admin here has said.
    public func role(of user: UserRecord) -> Role {
        let isAdmin = options.admins.isEmpty ? user.isAdministrator : options.admins.contains(user.id)
        return isAdmin ? .admin : user.assignedRole ?? .user
    }
}

/// What the installation says of accounts.
public struct AccountOptions: Sendable {
    /// Jellyfin ids, normalised; empty leaves it to Jellyfin who is an admin.
    public var admins: Set<String>
    /// Whether users see the requests of others.
    public var usersSeeAll = false
    /// This program's version, which Jellyfin wants to hear.
    public var version: String
    /// How long a refused sign-in takes at least, so that its time tells nothing.
    public var refusalTime: Duration = .milliseconds(400)

    public init(admins: [String], usersSeeAll: Bool = false, version: String) {
        self.admins = Set(admins.map(UserRecord.normal))
        self.usersSeeAll = usersSeeAll
        self.version = version
    }
}

/// Whether an admin has signed in, as last read.
private final class LastKnown: Sendable {
    let answer = Mutex<Bool?>(nil)
}
