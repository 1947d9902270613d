public import Media
public import Store

/// Who makes a request, and what they may do.
public struct Caller: Sendable, Hashable {
    /// What they showed.
    public enum Proof: Sendable, Hashable {
        /// The admin token, the command line's token, or being on this machine before anybody could sign in.
        case machine
        case session(SessionProof)
        case key(scopes: [String])
        case jellyfinToken
    }

    /// The name under which their doings are recorded.
    public var name: String
    public var role: Role
    /// Jellyfin's id, normalised; nil for who is no user.
    public var user: String?
    public var proof: Proof
    /// Whether they came in with the set-up code: to the settings of the services, and nowhere else.
    public var isSettingUp = false
    /// Which requests they may know of.
    public var visibility: Visibility

    public init(name: String, role: Role, user: String? = nil, proof: Proof) {
        self.name = name
        self.role = role
        self.user = user
        self.proof = proof
        visibility = role == .user ? Visibility(owner: user ?? "") : .all
    }
}

/// The session a browser showed.
public struct SessionProof: Sendable, Hashable {
    public var id: Int64
    /// When name and password, or a key, were last given.
    public var signedInAt: Timestamp
    /// What the token of forms is made from: it follows from the session's own secret, and does not change with its
    /// token.
    public var formSecret: [UInt8]
    /// Whether its token is a day old, and should be replaced.
    public var isRenewalDue = false
}
