// What the *arrs and the client tell by webhook.
extension FlowState {
    /// Sends an *arr's news to whoever asked for this kind.
    private mutating func tell(_ service: String, _ event: String, toggle: String, _ body: JSON) {
        for notification in notifications where notification.service == service && notification.wants(toggle) {
            if let hook = notification.hook(event, body, at: now) { outbox.append(hook) }
        }
    }

    mutating func tellAdded(_ entry: Int) {
        let body = ArrHookBody(self, entry)
        if title(entries[entry].title).isFilm {
            tell(
                entries[entry].service, "MovieAdded", toggle: "onMovieAdded",
                body.base("MovieAdded").with("addMethod", text: "manual"))
        } else {
            tell(entries[entry].service, "SeriesAdd", toggle: "onSeriesAdd", body.base("SeriesAdd"))
        }
    }

    mutating func tellGrab(_ place: Int) {
        let download = downloads[place]
        let body = ArrHookBody(self, download.entry)
        let isFilm = title(entries[download.entry].title).isFilm
        var json = body.base("Grab").with("release", body.grabRelease(download.release))
            .with("customFormatInfo", ArrHookBody.formats).merging(ArrHookBody.client(download))
        json =
            isFilm
            ? json.with("remoteMovie", body.remoteMovie) : json.with("episodes", body.episodes(download.units))
        tell(entries[download.entry].service, "Grab", toggle: "onGrab", json)
    }

    mutating func tellImported(_ place: Int, _ unit: Int, _ file: ArrFile, replaced: ArrFile?) {
        let download = downloads[place]
        let entry = entries[download.entry]
        let body = ArrHookBody(self, download.entry)
        let isFilm = title(entry.title).isFilm
        let source = torrent(place).contentPath
        var json = body.base("Download", filePath: isFilm ? "\(entry.path)/\(file.relativePath)" : nil)
            .with("isUpgrade", .bool(replaced != nil)).merging(ArrHookBody.client(download))
            .with("customFormatInfo", ArrHookBody.formats).with("release", body.importRelease(download))
            .with("deletedFiles", replaced.map { [body.file($0)] })
        json =
            isFilm
            ? json.with("remoteMovie", body.remoteMovie).with("movieFile", body.file(file, from: source))
            : json.with("episodes", body.episodes([unit])).with("episodeFile", body.file(file, from: source))
        tell(entry.service, "Download", toggle: replaced == nil ? "onDownload" : "onUpgrade", json)
    }

    mutating func tellImportComplete(_ place: Int) {
        let download = downloads[place]
        let entry = entries[download.entry]
        guard !title(entry.title).isFilm else { return }
        let body = ArrHookBody(self, download.entry)
        let files = download.units.compactMap { entry.files[$0] }
        let season = title(entry.title).episodes[download.units.first ?? 0].season
        let json = body.base("Download").with("episodes", body.episodes(download.units))
            .with("episodeFiles", .array(files.map { body.file($0) })).with("fileCount", number: files.count)
            .merging(ArrHookBody.client(download)).with("release", body.importRelease(download))
            .with("sourcePath", text: torrent(place).contentPath)
            .with("destinationPath", text: "\(entry.path)/Season \(Self.two(season))")
        tell(entry.service, "Download", toggle: "onImportComplete", json)
    }

    mutating func tellFileDeleted(_ entry: Int, _ unit: Int, _ file: ArrFile, reason: String) {
        let body = ArrHookBody(self, entry)
        let isFilm = title(entries[entry].title).isFilm
        let event = isFilm ? "MovieFileDelete" : "EpisodeFileDelete"
        var json = body.base(event).with("deleteReason", text: reason)
        json =
            isFilm
            ? json.with("movieFile", body.file(file))
            : json.with("episodes", body.episodes([unit])).with("episodeFile", body.file(file))
        tell(entries[entry].service, event, toggle: "on\(event)\(reason == "upgrade" ? "ForUpgrade" : "")", json)
    }

    mutating func tellDeleted(_ entry: Int, files: Bool) {
        let isFilm = title(entries[entry].title).isFilm
        let event = isFilm ? "MovieDelete" : "SeriesDelete"
        var json = ArrHookBody(self, entry).base(event).with("deletedFiles", .bool(files))
        if isFilm { json = json.with("movieFolderSize", number: files ? Int(entries[entry].files[0]?.size ?? 0) : 0) }
        tell(entries[entry].service, event, toggle: "on\(event)", json)
    }

    mutating func tellRenamed(_ entry: Int, _ renamed: [(file: ArrFile, oldPath: String, oldRelative: String)]) {
        let body = ArrHookBody(self, entry)
        let files = JSON.array(
            renamed.map {
                body.file($0.file).with("previousRelativePath", text: $0.oldRelative)
                    .with("previousPath", text: $0.oldPath)
            })
        let key = title(entries[entry].title).isFilm ? "renamedMovieFiles" : "renamedEpisodeFiles"
        tell(entries[entry].service, "Rename", toggle: "onRename", body.base("Rename").with(key, files))
    }

    mutating func tellBlocked(_ place: Int) {
        let download = downloads[place]
        let body = ArrHookBody(self, download.entry)
        let isFilm = title(entries[download.entry].title).isFilm
        let json = body.base("ManualInteractionRequired")
            .with("episodes", isFilm ? nil : body.episodes(download.units))
            .with(
                "downloadInfo",
                [
                    "quality": .string(download.release.quality.name), "qualityVersion": 1,
                    "title": .string(download.release.title), "indexer": .string(download.release.indexer),
                    "size": .integer(Int(download.release.size)),
                ]
            )
            .merging(ArrHookBody.client(download)).with("downloadStatus", text: "Warning")
            .with(
                "downloadStatusMessages",
                [["title": .string(download.release.title), "messages": .texts(download.messages)]]
            )
            .with("customFormatInfo", ArrHookBody.formats)
        tell(
            entries[download.entry].service, "ManualInteractionRequired", toggle: "onManualInteractionRequired", json)
    }

    /// qBittorrent's run-on-finish call: what a line with curl, %I, %N, %F and %Z makes of a torrent.
    mutating func tellFinished(_ place: Int) {
        let torrent = torrent(place)
        let body: JSON = [
            "event": "finished", "hash": .string(torrent.hash), "name": .string(torrent.name),
            "path": .string(torrent.contentPath), "size": .integer(Int(torrent.size)),
            "category": .string(torrent.category),
        ]
        for hook in finishHooks {
            outbox.append(
                OutgoingHook(
                    service: "qbittorrent", event: "finished", method: "POST", url: hook.url,
                    headers: [("Content-Type", "application/json")] + hook.headers, body: body.bytes, made: now,
                    due: now))
        }
    }
}
