public import HTTPClient
import JSONStream
public import Media

// There is no call here that deletes an item, and there must be none: `DELETE /Items` removes the folder around it,
// every version included (deletion.md §4).
extension Jellyfin {
    /// Reports files and folders as gone: after its own delay the server looks at the nearest items it knows.
    ///
    /// It takes paths outside every library, too, and does nothing then.
    /// - Parameter paths: as the server sees them; at least one.
    /// - Throws: `UpstreamError` when the report was not taken; `.invalid` for no paths, before any call.
    public func mediaUpdated(paths: [String]) async throws(UpstreamError) {
        var call = request(["Library", "Media", "Updated"], method: "POST", timeout: .seconds(10))
        let paths = paths.filter { !$0.isEmpty }
        guard !paths.isEmpty else { throw call.failure(.invalid("paths"), cause: "no path was named") }
        var body = JSONWriter()
        body.object {
            $0.array("Updates") { json in
                for path in paths {
                    json.object {
                        $0.field("Path", path)
                        $0.field("UpdateType", "Deleted")
                    }
                }
            }
        }
        call.headers.append(("Content-Type", "application/json"))
        call.body = body.bytes
        try check(try await transport.send(call), of: call)
    }

    /// Whether a scan of all libraries runs now; a refresh would cancel it and begin again.
    ///
    /// - Throws: `UpstreamError`; also for a server without such a task.
    public func isScanning() async throws(UpstreamError) -> Bool {
        let call = request(["ScheduledTasks"], timeout: .seconds(10))
        let answer = try await transport.send(call)
        try check(answer, of: call)
        guard let tasks = (try? JSONTree(answer.body))?.root, tasks.kind == .array,
            let scan = tasks.elements.first(where: { $0["Key"].text == "RefreshLibrary" }),
            let state = scan["State"].text
        else { throw call.failure(.undecodable(field: "State"), cause: "the server does not name its library scan") }
        return state.lowercased() != "idle"
    }

    /// Reads items by id with all their versions, a hundred a call.
    ///
    /// - Returns: those that exist; an id without an item is not there.
    /// - Throws: `UpstreamError` unless every answer came whole, also when one holds an item nobody asked for: then the
    ///   ids were ignored.
    public func holdings(ids: [JellyfinItemID]) async throws(UpstreamError) -> [ItemHolding] {
        let distinct = Array(Set(ids))
        var found: [JellyfinItemID: ItemHolding] = [:]
        for start in stride(from: 0, to: distinct.count, by: 100) {
            let asked = Set(distinct[start..<min(start + 100, distinct.count)])
            let query = [
                ("ids", asked.map(\.text).joined(separator: ",")), ("fields", "ProviderIds,Path,MediaSources"),
                ("collapseBoxSetItems", "false"), ("enableUserData", "false"),
            ]
            var call = request(["Items"], query, timeout: .seconds(120))
            call.maxBody = 64 << 20
            let answer = try await transport.send(call)
            try check(answer, of: call)
            for node in try Self.items(answer, call) {
                guard let id = node["Id"].scalar.flatMap({ JellyfinItemID($0) }), asked.contains(id) else {
                    throw call.failure(.undecodable(field: "Items"), cause: "an item came that was not asked for")
                }
                found[id] = ItemHolding(node, id)
            }
        }
        return ids.compactMap { found.removeValue(forKey: $0) }
    }

    private static func items(_ answer: HTTPResponse, _ call: HTTPRequest) throws(UpstreamError) -> [JSONNode] {
        switch Result(catching: { () throws(JSONFailure) in try JSONTree(answer.body).root["Items"] }) {
        case .success(let items) where items.kind == .array: return items.elements
        case .success: throw call.failure(.undecodable(field: "Items"), cause: "this is no list of items")
        case .failure(.truncated): throw call.failure(.truncated)
        case .failure(let failure): throw call.failure(.undecodable(field: "JSON"), cause: "\(failure)")
        }
    }
}

extension ItemHolding {
    /// - Returns: nil for other kinds than films, series and episodes.
    init?(_ node: JSONNode, _ id: JellyfinItemID) {
        guard let kind = node["Type"].text.flatMap({ ItemReading.Kind(type: $0) }) else { return nil }
        self.init(
            id: id, kind: kind, title: node["Name"].text ?? "", path: node["Path"].filled,
            sources: node["MediaSources"].elements.map { source in
                Source(
                    id: source["Id"].filled, path: source["Path"].filled, size: source["Size"].positive,
                    width: source["MediaStreams"].elements.compactMap { $0["Width"].positive }.max())
            })
        year = node["ProductionYear"].positive
        // Keys compare without case: Emby writes `IMDB` (upstreams.md §6.6).
        for (key, value) in node["ProviderIds"].members {
            switch key.lowercased() {
            case "tmdb": tmdb = value.positive
            case "tvdb": tvdb = value.positive
            case "imdb": imdb = value.filled.flatMap { $0.contains { $0 != "0" } ? $0 : nil }
            case "anidb": anidb = value.positive
            default: break
            }
        }
    }
}

extension JSONNode {
    fileprivate var filled: String? { kind == .bool ? nil : scalar.flatMap { $0.isEmpty ? nil : $0 } }
    /// Ids are text or numbers; zero means none.
    fileprivate var positive: Int64? { integer.flatMap { $0 > 0 ? $0 : nil } }
}
