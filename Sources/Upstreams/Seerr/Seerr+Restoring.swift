public import HTTPClient
import JSONStream
public import Media

/// What asking for a medium once more came to.
public enum SeerrAsking: Sendable, Hashable {
    /// The new request.
    case made(SeerrRequestID)
    /// Seerr has nothing to ask for, or a request of it already (202, 409).
    case needless
}

extension Seerr {
    /// Makes a request, to undo a deletion.
    ///
    /// - Parameters:
    ///   - type: film or series.
    ///   - tmdb: its TMDB number.
    ///   - seasons: of a series, at least one; ignored for a film.
    ///   - variant: which copy.
    ///   - user: the account it is made for, by Seerr's own number; nil for the key's own. Ask `hasUser` first.
    /// - Returns: the new request, or that there was nothing to ask for.
    /// - Throws: `UpstreamError`; `.refusedAuth` for a quota, a blocklist, or a right that is missing.
    public func createRequest(
        _ type: MediaType, tmdb: Int64, seasons: [Int] = [], variant: Variant = .hd, for user: Int64? = nil
    ) async throws(UpstreamError) -> SeerrAsking {
        var call = request("POST", "request", timeout: .seconds(60))
        guard tmdb > 0, user.map({ $0 > 0 }) ?? true, type == .movie || !seasons.isEmpty else {
            throw call.failure(.invalid("the request"), cause: "it names no title, season or account")
        }
        var body = JSONWriter()
        body.object { json in
            json.field("mediaType", type.rawValue)
            json.field("mediaId", tmdb)
            if type == .tv { json.array("seasons") { for season in seasons { $0.value(season) } } }
            json.field("is4k", variant == .uhd)
            if let user { json.field("userId", user) }
        }
        call.headers.append(("Content-Type", "application/json"))
        call.body = body.bytes
        call.isRetried = false
        let answer = try await transport.send(call)
        switch answer.status {
        case 202, 409: return .needless
        case 401, 403:
            let said = (try? JSONTree(answer.body).root["message"].word) ?? "the key lacks permission"
            throw call.failure(.refusedAuth, cause: said)
        case 200...299: break
        default: throw call.failure(.init(status: answer.status))
        }
        if answer.looksLikeHTML { throw call.failure(.html, cause: "a web page came instead; check the URL") }
        guard let id = (try? JSONTree(answer.body).root["id"].integer).flatMap({ SeerrRequestID($0) }) else {
            throw call.failure(.undecodable(field: "id"), cause: "Seerr did not name the new request")
        }
        return .made(id)
    }
}
