public import HTTPClient
import JSONStream
public import Media

extension Seerr {
    /// Reads Seerr's record of a film or series, with every request of it.
    ///
    /// - Returns: nil when Seerr shows the title and has no record of it: proven absent.
    /// - Throws: `UpstreamError` for everything else; `.status(404)` when TMDB has no such number, which says nothing.
    public func media(of type: MediaType, tmdb: Int64) async throws(UpstreamError) -> SeerrMedia? {
        let call = request("GET", type.rawValue, String(tmdb))
        guard tmdb > 0 else { throw call.failure(.invalid("tmdb")) }
        let (value, _) = try await object(call)
        guard value["id"].integer == tmdb else {
            throw call.failure(.undecodable(field: "id"), cause: "this is another title")
        }
        switch value["mediaInfo"].kind {
        case .absent, .null: return nil
        case .object: break
        default: throw call.failure(.undecodable(field: "mediaInfo"))
        }
        guard let media = SeerrMedia(value["mediaInfo"], type, tmdb) else {
            throw call.failure(.undecodable(field: "mediaInfo"), cause: "Seerr's record of the title is not whole")
        }
        return media
    }

    /// Deletes one request; sends no webhook.
    ///
    /// - Throws: `UpstreamError`; `.refusedAuth` says that the key lacks permission.
    public func deleteRequest(_ id: SeerrRequestID) async throws(UpstreamError) -> Removal {
        try await remove(request("DELETE", "request", String(id.value)))
    }

    /// Deletes the record of a medium **with every request of it, those of the other variant too** (upstreams.md §1).
    ///
    /// A blocklisted one is only reset and stays.
    /// - Throws: as `deleteRequest`.
    public func deleteMedia(_ id: SeerrMediaID) async throws(UpstreamError) -> Removal {
        try await remove(request("DELETE", "media", String(id.value)))
    }

    /// Asks whether a request is still there.
    ///
    /// - Throws: `UpstreamError` for everything but the request itself and a 404 of a Seerr that takes the key.
    public func hasRequest(_ id: SeerrRequestID) async throws(UpstreamError) -> Bool {
        let call = request("GET", "request", String(id.value))
        do throws(UpstreamError) {
            let (value, _) = try await object(call)
            guard value["id"].integer == id.value else {
                throw call.failure(.undecodable(field: "id"), cause: "this is not request \(id)")
            }
            return true
        } catch {
            guard error.reason == .status(404) else { throw error }
            try await vouch()
            return false
        }
    }

    /// Asks whether an account is still there, by Seerr's own number.
    ///
    /// - Throws: `UpstreamError` as `hasRequest`.
    public func hasUser(_ id: Int64) async throws(UpstreamError) -> Bool {
        let call = request("GET", "user", String(id))
        guard id > 0 else { throw call.failure(.invalid("user")) }
        do {
            return try await object(call).0["id"].integer == id
        } catch {
            guard error.reason == .status(404) else { throw error }
            try await vouch()
            return false
        }
    }

    private func remove(_ call: HTTPRequest) async throws(UpstreamError) -> Removal {
        let answer = try await transport.send(call)
        switch answer.status {
        case 404:
            try await vouch()
            return .alreadyGone
        case 401, 403: throw call.failure(.refusedAuth, cause: "the key lacks permission")
        case 200...299 where answer.looksLikeHTML:
            throw call.failure(.html, cause: "a web page came instead; check the URL")
        case 200...299: return .done
        default: throw call.failure(.init(status: answer.status))
        }
    }

    /// Whether this is a Seerr that takes the key: a proxy answers 404, too, and proves nothing by it.
    private func vouch() async throws(UpstreamError) { _ = try await status() }
}

extension SeerrMedia {
    /// - Returns: nil without a number, with another title's, and without the list of its requests: what is not told
    ///   is not none.
    init?(_ node: JSONNode, _ type: MediaType, _ tmdb: Int64) {
        guard let id = node["id"].integer.flatMap({ SeerrMediaID($0) }) else { return nil }
        guard node["requests"].kind == .array else { return nil }
        if let other = node["tmdbId"].positive, other != tmdb { return nil }
        if let word = node["mediaType"].word, word.lowercased() != type.rawValue { return nil }
        self.init(
            id: id, type: type, tmdb: tmdb, status: node["status"].integer, status4k: node["status4k"].integer,
            requests: node["requests"].elements.compactMap { Request($0) })
        tvdb = node["tvdbId"].positive
    }
}

extension SeerrMedia.Request {
    fileprivate init?(_ node: JSONNode) {
        guard let id = node["id"].integer.flatMap({ SeerrRequestID($0) }) else { return nil }
        let is4k = node["is4k"].bool ?? (node["is4k"].integer == 1)
        let seasons = node["seasons"].elements.compactMap { $0["seasonNumber"].integer ?? $0.integer }
        let user = node["requestedBy"]
        self.init(
            id: id, status: node["status"].integer, variant: is4k ? .uhd : .hd,
            seasons: Set(seasons.compactMap { Int(exactly: $0) }.filter { $0 >= 0 }).sorted(),
            user: user["id"].positive,
            userName: user["displayName"].word ?? user["username"].word ?? user["jellyfinUsername"].word)
    }
}
