import Cryptography
import HTTPServer
import Media
public import Store
import Tracking

/// Which secrets open which webhooks (security.md §7).
///
/// With `MARQUEE_WEBHOOK_TOKEN` that one opens all. Without it every service instance has its own, of which only the
/// SHA-256 is kept; the single secret of earlier set-ups stays valid for all.
public struct HookSecrets: Sendable {
    private let store: Store
    private let shared: [UInt8]?
    private let earlier: [UInt8]?

    /// - Parameters:
    ///   - store: where the digests are kept.
    ///   - shared: `MARQUEE_WEBHOOK_TOKEN`; nil where each instance has its own.
    ///   - earlier: the secret that an earlier version kept in the data directory; nil where there is none.
    public init(_ store: Store, forAll shared: String?, earlier: String?) {
        self.store = store
        self.shared = shared.map(Self.digest)
        self.earlier = earlier.map(Self.digest)
    }

    /// Whether one secret is configured for all.
    var isConfigured: Bool { shared != nil }

    static func digest(_ secret: String) -> [UInt8] { SHA256.digest(of: Array(secret.utf8)) }

    /// Whether one of the offered secrets opens the webhook of this path; the first hearing of a new one ends the old.
    func admits(_ offered: [[UInt8]], _ request: Request) async throws -> Bool {
        if offered.isEmpty { return false }
        if let shared { return offered.contains { constantTimeEqual($0, shared) } }
        if let earlier, offered.contains(where: { constantTimeEqual($0, earlier) }) { return true }
        guard let (service, instance) = Self.sender(request) else { return false }
        let valid = try await store.read { try $0.hookSecrets(service, instance) }
        guard let match = valid.first(where: { held in offered.contains { constantTimeEqual($0, held.digest) } }) else {
            return false
        }
        if match.heardAt == nil {
            try await store.write { try $0.hookSecretHeard(service, instance, digest: match.digest) }
        }
        return true
    }

    /// The service and instance that a path of `/hooks` names.
    private static func sender(_ request: Request) -> (service: String, instance: String)? {
        guard request.segments.count >= 2, let service = HookService(name: request.segments[1]) else { return nil }
        let instance = request.segments.count > 2 ? request.segments[2].lowercased() : "default"
        return (service.rawValue, instance)
    }

    /// Whether a webhook of an instance has brought this secret; one for all, whether any came since then.
    func hasHeard(
        _ secret: String, _ service: HookService, _ instance: String, since start: Timestamp
    ) async throws -> Bool {
        if isConfigured {
            let summary = try await store.read { try $0.inboxSummary() }
            return summary.contains {
                $0.service == service.rawValue && $0.instance == instance && $0.lastHeard >= start
            }
        }
        let digest = Self.digest(secret)
        let valid = try await store.read { try $0.hookSecrets(service.rawValue, instance) }
        return valid.contains { $0.digest == digest && $0.heardAt != nil }
    }

    /// Makes a new secret for an instance.
    ///
    /// - Returns: the secret itself, which nobody can read again.
    func make(_ service: HookService, _ instance: String) async throws -> String {
        let secret = HexEncoding.encode(randomBytes(32))
        let digest = Self.digest(secret)
        try await store.write { try $0.addHookSecret(service.rawValue, instance, digest: digest) }
        return secret
    }
}
