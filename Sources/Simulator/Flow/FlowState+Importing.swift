// From the finished download to files in the library's folders.
extension FlowState {
    mutating func startImport(_ place: Int) {
        let download = downloads[place]
        guard download.isInQueue, download.completedAt != nil, download.state != .imported else { return }
        guard blocks[entries[download.entry].title] == nil else {
            block(place)
            return
        }
        downloads[place].state = .importing
        importFile(place, 0)
    }

    /// The *arr refuses to import by itself and waits for somebody.
    mutating func block(_ place: Int) {
        let message = blocks[entries[downloads[place].entry].title] ?? "Manual Import required"
        downloads[place].state = .importBlocked
        downloads[place].messages = [message]
        tellBlocked(place)
    }

    /// Imports one file of a download and goes on with the next.
    mutating func importFile(_ place: Int, _ index: Int) {
        let download = downloads[place]
        guard index < download.units.count else {
            finishImport(place)
            return
        }
        let unit = download.units[index]
        let old = entries[download.entry].files[unit]
        if let old { removeReplaced(old, unit, place) }
        let file = file(of: unit, in: download)
        entries[download.entry].files[unit] = file
        let path = "\(entries[download.entry].path)/\(file.relativePath)"
        disk[path] = DiskFile(
            path: path, size: file.size, created: now, title: entries[download.entry].title, unit: unit,
            entry: download.entry)
        note(.downloadFolderImported, download.entry, unit, download, data: importedData(download, file, path))
        tellImported(place, unit, file, replaced: old)
        agenda.add(.importFile(download: place, place: index + 1), at: now + Int64(delays.perFile * 10_000_000))
        appeared(path, replaced: old.map { "\(entries[download.entry].path)/\($0.relativePath)" })
    }

    private mutating func file(of unit: Int, in download: Download) -> ArrFile {
        lastFileID += 1
        let title = title(entries[download.entry].title)
        return ArrFile(
            id: 3_000_000 + lastFileID, units: [unit],
            relativePath: relativePath(title, unit, download.release.quality),
            size: size(title, unit, quality: download.release.quality), quality: download.release.quality, added: now,
            hash: download.hash, release: download.release)
    }

    /// Where a unit's file goes, below the title's folder.
    func relativePath(_ title: FlowTitle, _ unit: Int, _ quality: FlowQuality) -> String {
        guard !title.isFilm else { return "\(title.folder) - \(quality.name).mkv" }
        let episode = title.episodes[unit]
        let code = "S\(Self.two(episode.season))E\(Self.two(episode.number))"
        return "Season \(Self.two(episode.season))/\(MediaFile.safe(title.name)) - \(code) - \(episode.name) "
            + "\(quality.name).mkv"
    }

    private mutating func removeReplaced(_ old: ArrFile, _ unit: Int, _ place: Int) {
        let entry = downloads[place].entry
        disk["\(entries[entry].path)/\(old.relativePath)"] = nil
        let kind: ArrHistory.Kind = title(entries[entry].title).isFilm ? .movieFileDeleted : .episodeFileDeleted
        note(
            kind, entry, unit, nil, sourceTitle: "\(entries[entry].path)/\(old.relativePath)", quality: old.quality,
            data: [("reason", "Upgrade")])
        tellFileDeleted(entry, unit, old, reason: "upgrade")
    }

    private mutating func finishImport(_ place: Int) {
        downloads[place].state = .imported
        downloads[place].isInQueue = false
        tellImportComplete(place)
    }

    private func importedData(_ download: Download, _ file: ArrFile, _ path: String) -> [(name: String, value: String)]
    {
        [
            ("fileId", String(file.id)), ("droppedPath", "\(torrent(download.number).contentPath)"),
            ("importedPath", path), ("downloadClient", "qBittorrent"), ("downloadClientName", "qBittorrent"),
            ("releaseGroup", download.release.group), ("size", String(file.size)),
        ]
    }

    /// A file came into being, or took another's place: whoever watches the folder notices in time.
    mutating func appeared(_ path: String, replaced: String? = nil) {
        guard let file = disk[path] else { return }
        if let replaced, replaced != path { vanished(replaced) }
        if Self.shokoFolder(of: path) != nil {
            plan(.shokoDetect(path: path), after: delays.shokoDetect, salt: salt(lastFileID, 10))
        }
        guard delays.watch > 0 else { return }
        // The monitor waits for a quiet folder: files of one title come up together, in order.
        agenda.add(.monitor(path: path), at: now + spread(delays.monitor, salt: salt(file.title, 11)))
    }

    /// A file is no more: Shoko and Jellyfin notice when they look.
    mutating func vanished(_ path: String) {
        shokoLost(path)
        guard delays.watch > 0 else { return }
        agenda.add(.monitor(path: path), at: now + spread(delays.monitor, salt: salt(path.utf8.count, 12)))
    }

    /// Episodes come out: what is monitored is looked for.
    mutating func aired(_ title: Int, _ unit: Int) {
        titles[title - 1].episodes[unit].airs = min(titles[title - 1].episodes[unit].airs, now)
        for entry in entries where entry.title == title && !entry.isDeleted && entry.monitored[unit] {
            let seconds = draw(delays.search, salt: salt(title, 13))
            plan(.search(entry: entry.place, units: [unit]), after: seconds, salt: salt(title &* 64 &+ unit, 14))
        }
    }
}
