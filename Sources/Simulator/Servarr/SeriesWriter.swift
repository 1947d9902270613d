/// Writes one series, and its episodes, as Sonarr does: camelCase, nulls left out.
struct SeriesWriter: Sendable {
    let title: Title
    let ids: ArrIDs
    let layout: SeasonLayout
    /// Episode ids are this plus the place plus one.
    let episodeStart: Int
    let generation: Int

    func write(id: Int, _ out: inout JSONText, _ twist: ArrTwist) {
        let name = title.name
        let isContinuing = SeriesFacts(title).isContinuing
        out.put(#"{"title":"#)
        out.quoted(name)
        out.put(#","alternateTitles":[],"sortTitle":"#)
        out.quoted(TitleName.sortName(name))
        out.put(isContinuing ? #","status":"continuing","ended":false"# : #","status":"ended","ended":true"#)
        out.put(#","overview":""#)
        Overview.write(title, padding: twist.padding, &out)
        out.put(#"","network":"#)
        out.quoted(Words.studios[title.number(.rating, in: 0..<Words.studios.count)])
        out.put(#","airTime":"21:00""#)
        ArrIDs.writeImages(id, title, remote: "https://artworks.thetvdb.com/banners/", local: true, &out)
        out.put(#","originalLanguage":{"id":1,"name":"English"},"seasons":["#)
        for season in layout.seasons {
            if season > layout.seasons.lowerBound { out.put(",") }
            writeSeason(season, &out)
        }
        out.put(#"],"year":"#)
        out.number(title.odd.contains(.ancientDate) ? 0 : title.year)
        out.put(#","path":""#)
        file.writeFolder(&out)
        out.put(#"","qualityProfileId":4,"seasonFolder":true,"monitored":true,"monitorNewItems":"all""#)
        out.put(#","useSceneNumbering":false,"runtime":"#)
        out.number(title.runtime / 60 / Ticks.perSecond)
        ArrIDs.write(ids.tvdb, #","tvdbId":"#, &out, twist.ids)
        out.put(#","tvRageId":0,"tvMazeId":"#)
        out.number(title.ordinal + 1)
        ArrIDs.write(ids.tmdb, #","tmdbId":"#, &out, twist.ids)
        out.put(#","firstAired":"#)
        out.date(title.premiere)
        out.put(title.isAnime ? #","seriesType":"anime","cleanTitle":"# : #","seriesType":"standard","cleanTitle":"#)
        out.quoted(String(name.lowercased().filter { $0.isLetter || $0.isNumber }))
        ArrIDs.writeIMDb(ids.imdb, &out, twist.ids)
        tail(id, &out)
    }

    private var file: MediaFile { MediaFile(title, name: title.name, copy: false, generation: generation) }

    private func tail(_ id: Int, _ out: inout JSONText) {
        out.put(#","titleSlug":"#)
        out.quoted("series-\(ids.tvdb)")
        out.put(title.isAnime ? #","rootFolderPath":"/media/anime""# : #","rootFolderPath":"/media/tv""#)
        out.put(#","certification":"TV-14","genres":["#)
        out.quoted(Words.genres[title.number(.rating, in: 0..<Words.genres.count)])
        out.put(#"],"tags":"#)
        out.put(title.number % 10 == 0 ? "[2]" : "[]")
        out.put(#","added":"#)
        out.date(title.addedToArr)
        out.put(#","ratings":{"votes":"#)
        out.number(title.number(.rating, in: 5..<9_000))
        out.put(#","value":"#)
        out.tenths(title.number(.rating, in: 31..<97))
        out.put(#"},"statistics":{"seasonCount":"#)
        out.number(layout.seasons.count - (layout.specials > 0 ? 1 : 0))
        let files = (0..<layout.episodes).count { hasFile($0) }
        counts(aired: layout.episodes, files: files, size: averageSize * Int64(files), &out)
        out.put(#"},"languageProfileId":1,"id":"#)
        out.number(id)
        out.put("}")
    }

    private func writeSeason(_ season: Int, _ out: inout JSONText) {
        let places = layout.places(ofSeason: season)
        let files = places.count { hasFile($0) }
        out.put(#"{"seasonNumber":"#)
        out.number(season)
        out.put(#","monitored":"#)
        out.bool(season > 0)
        out.put(#","statistics":{"previousAiring":"#)
        out.date(EpisodeFacts.aired(title, place: places.upperBound - 1))
        counts(aired: places.count, files: files, size: averageSize * Int64(files), &out)
        out.put("}}")
    }

    private func counts(aired: Int, files: Int, size: Int64, _ out: inout JSONText) {
        out.put(#","episodeFileCount":"#)
        out.number(files)
        out.put(#","episodeCount":"#)
        out.number(aired)
        out.put(#","totalEpisodeCount":"#)
        out.number(aired)
        out.put(#","sizeOnDisk":"#)
        out.number(size)
        out.put(#","releaseGroups":[],"percentOfEpisodes":"#)
        out.tenths(aired == 0 ? 0 : files * 1_000 / aired)
    }

    private var averageSize: Int64 { EpisodeFacts.size(title, place: 0) }

    private func hasFile(_ place: Int) -> Bool {
        title.holding.hasFiles && !JellyfinCatalogue.isMissing(title, place: place, layout: layout)
    }

    /// One episode of `GET /episode`.
    func writeEpisode(_ place: Int, seriesID: Int, _ out: inout JSONText) {
        let numbers = layout.numbers(at: place)
        let id = episodeStart + place + 1
        let aired = EpisodeFacts.aired(title, place: place)
        out.put(#"{"seriesId":"#)
        out.number(seriesID)
        out.put(#","tvdbId":"#)
        out.number(Title.episodeTVDB(title, place: place))
        out.put(#","episodeFileId":"#)
        out.number(hasFile(place) ? id : 0)
        out.put(#","seasonNumber":"#)
        out.number(numbers.season)
        out.put(#","episodeNumber":"#)
        out.number(numbers.episode)
        out.put(#","title":"#)
        out.quoted(EpisodeFacts.name(title, place: place))
        out.put(#","airDate":"#)
        out.day(aired)
        out.put(#","airDateUtc":"#)
        out.date(aired + 7_200 * Ticks.perSecond)
        out.put(#","runtime":"#)
        out.number(title.runtime / 60 / Ticks.perSecond)
        out.put(#","hasFile":"#)
        out.bool(hasFile(place))
        out.put(#","monitored":"#)
        out.bool(numbers.season > 0)
        if title.isAnime && numbers.season > 0 {
            out.put(#","absoluteEpisodeNumber":"#)
            out.number(place + 1)
        }
        out.put(#","unverifiedSceneNumbering":false,"id":"#)
        out.number(id)
        out.put("}")
    }
}
