public import HTTPClient
import JSONStream
public import Media

extension Servarr {
    /// `movie` or `series`, in paths and with `Id` behind it in records.
    var noun: String { kind == .radarr ? "movie" : "series" }

    /// Reads one film or series with all that its deletion and an undo need.
    ///
    /// - Returns: nil when the program has none of that number.
    /// - Throws: `UpstreamError` for any other answer: unknown.
    public func entry(_ id: ArrTitleID) async throws(UpstreamError) -> ArrEntry? {
        let call = request(noun, String(id.value), timeout: .seconds(10))
        guard let node = try await proven(call) else { return nil }
        guard let entry = ArrEntry(node, kind), entry.id == id else {
            throw call.failure(.undecodable(field: "id"), cause: "this is not title \(id)")
        }
        return entry
    }

    /// Looks a Radarr's films up by TMDB number; two of one number have been seen.
    ///
    /// - Returns: what has that number; a filter that was ignored adds nothing.
    /// - Throws: `UpstreamError` unless the whole answer came; also for a Sonarr, which has no such look-up.
    public func entries(tmdb: Int64) async throws(UpstreamError) -> [ArrEntry] {
        try await entries("tmdbId", tmdb, in: .radarr) { $0.tmdb == tmdb }
    }

    /// Looks a Sonarr's series up by TVDB number.
    ///
    /// - Returns: what has that number; a filter that was ignored adds nothing.
    /// - Throws: `UpstreamError` unless the whole answer came; also for a Radarr, which has no such look-up.
    public func entries(tvdb: Int64) async throws(UpstreamError) -> [ArrEntry] {
        try await entries("tvdbId", tvdb, in: .sonarr) { $0.tvdb == tvdb }
    }

    private func entries(
        _ parameter: String, _ number: Int64, in wanted: Kind, where fits: (ArrEntry) -> Bool
    ) async throws(UpstreamError) -> [ArrEntry] {
        let call = request(noun, query: [(parameter, String(number))], timeout: .seconds(120))
        // Without the filter every title would come, and 0 stands for "unknown".
        guard kind == wanted, number > 0 else { throw call.failure(.invalid(parameter)) }
        let list = try await answer(to: call)
        guard list.kind == .array else { throw call.failure(.undecodable(field: "JSON"), cause: "this is no list") }
        return list.elements.compactMap { ArrEntry($0, kind) }.filter(fits)
    }

    /// Lists the video files of a title, with the episodes in each.
    ///
    /// - Throws: `UpstreamError` unless every answer came whole.
    public func titleFiles(of id: ArrTitleID) async throws(UpstreamError) -> [ArrFile] {
        let owner = kind == .radarr ? "movieId" : "seriesId"
        let path = kind == .radarr ? "moviefile" : "episodefile"
        let list = try await records(request(path, query: [(owner, String(id.value))], timeout: .seconds(120)))
        var files: [ArrFile] = []
        for node in list where number(node, owner) == id.value {
            guard let file = node["id"].integer.flatMap({ ArrFileID($0) }) else { continue }
            files.append(ArrFile(id: file, path: node["path"].filledText, size: node["size"].size))
        }
        return kind == .radarr || files.isEmpty ? files : try await placed(files, in: id)
    }

    /// Puts the episodes to their files: the files themselves do not name them.
    private func placed(_ files: [ArrFile], in id: ArrTitleID) async throws(UpstreamError) -> [ArrFile] {
        let call = request("episode", query: [("seriesId", String(id.value))], timeout: .seconds(120))
        var files = files
        let index = Dictionary(files.enumerated().map { ($1.id.value, $0) }, uniquingKeysWith: { first, _ in first })
        for node in try await records(call) where node["seriesId"].integer == id.value {
            guard let place = node["episodeFileId"].id.flatMap({ index[$0] }), let episode = node["id"].id,
                let season = node["seasonNumber"].ordinal, let number = node["episodeNumber"].ordinal
            else { continue }
            files[place].units.append(UnitNumber(season, number))
            files[place].episodes.append(episode)
        }
        for place in files.indices { files[place].units.sort() }
        return files
    }

