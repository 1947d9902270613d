/// A series' season and what every service says of it.
struct Show: Sendable {
    var tvdb = 414057
    var tmdb = 154494
    var seerr = 80
    var sonarr = 11
    var title = "Salt and Iron"
    var year = 2022
    var imdb = "tt1234567"
    var season = 1
    var episodes = 13
    var hash = "AAAABBBBCCCCDDDDEEEEFFFF0000111122223333"
    var size = 21_700_000_000
    var item = "e0000000000000000000000000000000"
    var requester = "ada"

    static let salt = Show()

    var folder: String { "/media/tv/\(title)" }
    var range: ClosedRange<Int> { 1...episodes }

    func path(_ number: Int, season: Int? = nil) -> String {
        let season = season ?? self.season
        return "\(folder)/Season \(season)/\(title) - S\(two(season))E\(two(number)).mkv"
    }
    func release(_ numbers: [Int]) -> String {
        let name = title.replacing(" ", with: ".")
        return numbers.count == 1
            ? "\(name).S\(two(season))E\(two(numbers[0])).1080p.WEB.h264-GROUP"
            : "\(name).S\(two(season)).1080p.WEB.h264-GROUP"
    }
    func id(_ number: Int, season: Int? = nil) -> Int { 1_000 + (season ?? self.season) * 100 + number }
    func file(_ number: Int) -> Int { 5_000 + season * 100 + number }
    func item(_ number: Int) -> String { "e\(two(season))\(two(number))00000000000000000000000000a" }
    private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }

    // MARK: Webhooks

    func seerr(_ event: String, seasons: String? = nil, _ more: [String: JSON] = [:]) -> JSON {
        let body: JSON = [
            "notification_type": .string(event), "event": "Series Request", "subject": "\(title) (\(year))",
            "message": "…", "image": "https://image.tmdb.org/t/p/w600/s.jpg",
            "media": [
                "media_type": "tv", "tmdbId": "\(tmdb)", "tvdbId": "\(tvdb)", "status": "PENDING",
                "status4k": "UNKNOWN",
            ],
            "request": [
                "request_id": "\(seerr)", "requestedBy_email": "", "requestedBy_username": .string(requester),
                "requestedBy_avatar": "",
            ],
            "issue": nil, "comment": nil,
            "extra": [["name": "Requested Seasons", "value": .string(seasons ?? "\(season)")]],
        ]
        return body.with(more)
    }

    private var series: JSON {
        [
            "id": .int(sonarr), "title": .string(title), "titleSlug": "salt-and-iron", "path": .string(folder),
            "tvdbId": .int(tvdb), "tvMazeId": 0, "tmdbId": .int(tmdb), "imdbId": .string(imdb), "type": "standard",
            "year": .int(year), "genres": ["Drama"], "images": [], "tags": [],
        ]
    }

    private func episode(_ number: Int, season: Int? = nil) -> JSON {
        [
            "id": .int(id(number, season: season)), "episodeNumber": .int(number),
            "seasonNumber": .int(season ?? self.season), "title": "Part \(number)",
            "airDate": "2022-01-01", "airDateUtc": "2022-01-01T20:00:00Z", "seriesId": .int(sonarr),
            "tvdbId": .int(9_000_000 + id(number, season: season)),
        ]
    }

    private func sonarr(_ event: String, _ numbers: [Int], hash: String?, season: Int? = nil) -> JSON {
        [
            "eventType": .string(event), "instanceName": "Sonarr", "applicationUrl": "", "series": series,
            "episodes": .array(numbers.map { episode($0, season: season) }), "downloadClient": "qBittorrent",
            "downloadClientType": "qBittorrent", "downloadId": .string(hash ?? self.hash),
            "customFormatInfo": ["customFormats": [], "customFormatScore": 0],
        ]
    }

    func grab(_ numbers: [Int]? = nil, hash: String? = nil, season: Int? = nil, size: Int? = nil) -> JSON {
        let numbers = numbers ?? Array(range)
        return sonarr("Grab", numbers, hash: hash, season: season).with([
            "release": [
                "quality": "WEBDL-1080p", "qualityVersion": 1, "releaseGroup": "GROUP",
                "releaseTitle": .string(release(numbers)), "indexer": "Nebula", "size": .int(size ?? self.size),
                "customFormatScore": 0, "customFormats": [], "languages": [], "indexerFlags": [],
            ]
        ])
    }

    private func episodeFile(_ number: Int, season: Int? = nil) -> JSON {
        [
            "id": .int(file(number)), "path": .string(path(number, season: season)),
            "relativePath": .string(
                "Season \(season ?? self.season)/\(path(number, season: season).split(separator: "/").last ?? "")"),
            "quality": "WEBDL-1080p", "qualityVersion": 1, "releaseGroup": "GROUP", "size": .int(size / episodes),
            "dateAdded": "2026-11-20T10:00:00Z", "languages": [],
        ]
    }

    func imported(_ number: Int, hash: String? = nil, season: Int? = nil) -> JSON {
        sonarr("Download", [number], hash: hash, season: season).with([
            "episodeFile": episodeFile(number, season: season), "isUpgrade": false,
            "release": ["releaseTitle": .string(release(Array(range))), "indexer": "Nebula", "indexerFlags": []],
        ])
    }

    /// What Sonarr sends once when a whole pack is done; files and episodes in another order than each other.
    func importComplete() -> JSON {
        sonarr("Download", Array(range), hash: nil).with([
            "episodeFiles": .array(range.reversed().map { episodeFile($0) }), "fileCount": .int(episodes),
            "sourcePath": "/downloads/\(release(Array(range)))", "destinationPath": "\(folder)/Season \(season)",
            "release": ["releaseTitle": .string(release(Array(range))), "indexer": "Nebula", "indexerFlags": []],
        ])
    }

    func itemAdded(_ number: Int) -> JSON {
        [
            "ServerId": "0123456789abcdef0123456789abcdef", "ServerName": "Played", "ServerVersion": "10.11.1",
            "NotificationType": "ItemAdded", "Timestamp": "2026-11-20T10:00:00Z",
            "UtcTimestamp": "2026-11-20T10:00:00Z", "Name": "Part \(number)", "Overview": "",
            "ItemId": .string(item(number)), "ItemType": "Episode", "RunTimeTicks": 0, "RunTime": "00:00:00",
            "Year": .int(year), "SeriesName": .string(title), "SeriesId": .string(item), "SeasonNumber": .int(season),
            "EpisodeNumber": .int(number), "Provider_tvdb": "\(9_000_000 + id(number))",
        ]
    }

    // MARK: What services list

    var listed: JSON {
        [
            "id": .int(sonarr), "title": .string(title), "titleSlug": "salt-and-iron", "path": .string(folder),
            "tvdbId": .int(tvdb), "tmdbId": .int(tmdb), "imdbId": .string(imdb), "year": .int(year),
            "seriesType": "standard", "monitored": true, "tags": [], "added": "2026-11-19T10:00:00Z",
            "seasons": [["seasonNumber": .int(season), "monitored": true]],
            "statistics": ["episodeFileCount": 0, "episodeCount": .int(episodes)],
        ]
    }

    func listedEpisode(_ number: Int, season: Int? = nil, hasFile: Bool = false, _ more: [String: JSON] = [:]) -> JSON {
        var episode = episode(number, season: season).with([
            "monitored": true, "hasFile": .bool(hasFile), "episodeFileId": .int(hasFile ? file(number) : 0),
        ])
        if hasFile {
            episode["episodeFile"] = ["id": .int(file(number)), "path": .string(path(number, season: season))]
        }
        return episode.with(more)
    }

    func listedEpisodes(hasFile: Bool = false) -> [JSON] { range.map { listedEpisode($0, hasFile: hasFile) } }

    func queued(_ number: Int, hash: String? = nil, tracked: String = "downloading", _ more: [String: JSON] = [:])
        -> JSON
    {
        let record: JSON = [
            "id": .int(700_000 + id(number)), "seriesId": .int(sonarr), "episodeId": .int(id(number)),
            "seasonNumber": .int(season), "title": .string(release(Array(range))),
            "downloadId": .string(hash ?? self.hash), "status": "downloading", "trackedDownloadStatus": "ok",
            "trackedDownloadState": .string(tracked), "statusMessages": [], "size": .int(size),
            "sizeleft": .int(size / 2), "timeleft": "00:10:00", "protocol": "torrent", "downloadClient": "qBittorrent",
            "episode": episode(number), "quality": ["quality": ["id": 3, "name": "WEBDL-1080p"]],
        ]
        return record.with(more)
    }

    func torrent(progress: Double, state: String, size: Int? = nil, _ more: [String: JSON] = [:]) -> JSON {
        let size = size ?? self.size
        let done = Int(Double(size) * progress)
        let torrent: JSON = [
            "name": .string(release(Array(range))), "size": .int(size), "total_size": .int(size),
            "progress": .double(progress), "state": .string(state), "infohash_v1": "", "infohash_v2": "",
            "save_path": "/downloads", "content_path": "/downloads/pack", "added_on": 1_763_600_000,
            "completion_on": -1, "eta": .int(progress < 1 ? 600 : 8_640_000),
            "dlspeed": .int(progress < 1 ? 1_000_000 : 0),
            "amount_left": .int(size - done), "completed": .int(done), "num_seeds": 4, "num_leechs": 1,
        ]
        return torrent.with(more)
    }

    var seriesInJellyfin: JSON {
        [
            "Id": .string(item), "Name": .string(title), "Type": "Series", "ProductionYear": .int(year),
            "Path": .string(folder), "LocationType": "FileSystem",
            "ProviderIds": ["Tmdb": "\(tmdb)", "Tvdb": "\(tvdb)", "Imdb": .string(imdb)],
        ]
    }

    func inJellyfin(_ number: Int, season: Int? = nil, _ more: [String: JSON] = [:]) -> JSON {
        let season = season ?? self.season
        let id = Show(season: season).item(number)
        let item: JSON = [
            "Id": .string(id), "Name": "Part \(number)", "Type": "Episode", "SeriesId": .string(self.item),
            "SeriesName": .string(title), "IndexNumber": .int(number), "ParentIndexNumber": .int(season),
            "Path": .string(path(number, season: season)), "LocationType": "FileSystem",
            "ProviderIds": ["Tvdb": "\(9_000_000 + self.id(number, season: season))"],
            "MediaSources": [["Id": .string(id), "Path": .string(path(number, season: season)), "Protocol": "File"]],
        ]
        return item.with(more)
    }
}
