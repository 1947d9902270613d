// Everything that is neither film nor series.
extension ItemWriter {
    func season(_ item: ItemRef, _ out: inout JSONText) {
        let (series, number) = catalogue.season(of: item)
        let title = view.title(catalogue.plan.size.films + series)
        let parent = ItemRef(.title, title.number)
        start(item, name: number == 0 ? "Specials" : "Season \(number)", &out)
        if fields.contains(.dateCreated) {
            out.put(#","DateCreated":"#)
            out.date7(title.created(copy: false))
        }
        if fields.contains(.path) {
            out.put(#","Path":""#)
            seriesFile(title).writeSeason(number, &out)
            out.put("\"")
        }
        out.put(#","ChannelId":null,"IndexNumber":"#)
        out.number(number)
        if fields.contains(.providerIDs) { out.put(#","ProviderIds":{}"#) }
        out.put(#","IsFolder":true,"Type":"Season""#)
        belonging(to: title, parent, &out)
        if fields.contains(.parentID) { self.parent(parent, &out) }
        userData(item, &out)
        images(item, &out)
        out.put(#","LocationType":"FileSystem","MediaType":"Unknown"}"#)
    }

    func episode(_ item: ItemRef, _ out: inout JSONText) {
        let numbers = catalogue.episode(item)
        let title = view.title(catalogue.plan.size.films + numbers.series)
        let layout = view.library.seasons(ofSeries: numbers.series)
        let isMissing = JellyfinCatalogue.isMissing(title, place: numbers.place, layout: layout)
        let file = seriesFile(title)
        start(item, name: EpisodeFacts.name(title, place: numbers.place), &out)
        if fields.contains(.dateCreated) {
            out.put(#","DateCreated":"#)
            out.date7(catalogue.created(item, title))
        }
        if !isMissing { out.put(#","HasSubtitles":true,"Container":"mkv""#) }
        out.put(#","PremiereDate":"#)
        out.date7(EpisodeFacts.aired(title, place: numbers.place))
        if fields.contains(.mediaSources) && !isMissing {
            out.put(#","MediaSources":["#)
            file.writeSource(0, name: (numbers.season, numbers.number), &out)
            out.put("]")
        }
        if fields.contains(.path) && !isMissing {
            out.put(#","Path":""#)
            file.writeEpisode(season: numbers.season, number: numbers.number, &out)
            out.put("\"")
        }
        out.put(#","ChannelId":null,"RunTimeTicks":"#)
        out.number(title.runtime)
        out.put(#","ProductionYear":"#)
        out.number(title.year)
        out.put(#","IndexNumber":"#)
        out.number(numbers.number)
        out.put(#","ParentIndexNumber":"#)
        out.number(numbers.season)
        if fields.contains(.providerIDs) {
            out.put(#","ProviderIds":{"Tvdb":""#)
            out.number(Title.episodeTVDB(title, place: numbers.place))
            out.put(#""}"#)
        }
        out.put(#","IsFolder":false,"Type":"Episode""#)
        belonging(to: title, ItemRef(.title, title.number), &out)
        let season = ItemRef(
            .season,
            Int(view.library.seasonStarts[numbers.series]) + numbers.season - layout.seasons.lowerBound)
        out.put(#","SeasonId":""#)
        id(season, &out)
        out.put(#"","SeasonName":"#)
        out.quoted(numbers.season == 0 ? "Specials" : "Season \(numbers.season)")
        if fields.contains(.parentID) { parent(season, &out) }
        userData(item, &out)
        if isMissing {
            out.put(#","ImageTags":{},"BackdropImageTags":[],"LocationType":"Virtual","MediaType":"Video"}"#)
        } else {
            images(item, &out)
            out.put(#","VideoType":"VideoFile","LocationType":"FileSystem","MediaType":"Video"}"#)
        }
    }

    func boxSet(_ item: ItemRef, _ out: inout JSONText) {
        start(item, name: catalogue.boxSetName(item.index), &out)
        let title = view.title(item.index * JellyfinCatalogue.filmsPerBoxSet)
        if fields.contains(.dateCreated) {
            out.put(#","DateCreated":"#)
            out.date7(title.created(copy: false))
        }
        out.put(#","ChannelId":null"#)
        if fields.contains(.path) {
            out.put(#","Path":""#)
            out.plain(JellyfinFolder.all[JellyfinFolder.collections].locations[0])
            out.put("/")
            out.inner(MediaFile.safe(catalogue.boxSetName(item.index)))
            out.put(#" [boxset]""#)
        }
        if fields.contains(.providerIDs) {
            out.put(#","ProviderIds":{"Tmdb":""#)
            out.number(900_000 + item.index)
            out.put(#""}"#)
        }
        out.put(#","IsFolder":true,"Type":"BoxSet""#)
        if fields.contains(.parentID) { parent(ItemRef(.folder, JellyfinFolder.collections), &out) }
        if fields.contains(.childCount) { out.put(#","ChildCount":3"#) }
        userData(item, &out)
        images(item, &out)
        out.put(#","LocationType":"FileSystem","MediaType":"Unknown"}"#)
    }

    func folder(_ item: ItemRef, _ out: inout JSONText) {
        let folder = JellyfinFolder.all[item.index]
        start(item, name: folder.name, &out)
        if fields.contains(.dateCreated) { out.put(#","DateCreated":"2020-01-01T00:00:00.0000000Z""#) }
        if fields.contains(.path) {
            out.put(#","Path":"/var/lib/jellyfin/root/default/"#)
            out.inner(folder.name)
            out.put("\"")
        }
        if fields.contains(.providerIDs) { out.put(#","ProviderIds":{}"#) }
        out.put(#","ChannelId":null,"IsFolder":true,"Type":"CollectionFolder""#)
        if let type = folder.collectionType {
            out.put(#","CollectionType":"#)
            out.quoted(type)
        }
        userData(item, &out)
        images(item, &out)
        out.put(#","LocationType":"FileSystem","MediaType":"Unknown"}"#)
    }

    private func belonging(to title: Title, _ series: ItemRef, _ out: inout JSONText) {
        out.put(#","SeriesName":"#)
        out.quoted(title.name)
        out.put(#","SeriesId":""#)
        id(series, &out)
        out.put("\"")
    }

    private func seriesFile(_ title: Title) -> MediaFile {
        MediaFile(title, name: title.name, copy: false, generation: view.generation(title.number))
    }
}
