import Cryptography
import HTTPServer

/// Who may come in before there is a login (security.md §2).
///
/// With an admin token every caller needs it, or the token that the command line finds in the data directory. Without
/// one, only loopback is bound and callers are admin, provided a browser did not come from elsewhere.
public struct Access: Sendable {
    private let adminToken: [UInt8]?
    private let localToken: [UInt8]
    private let hookSecrets: HookSecrets
    let forwarding: Forwarding
    private let mayReadMetrics: @Sendable (String) -> Bool
    private let maySendHooks: @Sendable (String) -> Bool

    /// - Parameters:
    ///   - adminToken: opens everything; nil while only loopback is bound.
    ///   - localToken: what the command line finds in the data directory.
    ///   - hookSecrets: what opens the webhooks.
    ///   - forwarding: whose word counts about where a request comes from.
    ///   - mayReadMetrics: whether an address may read metrics without a key.
    ///   - maySendHooks: whether an address may send webhooks without their secret.
    public init(
        adminToken: String?, localToken: String, hookSecrets: HookSecrets, forwarding: Forwarding,
        mayReadMetrics: @escaping @Sendable (String) -> Bool, maySendHooks: @escaping @Sendable (String) -> Bool
    ) {
        self.hookSecrets = hookSecrets
        self.forwarding = forwarding
        self.maySendHooks = maySendHooks
        self.adminToken = adminToken.map { SHA256.digest(of: Array($0.utf8)) }
        self.localToken = SHA256.digest(of: Array(localToken.utf8))
        self.mayReadMetrics = mayReadMetrics
    }

    enum Refusal {
        case unauthenticated
        case foreignOrigin(String)
    }

    func refusal(of permission: Permission, _ request: Request) async throws -> Refusal? {
        if permission == .hook { return try await isSender(request) ? nil : .unauthenticated }
        if caller(request) != nil { return nil }
        if permission == .open { return foreignRefusal(request, onlyChanges: true) }
        if permission == .metrics && mayReadMetrics(forwarding.client(request)) { return nil }
        if adminToken != nil || bearer(request) != nil { return .unauthenticated }
        return foreignRefusal(request, onlyChanges: false)
    }

    /// Whether a webhook carries the secret in one of the places its senders can put it (security.md §7).
    private func isSender(_ request: Request) async throws -> Bool {
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

    func name(_ request: Request) -> String { caller(request) ?? "This machine" }

    private func bearer(_ request: Request) -> String? {
        guard let value = request.headers["Authorization"], value.utf8.count > 7,
            value.prefix(7).lowercased() == "bearer "
        else { return nil }
        return String(value.dropFirst(7))
    }

    /// A page of another site may make a browser call loopback: its Host or Origin gives it away.
    private func foreignRefusal(_ request: Request, onlyChanges: Bool) -> Refusal? {
        if onlyChanges && (request.method == "GET" || request.method == "HEAD") { return nil }
        let host = request.headers["Host"] ?? ""
        guard Self.isLoopbackName(host) else {
            return .foreignOrigin(
                "Without a login Marquee answers only to loopback names such as localhost, not to \(host).")
        }
        if let origin = request.headers["Origin"], origin != "http://\(host)" {
            return .foreignOrigin("This request comes from a page of another origin.")
        }
        if let site = request.headers["Sec-Fetch-Site"], site != "same-origin" && site != "none" {
            return .foreignOrigin("This request comes from another site.")
        }
        return nil
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
