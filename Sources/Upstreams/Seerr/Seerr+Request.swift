public import HTTPClient
public import Media

extension Seerr {
    /// Reads one request.
    ///
    /// - Throws: `UpstreamError`; `.status(404)` when Seerr has none of this number.
    public func request(_ id: Int64) async throws(UpstreamError) -> SeerrReading {
        let call = request("GET", "request", String(id))
        let (value, _) = try await object(call)
        guard let reading = SeerrReading(value), reading.id == id else {
            throw call.failure(.undecodable(field: "id"), cause: "this is not request \(id)")
        }
        return reading
    }

    /// Asks Seerr to hand an approved request to the *arr once more.
    ///
    /// It answers before it tries: success here proves nothing (upstreams.md §1).
    /// - Throws: `UpstreamError`; nothing was changed then, unless no answer came at all.
    public func retry(request id: Int64) async throws(UpstreamError) {
        let call = request("POST", "request", String(id), "retry")
        let answer = try await transport.send(call)
        guard (200...299).contains(answer.status) else { throw call.failure(.init(status: answer.status)) }
        if answer.looksLikeHTML { throw call.failure(.html, cause: "a web page came instead; check the URL") }
    }
}
