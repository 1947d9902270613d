public import HTTPClient
import JSONStream

/// One Seerr, Jellyseerr or Overseerr (upstreams.md §1).
public struct Seerr: Sendable {
    public let instance: String
    let transport: any HTTPTransport
    private let base: BaseURL
    private let key: String

    public init(instance: String = "default", base: BaseURL, key: String, transport: any HTTPTransport) {
        self.instance = instance
        self.base = base
        self.key = key
        self.transport = transport
    }

    /// A call below `/api/v1`.
    ///
    /// Parameters a generation does not know make it answer 400, so only those are sent that all know.
    func request(
        _ method: String = "GET", _ path: String..., query: [(String, String)] = [], timeout: Duration = .seconds(10)
    ) -> HTTPRequest {
        HTTPRequest(
            method, base.appending(["api", "v1"] + path, query: query),
            headers: [("X-Api-Key", key), ("Accept", "application/json")], timeout: timeout, maxBody: 16 << 20,
            service: SeerrHook.service)
    }

    /// Sends a call and reads the object it answers with.
    ///
    /// - Throws: `UpstreamError`; `.refusedAuth` for 403, which Seerr gives for a missing, wrong or weak key alike.
    func object(_ call: HTTPRequest) async throws(UpstreamError) -> (JSONNode, HTTPResponse) {
        let answer = try await transport.send(call)
        guard (200...299).contains(answer.status) else {
            let isKey = answer.status == 401 || answer.status == 403
            throw call.failure(.init(status: answer.status), cause: isKey ? "check the API key" : nil)
        }
        if answer.looksLikeHTML { throw call.failure(.html, cause: "a web page came instead; check the URL") }
        do {
            let value = try JSONTree(answer.body).root
            if value.kind == .object { return (value, answer) }
        } catch {
            throw call.failure(.undecodable(field: "JSON"), cause: "\(error)")
        }
        throw call.failure(.undecodable(field: "JSON"), cause: "the answer is not an object")
    }
}
