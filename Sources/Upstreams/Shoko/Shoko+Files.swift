public import HTTPClient
public import Media

extension Shoko {
    /// Finds the files whose path ends like this, in any case and with either separator.
    ///
    /// Shoko compares text, not components, so a `/` is put in front: `b.mkv` must not find `ab.mkv`. Its answer is
    /// checked all the same; a server that ignored the filter would name every file it has.
    /// `path` is a file's path or its last parts; `folders` is what `folders()` gives, for a path that reaches into one:
    /// where they are missing only the part below is compared.
    public func files(
        pathEndsWith path: String, folders: [Int64: String] = [:]
    ) async throws(UpstreamError) -> [ShokoFileReading] {
        let ending = ShokoPath.comparable("/" + path.drop { $0 == "/" || $0 == "\\" })
        if ending == "/" { return [] }
        let query = [("path", "/" + path.drop { $0 == "/" || $0 == "\\" }), ("limit", "0")] + Self.references
        guard let (list, _) = try await read(LooseList<FileBody>.self, ["File", "PathEndsWith"], query) else {
            return []
        }
        return list.items.compactMap(\.reading).filter { file in
            file.locations.contains { ShokoPath.ends($0, with: ending, folders) }
        }
    }

    /// Reads one file; nil when Shoko has none with this id.
    public func file(_ id: Int64) async throws(UpstreamError) -> ShokoFileReading? {
        guard let (body, _) = try await read(FileBody.self, ["File", String(id)], Self.references) else { return nil }
        return body.reading.flatMap { $0.id == id ? $0 : nil }
    }

    /// Reads the folders that Shoko watches, by id; the path is the server's own.
    public func folders() async throws(UpstreamError) -> [Int64: String] {
        try await folders(try await startedStatus().generation)
    }

    func folders(_ generation: ShokoStatus.Generation) async throws(UpstreamError) -> [Int64: String] {
        let name = generation == .v6 ? "ManagedFolder" : "ImportFolder"
        guard let (list, _) = try await read(LooseList<FolderBody>.self, [name]) else {
            throw try await request(["api", "v3", name]).failure(.status(404))
        }
        return Dictionary(
            list.items.compactMap { folder in folder.id?.value.map { ($0, folder.path ?? "") } },
            uniquingKeysWith: { $1 })
    }

    /// Version 5 takes the first, version 6 the second; each ignores the other.
    static let references = [("includeXRefs", "true"), ("include", "XRefs,ReleaseInfo")]
}

struct FolderBody: Decodable {
    var id: LooseID?
    var name: Loose<String>?
    var path: String?
    var size: Loose<Int64>?

    enum CodingKeys: String, CodingKey {
        case id = "ID"
        case name = "Name"
        case path = "Path"
        case size = "FileSize"
    }
}

/// A file as both versions send it.
struct FileBody: Decodable {
    struct Location: Decodable {
        var importFolder: LooseID?
        var managedFolder: LooseID?
        var path: String?
        var isAccessible: Loose<Bool>?

        enum CodingKeys: String, CodingKey {
            case importFolder = "ImportFolderID"
            case managedFolder = "ManagedFolderID"
            case path = "RelativePath"
            case isAccessible = "IsAccessible"
        }
    }

    struct IDs: Decodable {
        var id: LooseID?
        var anidb: LooseID?

        enum CodingKeys: String, CodingKey {
            case id = "ID"
            case anidb = "AniDB"
        }
    }

    struct CrossReference: Decodable {
        var series: Loose<IDs>?
        var episodes: Loose<LooseList<IDs>>?

        enum CodingKeys: String, CodingKey {
            case series = "SeriesID"
            case episodes = "EpisodeIDs"
        }
    }

    var id: LooseID?
    var locations: Loose<LooseList<Location>>?
    var series: Loose<LooseList<CrossReference>>?

    enum CodingKeys: String, CodingKey {
        case id = "ID"
        case locations = "Locations"
        case series = "SeriesIDs"
    }

    /// Nil without an id.
    var reading: ShokoFileReading? {
        guard let id = id?.value else { return nil }
        let places = (locations?.value?.items ?? []).compactMap { place in
            place.path.map {
                ShokoFileReading.Location(
                    folder: place.managedFolder?.value ?? place.importFolder?.value ?? 0, relativePath: $0,
                    isAccessible: place.isAccessible?.value)
            }
        }
        let references = series?.value.map { list in
            list.items.flatMap { reference in
                (reference.episodes?.value?.items ?? []).map { episode in
                    ShokoFileReading.Reference(
                        anidbAnime: reference.series?.value?.anidb?.value, anidbEpisode: episode.anidb?.value,
                        series: reference.series?.value?.id?.value, episode: episode.id?.value)
                }
            }
        }
        return ShokoFileReading(id: id, locations: places, references: references)
    }
}
