public import HTTPClient
public import Jellyfin

/// Who checks names, passwords and tokens: Jellyfin, or its stand-in in a test.
public struct IdentityProvider: Sendable {
    var logIn: @Sendable (_ name: String, _ password: String) async throws(UpstreamError) -> JellyfinLogin
    var userOfToken: @Sendable (_ token: String) async throws(UpstreamError) -> JellyfinUser?
    var users: @Sendable () async throws(UpstreamError) -> [JellyfinUser]

    public init(
        logIn: @escaping @Sendable (_ name: String, _ password: String) async throws(UpstreamError) -> JellyfinLogin,
        userOfToken: @escaping @Sendable (_ token: String) async throws(UpstreamError) -> JellyfinUser?,
        users: @escaping @Sendable () async throws(UpstreamError) -> [JellyfinUser]
    ) {
        self.logIn = logIn
        self.userOfToken = userOfToken
        self.users = users
    }

    public init(_ jellyfin: Jellyfin, version: String) {
        self.init(
            logIn: { (name, password) throws(UpstreamError) in
                let device = "marquee-" + Secrets.token().prefix(16)
                return try await jellyfin.logIn(name: name, password: password, device: device, version: version)
            },
            userOfToken: { (token) throws(UpstreamError) in try await jellyfin.user(of: token) },
            users: { () throws(UpstreamError) in try await jellyfin.users() })
    }
}
