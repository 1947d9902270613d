/// `/release`: what the indexers offer now, with the reasons against it.
struct ArrReleases {
    let life: ArrLife

    func list(_ call: Call) -> Answer {
        life.engine.with { state in
            guard let (entry, units) = wanted(call, state) else { return .json([]) }
            let title = state.title(entry.title)
            let reasons = state.rejections[title.number] ?? []
            let count = state.rejections[title.number] == nil ? 3 : max(1, reasons.count)
            guard !(state.rejections[title.number]?.isEmpty ?? false) else { return .json([]) }
            return .json(
                .array(
                    (0..<count).map { place in
                        let quality: FlowQuality = place == 2 ? .bluray2160 : life.isRadarr ? .bluray1080 : .web1080
                        let release = state.release(
                            entry.place, units, quality: quality, salt: title.number * 16 + place)
                        return json(
                            release, place, reasons.indices.contains(place) ? [reasons[place]] : [], entry, state)
                    }))
        }
    }

    private func wanted(_ call: Call, _ state: FlowState) -> (ArrEntry, [Int])? {
        func number(_ name: String) -> Int? { call.parameter(name).flatMap { Int($0) } }
        if life.isRadarr { return number("movieId").flatMap { life.entry($0, state) }.map { ($0, [0]) } }
        if let id = number("episodeId") {
            let (place, unit) = ((id - 2_000_000) / 1_000, (id - 2_000_000) % 1_000)
            guard id >= 2_000_000, state.entries.indices.contains(place) else { return nil }
            return (state.entries[place], [unit])
        }
        guard let entry = number("seriesId").flatMap({ life.entry($0, state) }) else { return nil }
        return (entry, state.title(entry.title).units(ofSeasons: [number("seasonNumber") ?? 1]))
    }

    private func json(
        _ release: Release, _ place: Int, _ reasons: [String], _ entry: ArrEntry, _ state: FlowState
    ) -> JSON {
        let json: JSON = [
            "guid": .string("https://indexer.invalid/\(entry.id)/\(place)"),
            "quality": ArrJSON.quality(release.quality),
            "customFormats": [], "customFormatScore": 0, "qualityWeight": 1, "age": 3, "ageHours": 72.5,
            "ageMinutes": 4_350.0, "size": .integer(Int(release.size)), "indexerId": .integer(place + 1),
            "indexer": .string(release.indexer), "releaseGroup": .string(release.group),
            "title": .string(release.title), "sceneSource": false, "languages": [["id": 1, "name": "English"]],
            "approved": .bool(reasons.isEmpty), "temporarilyRejected": false, "rejected": .bool(!reasons.isEmpty),
            "rejections": .texts(reasons), "publishDate": .string(ArrDate.text(state.now - 3 * Ticks.perDay)),
            "downloadAllowed": true, "releaseWeight": .integer(place), "seeders": .integer(12 - place), "leechers": 1,
            "protocol": "torrent", "id": 0,
        ]
        guard life.isRadarr else {
            return json.with("fullSeason", .bool(release.title.contains("S0") && !release.title.contains("E0")))
                .with("seriesTitle", text: state.title(entry.title).name)
        }
        return json.with("movieTitles", .texts([state.title(entry.title).name])).with("edition", text: "")
    }
}
