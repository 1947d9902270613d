import Media
import Servarr

/// Webhook bodies after the field tables of upstreams.md §2.2 and §3; synthetic.
enum HookSamples {
    static let received = Timestamp(milliseconds: 1_800_000_000_000)

    static let series = #"""
        "series":{"id":23,"title":"Lycoris Recoil (2022)","titleSlug":"lycoris-recoil","path":"/tv/Lycoris Recoil",
        "tvdbId":414057,"tvMazeId":62715,"tmdbId":154494,"imdbId":"tt16755706","type":"anime","year":2022,
        "genres":["Action"],"images":[{"coverType":"poster","url":"/p.jpg"}],"tags":["x"],
        "originalLanguage":{"id":8,"name":"Japanese"}}
        """#
    static let movie = #"""
        "movie":{"id":52,"title":"Violet","year":2020,"releaseDate":"2021-10-13","folderPath":"/films/Violet (2020)",
        "tmdbId":533514,"imdbId":"tt8652818","tags":["ANIME"]},
        "remoteMovie":{"tmdbId":533514,"imdbId":"tt8652818","title":"Violet","year":2020}
        """#
    static let release = #"""
        "release":{"quality":"Bluray-1080p","qualityVersion":2,"releaseGroup":"FLE","releaseTitle":"Show.S01.BD-FLE",
        "indexer":"Nyaa","size":33930242048,"customFormatScore":200,"languages":[{"id":8,"name":"Japanese"}]}
        """#
    static let download = #"""
        "downloadClient":"qBit","downloadClientType":"qBittorrent","downloadId":"3F92992E2FBEB6EBB251304236BF5E0B600A91C3"
        """#
    static let downloadID = "3f92992e2fbeb6ebb251304236bf5e0b600a91c3"

    static func episode(_ number: Int, season: Int = 1) -> String {
        #"""
        {"id":\#(700 + number),"episodeNumber":\#(number),"seasonNumber":\#(season),"title":"Part \#(number)",
        "airDate":"2022-07-\#(number + 10)","airDateUtc":"2022-07-\#(number + 10)T15:00:00Z","seriesId":23,
        "tvdbId":\#(8_916_000 + number)}
        """#
    }

    static func episodes(_ numbers: some Sequence<Int>) -> String {
        #""episodes":["# + numbers.map { episode($0) }.joined(separator: ",") + "]"
    }

    static func file(_ id: Int, _ name: String, folder: String = "/tv/Lycoris Recoil") -> String {
        #"""
        {"id":\#(id),"relativePath":"Season 1/\#(name)","path":"\#(folder)/Season 1/\#(name)","quality":"HDTV-720p",
        "qualityVersion":1,"releaseGroup":"G","sceneName":"Scene.Name-G","size":4068247970,
        "dateAdded":"2026-01-01T00:00:00Z","mediaInfo":{"audioChannels":2.0,"audioLanguages":["jpn"],"height":720}}
        """#
    }

    static func body(_ event: String, _ parts: String...) -> String {
        "{" + (parts + [#""eventType":"\#(event)","instanceName":"Sonarr","applicationUrl":"""#]).joined(separator: ",")
            + "}"
    }

    static func read(_ kind: Servarr.Kind, _ body: String) throws -> HookReading {
        try ServarrHook.read(Array(body.utf8), kind: kind, instance: "default", receivedAt: received)
    }
}