    /// Lists the torrents that brought a title's files, from its history and the queue, with Sonarr's numbers of the
    /// episodes each was grabbed for.
    ///
    /// Downloads of Usenet have no hash and are left out.
    /// - Throws: `UpstreamError` unless every answer came whole.
    public func downloadHashes(of id: ArrTitleID) async throws(UpstreamError) -> [TorrentHash: Set<Int64>] {
        let owner = kind == .radarr ? "movieId" : "seriesId"
        let history = try await records(
            request("history", noun, query: [(owner, String(id.value))], timeout: .seconds(120)))
        var found: [TorrentHash: Set<Int64>] = [:]
        for node in history where number(node, owner) == id.value {
            guard let hash = node["downloadId"].filledText.flatMap({ TorrentHash($0) }) else { continue }
            found[hash, default: []].formUnion([node["episodeId"].id].compactMap(\.self))
        }
        for record in try await queue() where record.arrTitle == id.value {
            guard let hash = record.downloadID.flatMap({ TorrentHash($0) }) else { continue }
            found[hash, default: []].formUnion([record.arrEpisode].compactMap(\.self))
        }
        return found
    }

    /// Reads an answer that is an array.
    func records(_ call: HTTPRequest) async throws(UpstreamError) -> [JSONNode] {
        let list = try await answer(to: call)
        guard list.kind == .array else { throw call.failure(.undecodable(field: "JSON"), cause: "this is no list") }
        return list.elements
    }

    private func number(_ node: JSONNode, _ owner: String) -> Int64? {
        owner == "movieId" ? node["movieId"].integer : node["seriesId"].integer
    }
}

extension ArrEntry {
    /// Reads an entry as the program sends it; nil without an id.
    init?(_ node: JSONNode, _ kind: Servarr.Kind) {
        guard let id = node["id"].integer.flatMap({ ArrTitleID($0) }) else { return nil }
        var writer = JSONWriter()
        writer.value(node)
        self.init(
            id: id, type: kind.mediaType, title: node["title"].filledText ?? "",
            json: String(decoding: writer.bytes, as: UTF8.self))
        year = node["year"].id
        tmdb = node["tmdbId"].id
        tvdb = kind == .sonarr ? node["tvdbId"].id : nil
        imdb = node["imdbId"].idText
        path = node["path"].filledText
        rootFolder = node["rootFolderPath"].filledText ?? path.flatMap(Self.parent)
        monitored = node["monitored"].bool
        qualityProfile = node["qualityProfileId"].id
        tags = node["tags"].elements.compactMap(\.id)
        let statistics = node["statistics"]
        size = (statistics["sizeOnDisk"].kind == .absent ? node : statistics)["sizeOnDisk"].integer
        switch kind {
        case .radarr:
            hasFile = node["hasFile"].bool
            minimumAvailability = node["minimumAvailability"].filledText
        case .sonarr:
            hasFile = statistics["episodeFileCount"].integer.map { $0 > 0 }
            seriesType = node["seriesType"].filledText
            seasons = node["seasons"].elements.compactMap { season in
                season["seasonNumber"].ordinal.map {
                    Season(
                        number: $0, monitored: season["monitored"].bool,
                        files: season["statistics"]["episodeFileCount"].integer.flatMap { Int(exactly: $0) })
                }
            }
        }
    }

    /// The folder a path lies in, with its server's separators.
    private static func parent(of path: String) -> String? {
        let path = path.last == "/" || path.last == "\\" ? path.dropLast() : path[...]
        guard let separator = path.lastIndex(where: { $0 == "/" || $0 == "\\" }), separator > path.startIndex else {
            return nil
        }
        return String(path[..<separator])
    }
}
