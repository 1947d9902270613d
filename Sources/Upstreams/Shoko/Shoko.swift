public import HTTPClient

/// One Shoko server, version 5 or 6 (upstreams.md §5).
public struct Shoko: Sendable {
    public static let service = "shoko"

    public let instance: String
    let base: BaseURL
    let transport: any HTTPTransport
    private let keys: ShokoKeys

    /// Speaks with an API key.
    public init(instance: String = "default", base: BaseURL, key: String, transport: any HTTPTransport) {
        self.init(instance, base, transport, ShokoKeys(key: key))
    }

    /// Speaks with a key that a login gives; it is asked for once and kept.
    public init(
        instance: String = "default", base: BaseURL, user: String, password: String, transport: any HTTPTransport
    ) {
        self.init(
            instance, base, transport, ShokoKeys(base, user: user, password: password, transport: transport))
    }

    private init(_ instance: String, _ base: BaseURL, _ transport: any HTTPTransport, _ keys: ShokoKeys) {
        self.instance = instance
        self.base = base
        self.transport = transport
        self.keys = keys
    }

    /// Makes a request with the key.
    func request(
        _ path: [String], _ query: [(String, String)] = [], timeout: Duration = .seconds(10)
    ) async throws(UpstreamError) -> HTTPRequest {
        HTTPRequest(
            "GET", base.appending(path, query: query),
            headers: [("apikey", try await keys.key()), ("Accept", "application/json")], timeout: timeout,
            maxBody: 16 << 20, service: Self.service)
    }

    /// Drops a key that a login gave and the server no longer takes.
    ///
    /// - Returns: false when there is nothing to drop: the key was configured.
    func forgetKey() async -> Bool { await keys.forget() }

    /// Reads a resource; nil when there is none.
    func read<Body: Decodable>(
        _ body: Body.Type, _ path: [String], _ query: [(String, String)] = []
    ) async throws(UpstreamError) -> (body: Body, answer: HTTPResponse)? {
        var call = try await request(["api", "v3"] + path, query)
        var answer = try await transport.send(call)
        if answer.status == 401, await forgetKey() {
            call = try await request(["api", "v3"] + path, query)
            answer = try await transport.send(call)
        }
        return try ShokoAnswer.decode(body, answer, call)
    }
}
