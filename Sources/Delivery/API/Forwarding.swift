import HTTPServer

/// What trusted proxies say of a request: who sent it, and how the sender addressed Marquee (security.md §7).
public struct Forwarding: Sendable {
    private let isTrusted: @Sendable (String) -> Bool

    /// - Parameter isTrusted: whether the forwarding headers of this address count.
    public init(isTrusted: @escaping @Sendable (String) -> Bool) { self.isTrusted = isTrusted }

    /// The address nearest to us that is no trusted proxy; `X-Forwarded-For` is read right to left.
    func client(_ request: Request) -> String {
        var client = request.remoteAddress
        guard isTrusted(client) else { return client }
        for address in Self.values("X-Forwarded-For", request).reversed() {
            client = address
            if !isTrusted(address) { break }
        }
        return client
    }

    /// Scheme and host by which the sender reached Marquee, without a slash at the end.
    func origin(_ request: Request) -> String {
        var scheme = "http"
        var host = request.headers["Host"] ?? "localhost"
        if isTrusted(request.remoteAddress) {
            let told = Self.values("X-Forwarded-Proto", request).last?.lowercased()
            if let told, ["http", "https"].contains(told) { scheme = told }
            host = Self.values("X-Forwarded-Host", request).last ?? host
        }
        return "\(scheme)://\(host)"
    }

    /// The last is the one that the nearest proxy wrote.
    private static func values(_ name: String, _ request: Request) -> [String] {
        request.headers.all(name).flatMap { $0.split(separator: ",") }.map { value in
            String(value.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }.filter { !$0.isEmpty }
    }
}
