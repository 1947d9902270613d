public import HTTPClient
import JSONStream
public import Media

extension Servarr {
    /// Has the program forget a title.
    ///
    /// Its files go later, in the background, and stay without a word where the title's folder equals or contains
    /// another title's (upstreams.md §2.1, §3): success here proves nothing of them.
    /// - Parameters:
    ///   - id: the title.
    ///   - withFiles: whether its folder goes, too, into the recycle bin where there is one.
    ///   - excluding: whether lists may not bring the title back.
    /// - Returns: whether it had the title.
    /// - Throws: `UpstreamError`; nothing was changed then, unless no answer came at all.
    public func deleteTitle(
        _ id: ArrTitleID, withFiles: Bool, excluding: Bool = false
    ) async throws(UpstreamError) -> Removal {
        let exclusion = kind == .radarr ? "addImportExclusion" : "addImportListExclusion"
        return try await remove(
            request(
                noun, String(id.value), query: [("deleteFiles", String(withFiles)), (exclusion, String(excluding))],
                method: "DELETE", timeout: .seconds(60)))
    }

    /// Deletes one video file, now.
    ///
    /// - Throws: `UpstreamError`; `.status(409)` when the root folder is missing or empty.
    public func deleteFile(_ id: ArrFileID) async throws(UpstreamError) -> Removal {
        try await remove(
            request(
                kind == .radarr ? "moviefile" : "episodefile", String(id.value), method: "DELETE",
                timeout: .seconds(60)))
    }

    /// Says whether Sonarr shall look for these episodes, by its own numbers.
    ///
    /// - Throws: `UpstreamError`; for numbers that are none before any call.
    public func monitor(episodes: [Int64], _ isMonitored: Bool) async throws(UpstreamError) {
        let call = request("episode", "monitor", method: "PUT", timeout: .seconds(60))
        guard kind == .sonarr, !episodes.isEmpty, episodes.allSatisfy({ $0 > 0 }) else {
            throw call.failure(.invalid("episodeIds"))
        }
        var body = JSONWriter()
        body.object { json in
            json.array("episodeIds") { for episode in episodes { $0.value(episode) } }
            json.field("monitored", isMonitored)
        }
        try await order(call, body.bytes)
    }

    /// Says whether Sonarr shall look for a whole season, and with it for each of its episodes.
    ///
    /// The series is read and written back with this one change.
    /// - Throws: `UpstreamError`; `.invalid` where the series has no such season, `.status(404)` where it is gone.
    public func monitor(season: Int, of id: ArrTitleID, _ isMonitored: Bool) async throws(UpstreamError) {
        let call = request("series", String(id.value), method: "PUT", timeout: .seconds(60))
        guard kind == .sonarr else { throw call.failure(.invalid("series")) }
        let series = try await answer(to: request("series", String(id.value), timeout: .seconds(10)))
        guard series["id"].integer == id.value else {
            throw call.failure(.undecodable(field: "id"), cause: "this is not title \(id)")
        }
        guard series["seasons"].elements.contains(where: { $0["seasonNumber"].ordinal == season }) else {
            throw call.failure(.invalid("season"), cause: "the series has no season \(season)")
        }
        var body = JSONWriter()
        body.object { json in
            for (key, value) in series.members {
                json.key(string: key)
                guard key == "seasons" else {
                    json.value(value)
                    continue
                }
                json.array { json in
                    for node in value.elements {
                        json.season(node, node["seasonNumber"].ordinal == season ? isMonitored : nil)
                    }
                }
            }
        }
        try await order(call, body.bytes)
    }

    /// Says whether Radarr shall look for a film, or Sonarr for anything of a series.
    ///
    /// - Throws: `UpstreamError`; `.status(404)` where it is gone.
    public func monitor(_ id: ArrTitleID, _ isMonitored: Bool) async throws(UpstreamError) {
        let call = request(noun, String(id.value), method: "PUT", timeout: .seconds(60))
        let title = try await answer(to: request(noun, String(id.value), timeout: .seconds(10)))
        guard title["id"].integer == id.value else {
            throw call.failure(.undecodable(field: "id"), cause: "this is not title \(id)")
        }
        var body = JSONWriter()
        body.object { json in
            for (key, value) in title.members where key != "monitored" {
                json.key(string: key)
                json.value(value)
            }
            json.field("monitored", isMonitored)
        }
        try await order(call, body.bytes)
    }

    /// The folder that deleted files are moved into, as the program sees it; nil where they are gone for good.
    ///
    /// - Throws: `UpstreamError`.
    public func recycleBin() async throws(UpstreamError) -> String? {
        let call = request("config", "mediamanagement", timeout: .seconds(10))
        let settings = try await answer(to: call)
        guard settings.kind == .object else {
            throw call.failure(.undecodable(field: "recycleBin"), cause: "these are no settings")
        }
        return settings["recycleBin"].filledText
    }
}

extension JSONWriter {
    /// A season as it was read, with another monitored flag where one is given.
    fileprivate mutating func season(_ node: JSONNode, _ isMonitored: Bool?) {
        guard let isMonitored else { return value(node) }
        object { json in
            for (key, value) in node.members where key != "monitored" {
                json.key(string: key)
                json.value(value)
            }
            json.field("monitored", isMonitored)
        }
    }
}
