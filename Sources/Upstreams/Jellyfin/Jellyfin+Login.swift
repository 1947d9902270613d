import FoundationEssentials
public import HTTPClient

/// A user as Jellyfin describes them, with the part of their policy that matters here.
public struct JellyfinUser: Sendable, Hashable, Decodable {
    public var id: String
    public var name: String
    public var isAdministrator: Bool
    public var isDisabled: Bool

    public init(id: String, name: String, isAdministrator: Bool, isDisabled: Bool) {
        self.id = id
        self.name = name
        self.isAdministrator = isAdministrator
        self.isDisabled = isDisabled
    }

    private enum CodingKeys: String, CodingKey {
        case id = "Id"
        case name = "Name"
        case policy = "Policy"
    }

    private struct Policy: Decodable {
        var isAdministrator: Bool?
        var isDisabled: Bool?

        private enum CodingKeys: String, CodingKey {
            case isAdministrator = "IsAdministrator"
            case isDisabled = "IsDisabled"
        }
    }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decode(String.self, forKey: .id)
        name = try fields.decodeIfPresent(String.self, forKey: .name) ?? ""
        let policy = try fields.decodeIfPresent(Policy.self, forKey: .policy)
        isAdministrator = policy?.isAdministrator ?? false
        isDisabled = policy?.isDisabled ?? false
    }
}

/// What Jellyfin says to a name and a password.
public enum JellyfinLogin: Sendable, Hashable {
    case accepted(JellyfinUser)
    /// Wrong password, unknown name, or a user who may not come in now: nobody is told which.
    case refused
}

extension Jellyfin {
    /// Signs a user in and at once out again: who they are is all that is wanted, their token is not kept.
    ///
    /// Identity comes from the answer itself, never from `/Sessions`, whose first entry may be somebody else
    /// (security.md §2). Each try has a device of its own, else Jellyfin would revoke another try's token.
    /// - Throws: `UpstreamError` when Jellyfin does not answer or does not answer as itself.
    public func logIn(
        name: String, password: String, device: String, version: String
    ) async throws(UpstreamError) -> JellyfinLogin {
        var call = HTTPRequest(
            "POST", base.appending(["Users", "AuthenticateByName"], query: []),
            headers: [
                (
                    "Authorization",
                    "MediaBrowser Client=\"Marquee\", Device=\"Marquee\", DeviceId=\"\(device)\", Version=\"\(version)\""
                ),
                ("Content-Type", "application/json"), ("Accept", "application/json"),
            ],
            timeout: .seconds(10))
        call.service = Self.service
        call.body = (try? JSONEncoder().encode(["Username": name, "Pw": password])).map(Array.init) ?? []
        let answer = try await transport.send(call)
        // 401: wrong; 403: disabled, from outside, or at a forbidden hour (upstreams.md §6).
        if answer.status == 401 || answer.status == 403 { return .refused }
        try check(answer, of: call)
        guard let login = try? JSONDecoder().decode(Answer.self, from: Data(answer.body)) else {
            throw call.failure(.undecodable(field: "User"), cause: "this does not look like Jellyfin")
        }
        try? await logOut(login.token)
        return login.user.isDisabled ? .refused : .accepted(login.user)
    }

    private struct Answer: Decodable {
        var user: JellyfinUser
        var token: String

        private enum CodingKeys: String, CodingKey {
            case user = "User"
            case token = "AccessToken"
        }
    }

    private func logOut(_ token: String) async throws(UpstreamError) {
        _ = try await transport.send(asking(["Sessions", "Logout"], method: "POST", as: token))
    }

    /// Who a user's token belongs to; nil for a token that is none.
    ///
    /// The service's own key does not travel along.
    /// - Throws: `.status(400)` for an API key, which has no user; other `UpstreamError`s when Jellyfin is silent.
    public func user(of token: String) async throws(UpstreamError) -> JellyfinUser? {
        let call = asking(["Users", "Me"], as: token)
        let answer = try await transport.send(call)
        if answer.status == 401 || answer.status == 403 { return nil }
        try check(answer, of: call)
        guard let user = try? JSONDecoder().decode(JellyfinUser.self, from: Data(answer.body)) else {
            throw call.failure(.undecodable(field: "Id"), cause: "this does not look like Jellyfin")
        }
        return user
    }

    /// Every user of the server.
    public func users() async throws(UpstreamError) -> [JellyfinUser] {
        let call = request(["Users"], timeout: .seconds(10))
        let answer = try await transport.send(call)
        try check(answer, of: call)
        guard let users = try? JSONDecoder().decode([JellyfinUser].self, from: Data(answer.body)) else {
            throw call.failure(.undecodable(field: "Id"), cause: "this does not look like Jellyfin")
        }
        return users
    }

    private func asking(_ path: [String], method: String = "GET", as token: String) -> HTTPRequest {
        var call = HTTPRequest(
            method, base.appending(path, query: []),
            headers: [
                ("Authorization", "MediaBrowser Token=\"\(percentEncoded(token))\""), ("Accept", "application/json"),
            ],
            timeout: .seconds(10))
        call.service = Self.service
        return call
    }
}
