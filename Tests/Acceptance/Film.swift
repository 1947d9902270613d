import Foundation

/// A film and what every service says of it: webhooks to send, and records the played services list.
struct Film: Sendable {
    var tmdb = 533514
    var seerr = 69
    var radarr = 52
    var title = "The Long Voyage"
    var year = 2020
    var imdb = "tt8652818"
    var hash = "C9E15763F722F23E98A29DECDFAE341B98D53056"
    var size = 1_181_116_006
    var file = 301
    var item = "f0000000000000000000000000000001"
    var requester = "ada"

    static let violet = Film()
    static let second = Film(
        tmdb: 603, seerr: 71, radarr: 53, title: "Quiet Harbour", year: 1999, imdb: "tt0133093",
        hash: "1111222233334444555566667777888899990000", size: 4_000_000_000, file: 302,
        item: "f0000000000000000000000000000002")

    var folder: String { "/media/movies/\(title) (\(year))" }
    var path: String { "\(folder)/\(title) (\(year)) Bluray-1080p.mkv" }
    var release: String { "\(title.replacing(" ", with: ".")).\(year).1080p.BluRay.x264-GROUP" }

    // MARK: Webhooks

    func seerr(_ event: String, _ more: [String: JSON] = [:]) -> JSON {
        let body: JSON = [
            "notification_type": .string(event), "event": "Movie Request", "subject": "\(title) (\(year))",
            "message": "A letter carrier learns what the letters say.",
            "image": "https://image.tmdb.org/t/p/w600/p.jpg",
            "media": [
                "media_type": "movie", "tmdbId": "\(tmdb)", "tvdbId": "", "status": "PENDING", "status4k": "UNKNOWN",
            ],
            "request": [
                "request_id": "\(seerr)", "requestedBy_email": "", "requestedBy_username": .string(requester),
                "requestedBy_avatar": "",
            ],
            "issue": nil, "comment": nil, "extra": [],
        ]
        return body.with(more)
    }

    private func movie(_ more: [String: JSON] = [:]) -> JSON {
        let movie: JSON = [
            "id": .int(radarr), "title": .string(title), "year": .int(year), "releaseDate": "\(year)-04-24",
            "folderPath": .string(folder), "tmdbId": .int(tmdb), "imdbId": .string(imdb), "overview": "…",
            "genres": ["Drama"], "tags": [],
        ]
        return movie.with(more)
    }

    private func radarr(_ event: String, _ movieMore: [String: JSON] = [:]) -> JSON {
        [
            "eventType": .string(event), "instanceName": "Radarr", "applicationUrl": "", "movie": movie(movieMore),
            "remoteMovie": [
                "tmdbId": .int(tmdb), "imdbId": .string(imdb), "title": .string(title), "year": .int(year),
            ],
            "downloadClient": "qBittorrent", "downloadClientType": "qBittorrent", "downloadId": .string(hash),
            "customFormatInfo": ["customFormats": [], "customFormatScore": 0],
        ]
    }

    func grab(tags: [JSON] = []) -> JSON {
        radarr("Grab", ["tags": .array(tags)]).with([
            "release": [
                "quality": "Bluray-1080p", "qualityVersion": 1, "releaseGroup": "GROUP",
                "releaseTitle": .string(release), "indexer": "Nebula", "size": .int(size), "customFormatScore": 0,
                "customFormats": [], "languages": [["id": 1, "name": "English"]], "indexerFlags": [],
            ]
        ])
    }

    func movieFile(quality: String = "Bluray-1080p") -> JSON {
        [
            "id": .int(file), "relativePath": .string(String(path.split(separator: "/").last ?? "")),
            "path": .string(path), "quality": .string(quality), "qualityVersion": 1, "releaseGroup": "GROUP",
            "sceneName": .string(release), "indexerFlags": "0", "size": .int(size),
            "dateAdded": "2026-11-20T10:00:00Z", "languages": [],
        ]
    }

    func imported(isUpgrade: Bool = false, quality: String = "Bluray-1080p") -> JSON {
        radarr("Download", ["filePath": .string(path)]).with([
            "movieFile": movieFile(quality: quality), "isUpgrade": .bool(isUpgrade),
            "release": [
                "releaseTitle": .string(release), "indexer": "Nebula", "size": .int(size), "indexerFlags": [],
            ],
        ])
    }

    func fileDeleted(reason: String) -> JSON {
        radarr("MovieFileDelete").without("downloadId", "downloadClient", "downloadClientType")
            .with(["movieFile": movieFile(), "deleteReason": .string(reason)])
    }

    func needsHand(_ message: String) -> JSON {
        radarr("ManualInteractionRequired").with([
            "downloadInfo": [
                "quality": "Bluray-1080p", "qualityVersion": 1, "title": .string(release), "size": .int(size),
            ], "downloadStatus": "Warning",
            "downloadStatusMessages": [["title": .string(release), "messages": [.string(message)]]],
        ])
    }

    func itemAdded() -> JSON {
        [
            "ServerId": "0123456789abcdef0123456789abcdef", "ServerName": "Played", "ServerVersion": "10.11.1",
            "ServerUrl": "", "NotificationType": "ItemAdded", "Timestamp": "2026-11-20T10:00:00Z",
            "UtcTimestamp": "2026-11-20T10:00:00Z", "Name": .string(title), "Overview": "", "Tagline": "",
            "ItemId": .string(item), "ItemType": "Movie", "RunTimeTicks": 0, "RunTime": "00:00:00",
            "Year": .int(year), "Provider_tmdb": "\(tmdb)", "Provider_imdb": .string(imdb),
        ]
    }

