import Cryptography
import HTTPServer

/// What opens Marquee beside sign-in: the tokens of this machine, the secrets of webhooks, and addresses (security.md §2).
public struct Access: Sendable {
    private let adminToken: [UInt8]?
    private let isLocalOnly: Bool
    private let localToken: [UInt8]
    private let hookSecrets: HookSecrets
    let forwarding: Forwarding
    private let mayReadMetrics: @Sendable (String) -> Bool
    private let maySendHooks: @Sendable (String) -> Bool
    /// Whether any address may send webhooks without their secret: worth a warning.
    let hasOpenHooks: Bool

    /// - Parameters:
    ///   - adminToken: opens everything; nil without one.
    ///   - isLocalOnly: whether nobody but this machine can reach the server.
    ///   - localToken: what the command line finds in the data directory.
    ///   - hookSecrets: what opens the webhooks.
    ///   - forwarding: whose word counts about where a request comes from.
    ///   - mayReadMetrics: whether an address may read metrics without a key.
    ///   - maySendHooks: whether an address may send webhooks without their secret.
    ///   - hasOpenHooks: whether there is any such address.
    public init(
        adminToken: String?, isLocalOnly: Bool, localToken: String, hookSecrets: HookSecrets, forwarding: Forwarding,
        mayReadMetrics: @escaping @Sendable (String) -> Bool, maySendHooks: @escaping @Sendable (String) -> Bool,
        hasOpenHooks: Bool = false
    ) {
        self.hookSecrets = hookSecrets
        self.isLocalOnly = isLocalOnly
        self.forwarding = forwarding
        self.maySendHooks = maySendHooks
        self.hasOpenHooks = hasOpenHooks
        self.adminToken = adminToken.map { SHA256.digest(of: Array($0.utf8)) }
        self.localToken = SHA256.digest(of: Array(localToken.utf8))
        self.mayReadMetrics = mayReadMetrics
    }

    /// Whether being on this machine may be enough, as long as nobody can sign in.
    var mayTrustThisMachine: Bool { adminToken == nil && isLocalOnly }

    func mayReadMetrics(_ request: Request) -> Bool { mayReadMetrics(forwarding.client(request)) }

    /// Whether a webhook carries the secret in one of the places its senders can put it (security.md §7).
    func isSender(_ request: Request) async throws -> Bool {
        var offered = [request.headers["X-Marquee-Token"], request.query.first("token")].compactMap(\.self)
        if let value = request.headers["Authorization"] { offered += Self.secrets(inAuthorization: value) }
        let digests = offered.map(HookSecrets.digest)
        if digests.contains(where: { constantTimeEqual($0, localToken) }) { return true }
        if try await hookSecrets.admits(digests, request) { return true }
        return maySendHooks(forwarding.client(request))
    }

    /// Plain as Seerr sends it, Bearer, or the password of Basic.
    static func secrets(inAuthorization value: String) -> [String] {
        let parts = value.split(separator: " ", maxSplits: 1)
        guard parts.count == 2 else { return [value] }
        switch parts[0].lowercased() {
        case "bearer": return [String(parts[1])]
        case "basic":
            guard let bytes = Base64.decode(String(parts[1])) else { return [] }
            let pair = String(decoding: bytes, as: UTF8.self)
            return pair.firstIndex(of: ":").map { [String(pair[pair.index(after: $0)...])] } ?? []
        default: return [value]
        }
    }

    /// The name under which a caller's doings are recorded; nil without a valid token.
    func caller(_ request: Request) -> String? {
        guard let token = bearer(request) else { return nil }
        let digest = SHA256.digest(of: Array(token.utf8))
        if constantTimeEqual(digest, localToken) { return "Command line" }
        if let adminToken, constantTimeEqual(digest, adminToken) { return "Admin token" }
        return nil
    }

    func bearer(_ request: Request) -> String? {
        guard let value = request.headers["Authorization"], value.utf8.count > 7,
            value.prefix(7).lowercased() == "bearer "
        else { return nil }
        return String(value.dropFirst(7))
    }

    /// A page of another site may make a browser call loopback: its Host or Origin gives it away.
    func checkOrigin(_ request: Request) throws {
        let host = request.headers["Host"] ?? ""
        guard Self.isLoopbackName(host) else {
            throw Problem(
                403, "foreign_origin",
                "Without a login Marquee answers only to loopback names such as localhost, not to \(host).")
        }
        if let origin = request.headers["Origin"], origin != "http://\(host)" {
            throw Problem(403, "foreign_origin", "This request comes from a page of another origin.")
        }
        if let site = request.headers["Sec-Fetch-Site"], site != "same-origin" && site != "none" {
            throw Problem(403, "foreign_origin", "This request comes from another site.")
        }
    }

    static func isLoopbackName(_ host: String) -> Bool {
        let name: Substring
        if host.hasPrefix("[") {
            name = host.dropFirst().prefix { $0 != "]" }
        } else {
            name = host.prefix { $0 != ":" }
        }
        if name == "::1" || name.lowercased() == "localhost" { return true }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
