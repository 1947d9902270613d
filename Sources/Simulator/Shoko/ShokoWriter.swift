/// Shoko's REST bodies: PascalCase, and what the version at hand calls things.
struct ShokoWriter {
    let version: ShokoVersion
    let call: Call

    /// Whether a call asks for a part by `include=` (v6).
    func includes(_ part: String) -> Bool { call.list("include").contains { $0.lowercased() == part.lowercased() } }

    func file(_ file: FlowShokoFile, withReferences: Bool) -> JSON {
        var members: [JSON.Member] = []
        func add(_ name: String, _ value: JSON) { members.append(JSON.Member(name: name, value: value)) }
        add("ID", .integer(file.fileID))
        add("Size", .integer(Int(file.size)))
        add("IsVariation", false)
        add("Hashes", hashes(file))
        add("Locations", [location(file)])
        add("Created", date(file.detectedAt))
        add("Updated", date(file.hashedAt ?? file.detectedAt))
        add("Imported", file.phase == .matched ? date(file.hashedAt ?? file.detectedAt) : .null)
        if withReferences { add("SeriesIDs", references(file)) }
        if version == .v6, includes("ReleaseInfo") {
            add("Release", file.crossReferences.isEmpty ? .null : ShokoEvents.release(file))
        }
        return .object(members)
    }

    private func hashes(_ file: FlowShokoFile) -> JSON {
        guard file.hashedAt != nil else { return version == .v5 ? [:] : [] }
        let ed2k = String((Hex.text(Dice.mix(UInt64(file.fileID))) + Hex.text(UInt64(file.fileID))).uppercased())
        return version == .v5 ? ["ED2K": .string(ed2k)] : [["Type": "ED2K", "Value": .string(ed2k)]]
    }

    private func location(_ file: FlowShokoFile) -> JSON {
        var members: [JSON.Member] = [
            JSON.Member(name: "ID", value: .integer(file.locationID)),
            JSON.Member(name: "FileID", value: .integer(file.fileID)),
            JSON.Member(name: version.folderID, value: .integer(file.folderID)),
            // v5 writes it without the leading separator, v6 with it.
            JSON.Member(
                name: "RelativePath",
                value: .string(version == .v5 ? String(file.relativePath.dropFirst()) : file.relativePath)),
        ]
        let isAsked = version == .v6 ? includes("AbsolutePaths") : call.flag("includeAbsolutePaths") == true
        if isAsked { members.append(JSON.Member(name: "AbsolutePath", value: .string(file.absolutePath))) }
        members.append(JSON.Member(name: "IsAccessible", value: .bool(file.isAccessible)))
        return .object(members)
    }

    /// One entry for each series; Shoko's own numbers are null until it has the metadata.
    private func references(_ file: FlowShokoFile) -> JSON {
        .array(
            file.crossReferences.map { reference in
                [
                    "SeriesID": [
                        "ID": optional(reference.seriesID), "AniDB": .integer(reference.anidbAnime), "TMDB": tmdb(file),
                    ],
                    "EpisodeIDs": [
                        ["ID": optional(reference.episodeID), "AniDB": .integer(reference.anidbEpisode), "TMDB": [:]]
                    ],
                ]
            })
    }

    private func tmdb(_ file: FlowShokoFile) -> JSON {
        [
            "Movie": .array([file.tmdbMovie].compactMap { $0.map { .integer($0) } }),
            "Show": .array([file.tmdbShow].compactMap { $0.map { .integer($0) } }),
        ]
    }

    func series(_ series: FlowShokoSeries) -> JSON {
        let files = series.episodes.count { $0.fileID != nil }
        return [
            "IDs": [
                "ID": .integer(series.seriesID), "ParentGroup": .integer(series.seriesID),
                "TopLevelGroup": .integer(series.seriesID), "AniDB": .integer(series.anidbAnime),
                "TvDB": .array([series.tvdb].compactMap { $0.map { .integer($0) } }),
                "IMDB": .array([series.imdb].compactMap { $0.map { .string($0) } }),
                "TMDB": [
                    "Movie": series.isFilm ? [.integer(series.tmdb)] : [],
                    "Show": series.isFilm ? [] : [.integer(series.tmdb)],
                ], "MAL": [],
            ], "Name": .string(series.name), "HasCustomName": false, "Size": .integer(files),
            "Sizes": [
                "Files": .integer(files), "Local": ["Episodes": .integer(files)],
                "Total": ["Episodes": .integer(series.episodes.count)],
            ], "AirsOn": [], "Created": "2025-01-01T00:00:00Z", "Updated": "2025-01-01T00:00:00Z",
        ]
    }

    func episode(_ episode: FlowShokoSeries.Episode, of series: FlowShokoSeries, file: FlowShokoFile?) -> JSON {
        var members: [JSON.Member] = [
            JSON.Member(
                name: "IDs",
                value: [
                    "ID": .integer(episode.episodeID), "ParentSeries": .integer(series.seriesID),
                    "AniDB": .integer(episode.anidbEpisode), "TvDB": [], "TMDB": ["Episode": [], "Movie": []],
                ]), JSON.Member(name: "Name", value: .string(episode.name)),
            JSON.Member(name: "Duration", value: "00:24:00"),
            JSON.Member(name: "Size", value: .integer(file == nil ? 0 : 1)),
        ]
        if call.flag("includeXRefs") == true {
            members.append(JSON.Member(name: "CrossReferences", value: file.map(references) ?? []))
        }
        return .object(members)
    }

    func tmdb(_ series: FlowShokoSeries) -> JSON {
        [
            "ID": .integer(series.tmdb), "Title": .string(series.name), "IsRestricted": false,
            "ReleasedAt": .string("\(series.year)-01-01"),
        ]
    }

    private func optional(_ id: Int?) -> JSON { id.map { .integer($0) } ?? .null }

    private func date(_ ticks: Int64) -> JSON { .string(ShokoEvents.date(ticks)) }
}
