/// What a happening is called in each version, and what it carries.
struct ShokoEvents {
    /// One invocation: its feed, target, and its one argument.
    struct Event: Sendable {
        let feed: String
        let target: String
        let argument: JSON
    }

    let version: ShokoVersion

    func events(_ happening: ShokoHappening) -> [Event] { version == .v5 ? stable(happening) : development(happening) }

    /// What a feed says on connecting.
    func greeting(_ feed: String) -> Event {
        switch (version, feed) {
        case (.v5, "shoko"): Event(feed: feed, target: "ShokoEvent:OnConnected", argument: [:])
        case (.v5, "anidb"): Event(feed: feed, target: "AniDB:OnConnected", argument: [])
        case (.v5, "queue"): Event(feed: feed, target: "Queue:OnConnected", argument: idleQueue)
        case (.v5, "avdump"): Event(feed: feed, target: "AVDump:OnConnected", argument: [])
        case (.v5, _): Event(feed: feed, target: "Network:OnConnected", argument: ["NetworkAvailability": "Internet"])
        case (.v6, "queue"): Event(feed: feed, target: "queue:connected", argument: idleQueue)
        case (.v6, _): Event(feed: feed, target: "\(feed):connected", argument: [:])
        }
    }

    private var idleQueue: JSON { ["Running": true, "WaitingCount": 0, "BlockedCount": 0, "CurrentlyExecuting": []] }

    private func stable(_ happening: ShokoHappening) -> [Event] {
        func event(_ name: String, _ argument: JSON) -> Event {
            Event(feed: "shoko", target: "ShokoEvent:" + name, argument: argument)
        }
        switch happening {
        case .detected(let file): return [event("FileDetected", detected(file))]
        case .hashed(let file): return [event("FileHashed", .object(members(file)))]
        case .matched(let file): return [event("FileMatched", .object(members(file)))]
        case .notMatched(let file):
            let more: [JSON.Member] = [
                JSON.Member(name: "AutoMatchAttempts", value: .integer(file.attempts)),
                JSON.Member(name: "HasCrossReferences", value: .bool(!file.crossReferences.isEmpty)),
                JSON.Member(name: "IsUDPBanned", value: false),
            ]
            return [event("FileNotMatched", .object(members(file) + more))]
        case .moved(let file) where Self.isRename(file):
            let more: [JSON.Member] = [
                JSON.Member(name: "FileName", value: .string(Self.name(file.relativePath))),
                JSON.Member(name: "PreviousFileName", value: .string(Self.name(file.previousPath ?? ""))),
            ]
            return [event("FileRenamed", .object(members(file) + more))]
        case .moved(let file): return [event("FileMoved", .object(members(file) + previous(file)))]
        case .deleted(let file): return [event("FileDeleted", .object(members(file)))]
        case .seriesUpdated(let series, let isNew):
            return seriesUpdates(series, isNew).map { event($0.isFilm ? "MovieUpdated" : "SeriesUpdated", $0.body) }
        case .episodeUpdated(let series, let episode, let isNew):
            return episodeUpdates(series, episode, isNew).map { event("EpisodeUpdated", $0) }
        }
    }

    private func development(_ happening: ShokoHappening) -> [Event] {
        func event(_ target: String, _ argument: JSON) -> Event {
            Event(feed: String(target.prefix { $0 != ":" }), target: target, argument: argument)
        }
        switch happening {
        case .detected(let file): return [event("file:detected", detected(file))]
        case .hashed(let file): return [event("file:hashed", .object(members(file)))]
        case .matched(let file):
            let saved: JSON = ["FileID": .integer(file.fileID), "Release": Self.release(file)]
            return [event("release:saved", saved), event("release:search.completed", searched(file, isFound: true))]
        case .notMatched(let file): return [event("release:search.completed", searched(file, isFound: false))]
        case .moved(let file): return [event("file:relocated", .object(members(file) + previous(file)))]
        case .deleted(let file): return [event("file:deleted", .object(members(file)))]
        case .seriesUpdated(let series, let isNew):
            let verb = isNew ? "added" : "updated"
            return seriesUpdates(series, isNew).map {
                event("metadata:\($0.isFilm ? "movie" : "series").\(verb)", $0.body)
            }
        case .episodeUpdated(let series, let episode, let isNew):
            let verb = isNew ? "added" : "updated"
            return episodeUpdates(series, episode, isNew).map { event("metadata:episode.\(verb)", $0) }
        }
    }

    // MARK: Files

    private func detected(_ file: FlowShokoFile) -> JSON {
        .object([
            JSON.Member(name: "RelativePath", value: .string(file.relativePath)),
            JSON.Member(name: version.folderID, value: .integer(file.folderID)),
        ])
    }

    private func members(_ file: FlowShokoFile) -> [JSON.Member] {
        [
            JSON.Member(name: "FileID", value: .integer(file.fileID)),
            JSON.Member(name: "FileLocationID", value: .integer(file.locationID)),
            JSON.Member(name: version.folderID, value: .integer(file.folderID)),
            JSON.Member(name: "RelativePath", value: .string(file.relativePath)),
            JSON.Member(
                name: "CrossReferences",
                value: .array(
                    file.crossReferences.map {
                        [
                            "EpisodeID": Self.optional($0.episodeID), "AnidbEpisodeID": .integer($0.anidbEpisode),
                            "SeriesID": Self.optional($0.seriesID), "AnidbAnimeID": .integer($0.anidbAnime),
                            "GroupID": Self.optional($0.seriesID),
                        ]
                    })),
        ]
    }

