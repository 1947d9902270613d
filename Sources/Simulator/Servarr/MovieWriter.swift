/// Writes one film as Radarr does: camelCase, nulls left out.
struct MovieWriter {
    let title: Title
    let ids: ArrIDs
    let is4K: Bool
    let generation: Int

    func write(id: Int, localCovers: Bool, _ out: inout JSONText, _ twist: ArrTwist) {
        let name = title.name
        let file = MediaFile(title, name: name, copy: is4K, generation: generation)
        let hasFile = title.holding.hasFiles
        out.put(#"{"title":"#)
        out.quoted(name)
        out.put(#","originalTitle":"#)
        out.quoted(name)
        out.put(
            #","originalLanguage":{"id":1,"name":"English"},"alternateTitles":[{"sourceType":"tmdb","movieMetadataId":"#
        )
        out.number(id)
        out.put(#","title":"#)
        out.quoted(name)
        out.put(#","id":"#)
        out.number(id)
        out.put(#"}],"secondaryYearSourceId":0,"sortTitle":"#)
        out.quoted(TitleName.sortName(name))
        out.put(#","sizeOnDisk":"#)
        out.number(hasFile ? file.size(0) : 0)
        out.put(hasFile ? #","status":"released","overview":""# : #","status":"announced","overview":""#)
        Overview.write(title, padding: twist.padding, &out)
        out.put(#"","inCinemas":"#)
        out.date(title.premiere)
        out.put(#","releaseDate":"#)
        out.date(title.premiere)
        ArrIDs.writeImages(id, title, remote: "https://image.tmdb.org/t/p/original/", local: localCovers, &out)
        out.put(#","website":"","year":"#)
        out.number(title.year)
        out.put(#","youTubeTrailerId":"","studio":"#)
        out.quoted(Words.studios[title.number(.rating, in: 0..<Words.studios.count)])
        place(file, hasFile, id, &out)
        ArrIDs.writeIMDb(ids.imdb, &out, twist.ids)
        ArrIDs.write(ids.tmdb, #","tmdbId":"#, &out, twist.ids)
        out.put(#","titleSlug":"#)
        out.quoted(ids.tmdb)
        tail(&out)
        if hasFile { writeFile(file, id, &out) }
        if title.number % 40 < 3 {
            out.put(#","collection":{"title":"#)
            out.quoted("\(name) Collection")
            out.put(#","tmdbId":"#)
            out.number(900_000 + title.number / 40)
            out.put("}")
        }
        out.put(#","popularity":"#)
        out.tenths(title.number(.rating, in: 5..<400))
        statistics(file, hasFile, &out)
        out.put(#","id":"#)
        out.number(id)
        out.put("}")
    }

    private func place(_ file: MediaFile, _ hasFile: Bool, _ id: Int, _ out: inout JSONText) {
        out.put(#","path":""#)
        file.writeFolder(&out)
        out.put(is4K ? #"","qualityProfileId":5,"hasFile":"# : #"","qualityProfileId":4,"hasFile":"#)
        out.bool(hasFile)
        out.put(#","movieFileId":"#)
        out.number(hasFile ? id : 0)
        out.put(#","monitored":true,"minimumAvailability":"released","isAvailable":"#)
        out.bool(hasFile)
        out.put(#","folderName":""#)
        file.writeFolder(&out)
        out.put(#"","runtime":"#)
        out.number(title.runtime / 60 / Ticks.perSecond)
        out.put(#","cleanTitle":"#)
        out.quoted(String(title.name.lowercased().filter { $0.isLetter || $0.isNumber }))
    }

    private func tail(_ out: inout JSONText) {
        out.put(#","rootFolderPath":"#)
        out.put(is4K ? #""/media/movies-4k""# : #""/media/movies""#)
        out.put(#","certification":"PG-13","genres":["#)
        out.quoted(Words.genres[title.number(.rating, in: 0..<Words.genres.count)])
        out.put(#"],"keywords":["lighthouse","railway"],"tags":"#)
        out.put(title.number % 10 == 0 ? "[1]" : "[]")
        out.put(#","added":"#)
        out.date(title.addedToArr)
        out.put(#","ratings":{"imdb":{"votes":"#)
        out.number(title.number(.rating, in: 10..<90_000))
        out.put(#","value":"#)
        out.tenths(title.number(.rating, in: 31..<97))
        out.put(#","type":"user"},"tmdb":{"votes":"#)
        out.number(title.number(.rating, in: 5..<9_000))
        out.put(#","value":"#)
        out.tenths(title.number(.rating, in: 31..<97))
        out.put(#","type":"user"}}"#)
    }

    private func writeFile(_ file: MediaFile, _ id: Int, _ out: inout JSONText) {
        out.put(#","movieFile":{"movieId":"#)
        out.number(id)
        out.put(#","relativePath":""#)
        file.writeFileName(0, &out)
        out.put(#"","path":""#)
        file.writePath(0, &out)
        out.put(#"","size":"#)
        out.number(file.size(0))
        out.put(#","dateAdded":"#)
        out.date(title.addedToArr + 7_200 * Ticks.perSecond)
        out.put(#","releaseGroup":"KETTLE","edition":"","languages":[{"id":1,"name":"English"}],"quality":{"quality":"#)
        out.put(
            is4K
                ? #"{"id":19,"name":"Bluray-2160p","source":"bluray","resolution":2160,"modifier":"none"}"#
                : #"{"id":7,"name":"Bluray-1080p","source":"bluray","resolution":1080,"modifier":"none"}"#)
        out.put(#","revision":{"version":1,"real":0,"isRepack":false}},"customFormats":[],"customFormatScore":0"#)
        out.put(#","indexerFlags":0,"mediaInfo":{"audioBitrate":640000,"audioChannels":5.1,"audioCodec":"EAC3""#)
        out.put(
            #","audioLanguages":"eng","audioStreamCount":1,"videoBitDepth":10,"videoBitrate":0,"videoCodec":"x265""#)
        out.put(#","videoFps":23.976,"videoDynamicRange":"","videoDynamicRangeType":"","resolution":""#)
        out.number(file.width)
        out.put("x")
        out.number(file.height)
        out.put(#"","runTime":"1:47:03","scanType":"Progressive","subtitles":"eng"},"originalFilePath":""#)
        file.writeFileName(0, &out)
        out.put(#"","qualityCutoffNotMet":false,"id":"#)
        out.number(id)
        out.put("}")
    }

    private func statistics(_ file: MediaFile, _ hasFile: Bool, _ out: inout JSONText) {
        out.put(#","statistics":{"movieFileCount":"#)
        out.number(hasFile ? 1 : 0)
        out.put(#","sizeOnDisk":"#)
        out.number(hasFile ? file.size(0) : 0)
        out.put(hasFile ? #","releaseGroups":["KETTLE"]}"# : #","releaseGroups":[]}"#)
    }
}