    // MARK: What services list

    func listed(hasFile: Bool = false, _ more: [String: JSON] = [:]) -> JSON {
        let title: JSON = [
            "id": .int(radarr), "title": .string(title), "year": .int(year), "tmdbId": .int(tmdb),
            "imdbId": .string(imdb), "titleSlug": "\(tmdb)", "path": .string(folder), "monitored": true,
            "hasFile": .bool(hasFile), "isAvailable": true, "status": "released", "tags": [],
            "inCinemas": "\(year)-04-24T00:00:00Z", "digitalRelease": "\(year)-06-24T00:00:00Z",
            "added": "2026-11-19T10:00:00Z",
        ]
        guard hasFile else { return title.with(more) }
        let file: JSON = [
            "id": .int(file), "path": .string(path),
            "relativePath": .string(String(path.split(separator: "/").last ?? "")),
            "size": .int(size), "dateAdded": "2026-11-20T10:00:00Z",
            "quality": ["quality": ["id": 7, "name": "Bluray-1080p", "resolution": 1080], "revision": ["version": 1]],
        ]
        return title.with(["movieFile": file]).with(more)
    }

    func queued(
        status: String = "downloading", tracked: String = "downloading", left: Double = 500_000_000,
        _ more: [String: JSON] = [:]
    ) -> JSON {
        let record: JSON = [
            "id": .int(900_000 + radarr), "movieId": .int(radarr), "title": .string(release),
            "downloadId": .string(hash), "status": .string(status), "trackedDownloadStatus": "ok",
            "trackedDownloadState": .string(tracked), "statusMessages": [], "size": .int(size),
            "sizeleft": .double(left), "timeleft": "00:10:00", "protocol": "torrent", "downloadClient": "qBittorrent",
            "indexer": "Nebula",
            "quality": ["quality": ["id": 7, "name": "Bluray-1080p", "resolution": 1080]],
        ]
        return record.with(more)
    }

    func torrent(progress: Double, state: String, _ more: [String: JSON] = [:]) -> JSON {
        let done = Int(Double(size) * progress)
        let isDone = progress >= 1
        let torrent: JSON = [
            "infohash_v1": .string(hash.lowercased()), "infohash_v2": "", "name": .string(release),
            "size": .int(size), "total_size": .int(size), "progress": .double(progress), "state": .string(state),
            "category": "radarr", "tags": "", "save_path": "/downloads", "content_path": "/downloads/\(release)",
            "added_on": .int(Int(Date.now.timeIntervalSince1970)), "completion_on": -1, "ratio": 0.1,
            "eta": .int(isDone ? 8_640_000 : 126), "dlspeed": .int(isDone ? 0 : 5_452_595), "upspeed": 0,
            "amount_left": .int(size - done), "completed": .int(done), "num_seeds": 12, "num_leechs": 1,
        ]
        return torrent.with(more)
    }

    func history(_ event: String, at date: String, _ more: [String: JSON] = [:]) -> JSON {
        var data: JSON = ["downloadClient": "qBittorrent", "downloadClientName": "qBittorrent"]
        switch event {
        case "grabbed":
            data = data.with([
                "indexer": "Nebula", "size": "\(size)", "releaseGroup": "GROUP", "publishedDate": .string(date),
            ])
        case "downloadFolderImported":
            data = data.with(["fileId": "\(file)", "droppedPath": "/downloads/x", "importedPath": .string(path)])
        case "downloadFailed": data = data.with(["message": "Unpacking failed, write error or disk is full?"])
        default: break
        }
        let record: JSON = [
            "id": .int(abs(event.utf8.reduce(radarr) { $0 &* 31 &+ Int($1) }) % 1_000_000), "movieId": .int(radarr),
            "sourceTitle": .string(release), "quality": ["quality": ["id": 7, "name": "Bluray-1080p"]],
            "date": .string(date), "downloadId": .string(hash), "eventType": .string(event), "data": data,
            "movie": listed(),
        ]
        return record.with(more)
    }

    func inJellyfin(_ more: [String: JSON] = [:]) -> JSON {
        let item: JSON = [
            "Id": .string(item), "Name": .string(title), "Type": "Movie", "ProductionYear": .int(year),
            "Path": .string(path), "LocationType": "FileSystem",
            "ProviderIds": ["Tmdb": "\(tmdb)", "Imdb": .string(imdb)],
            "MediaSources": [["Id": .string(item), "Path": .string(path), "Protocol": "File"]],
            "ImageTags": ["Primary": "abc"],
        ]
        return item.with(more)
    }

    func seerrRequest(status: Int, mediaStatus: Int = 3, is4k: Bool = false, _ more: [String: JSON] = [:]) -> JSON {
        let request: JSON = [
            "id": .int(seerr), "status": .int(status), "type": "movie", "is4k": .bool(is4k), "seasons": [],
            "media": [
                "id": .int(1_000 + seerr), "mediaType": "movie", "tmdbId": .int(tmdb), "status": .int(mediaStatus),
                "status4k": .int(is4k ? mediaStatus : 1),
            ], "requestedBy": ["id": 2, "displayName": .string(requester), "jellyfinUserId": "u1"],
            "createdAt": "2026-11-20T08:00:00.000Z", "updatedAt": "2026-11-20T08:00:05.000Z",
        ]
        return request.with(more)
    }

    var tmdbTitle: JSON {
        [
            "id": .int(tmdb), "title": .string(title), "releaseDate": "\(year)-04-24", "overview": "…",
            "posterPath": "/p.jpg", "imdbId": .string(imdb),
        ]
    }
}