    private func previous(_ file: FlowShokoFile) -> [JSON.Member] {
        let path = file.previousPath ?? ""
        let folder = FlowShokoFile.folders.first { path.hasPrefix($0.path + "/") }
        return [
            JSON.Member(
                name: "PreviousRelativePath",
                value: .string(folder.map { String(path.dropFirst($0.path.count)) } ?? path)),
            JSON.Member(name: "Previous" + version.folderID, value: .integer(folder?.id ?? file.folderID)),
        ]
    }

    // MARK: Releases (v6)

    private static let provider = "6ac1f6ee-60b1-5a0b-8d0f-000000000001"

    /// A saved release: AniDB's view of what the file holds.
    static func release(_ file: FlowShokoFile) -> JSON {
        [
            "ID": .string("ED2K+\(file.size)+\(file.fileID)"), "ProviderName": "AniDB", "ReleaseURI": .null,
            "Version": 1, "FileSize": .integer(Int(file.size)), "Comment": .null,
            "OriginalFilename": .string(name(file.relativePath)), "IsCensored": .null, "IsChaptered": false,
            "IsCreditless": .null, "IsCorrupted": false, "Source": "Web", "Group": .null,
            "CrossReferences": .array(
                file.crossReferences.map {
                    [
                        "AnidbEpisodeID": .integer($0.anidbEpisode), "AnidbAnimeID": .integer($0.anidbAnime),
                        "PercentageStart": 0, "PercentageEnd": 100,
                    ]
                }), "Released": .null, "Updated": .string(date(file.hashedAt ?? file.detectedAt)),
            "Created": .string(date(file.hashedAt ?? file.detectedAt)),
        ]
    }

    /// Automatic searches say `IsSaved` whatever came of them and leave `ReleaseInfo` out: only the provider tells.
    private func searched(_ file: FlowShokoFile, isFound: Bool) -> JSON {
        let moment = Self.date(file.hashedAt ?? file.detectedAt)
        return [
            "FileID": .integer(file.fileID), "IsSaved": true, "IsAutomatic": true,
            "AttemptedProviders": [.string(Self.provider)],
            "SelectedProvider": isFound ? .string(Self.provider) : .null, "ReleaseInfo": .null, "IsCancelled": false,
            "ExceptionMessage": .null, "StartedAt": .string(moment), "CompletedAt": .string(moment),
        ]
    }

    // MARK: Metadata

    /// One from AniDB, then one from TMDB, whose numbers are TMDB's: only the `Shoko…IDs` are to be trusted.
    private func seriesUpdates(_ series: FlowShokoSeries, _ isNew: Bool) -> [(isFilm: Bool, body: JSON)] {
        let reason: JSON = isNew ? "Added" : "Updated"
        let episodes: JSON = .array(
            series.episodes.map {
                [
                    "Reason": reason, "EpisodeID": .integer($0.anidbEpisode),
                    "ShokoEpisodeIDs": [.integer($0.episodeID)],
                ]
            })
        let anidb: JSON = [
            "Source": "AniDB", "Reason": reason, "SeriesID": .integer(series.anidbAnime),
            "ShokoSeriesIDs": [.integer(series.seriesID)], "Episodes": episodes,
        ]
        guard series.isFilm else {
            let tmdb: JSON = [
                "Source": "TMDB", "Reason": reason, "SeriesID": .integer(series.tmdb),
                "ShokoSeriesIDs": [.integer(series.seriesID)], "Episodes": [],
            ]
            return [(false, anidb), (false, tmdb)]
        }
        let movie: JSON = [
            "Source": "TMDB", "Reason": reason, "MovieID": .integer(series.tmdb),
            "ShokoEpisodeIDs": .array(series.episodes.map { .integer($0.episodeID) }),
            "ShokoSeriesIDs": [.integer(series.seriesID)],
        ]
        return [(false, anidb), (true, movie)]
    }

    private func episodeUpdates(
        _ series: FlowShokoSeries, _ episode: FlowShokoSeries.Episode, _ isNew: Bool
    ) -> [JSON] {
        func body(_ source: JSON, _ id: Int, _ parent: Int) -> JSON {
            [
                "Source": source, "Reason": isNew ? "Added" : "Updated", "EpisodeID": .integer(id),
                "SeriesID": .integer(parent), "ShokoEpisodeIDs": [.integer(episode.episodeID)],
                "ShokoSeriesIDs": [.integer(series.seriesID)],
            ]
        }
        return [
            body("AniDB", episode.anidbEpisode, series.anidbAnime),
            body("TMDB", series.tmdb * 100 + episode.number, series.tmdb),
        ]
    }

    // MARK: Values

    /// A moment with seven fraction digits, as .NET writes it.
    static func date(_ ticks: Int64) -> String {
        var out = JSONText()
        out.date7(ticks)
        return String(decoding: out.bytes.dropFirst().dropLast(), as: UTF8.self)
    }

    private static func optional(_ id: Int?) -> JSON { id.map { .integer($0) } ?? .null }
    private static func name(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? "" }

    // Moved within one folder of the disk: renamed.
    private static func isRename(_ file: FlowShokoFile) -> Bool {
        guard let previous = file.previousPath else { return false }
        return previous.split(separator: "/").dropLast() == file.absolutePath.split(separator: "/").dropLast()
    }
}
