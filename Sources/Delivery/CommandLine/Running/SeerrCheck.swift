import FoundationEssentials
import HTTPClient
import Settings

/// Asks a Seerr for its version, and then for one request, since the version is told without a key (upstreams.md §1).
struct SeerrCheck {
    private struct Status: Decodable {
        let version: String
    }

    private let instance: ServiceInstance
    private let transport: any HTTPTransport

    init(_ instance: ServiceInstance, _ transport: any HTTPTransport) {
        self.instance = instance
        self.transport = transport
    }

    /// - Throws: `UpstreamError`.
    func version() async throws(UpstreamError) -> String {
        let asked = request("status")
        let answer = try await transport.send(asked)
        try check(answer, of: asked)
        guard let status = try? JSONDecoder().decode(Status.self, from: Data(answer.body)) else {
            throw asked.failure(.undecodable(field: "version"))
        }
        let guarded = request("request", query: [("take", "1")])
        try check(try await transport.send(guarded), of: guarded)
        return status.version
    }

    private func request(_ path: String, query: [(String, String)] = []) -> HTTPRequest {
        HTTPRequest(
            "GET", instance.url.appending(["api", "v1", path], query: query),
            headers: [("X-Api-Key", instance.apiKey), ("Accept", "application/json")],
            service: instance.service.rawValue)
    }

    private func check(_ answer: HTTPResponse, of request: HTTPRequest) throws(UpstreamError) {
        guard (200...299).contains(answer.status) else { throw request.failure(.init(status: answer.status)) }
        guard !answer.looksLikeHTML else { throw request.failure(.html) }
    }
}
