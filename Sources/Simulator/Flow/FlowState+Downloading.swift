// The torrent's life in the client.
extension FlowState {
    mutating func gotMetadata(_ place: Int) {
        guard downloads[place].isInClient, downloads[place].phase == .metadata else { return }
        startDownloading(place)
    }

    /// Bytes come in from now on: plans the one stall, or the end.
    mutating func startDownloading(_ place: Int) {
        downloads[place].enter(.downloading, at: now)
        let download = downloads[place]
        func moment(of bytes: Int64) -> Int64 {
            let seconds = Double(max(0, bytes - download.bytes)) / Double(download.rate)
            return now + Int64((seconds * Double(Ticks.perSecond)).rounded(.up))
        }
        if let stallsAt = download.stallsAt, stallsAt > download.bytes {
            agenda.add(.stall(download: place, plan: download.plan), at: moment(of: stallsAt))
        } else {
            agenda.add(.finish(download: place, plan: download.plan), at: moment(of: download.release.size))
        }
    }

    mutating func stall(_ place: Int, _ plan: Int) {
        guard downloads[place].plan == plan, downloads[place].isInClient else { return }
        downloads[place].enter(.stalled, at: now)
        downloads[place].stallsAt = nil
        let seconds = draw(10...60, salt: salt(place, 7))
        agenda.add(
            .resume(download: place, plan: downloads[place].plan), at: now + Int64(seconds) * Ticks.perSecond)
    }

    mutating func resume(_ place: Int, _ plan: Int) {
        guard downloads[place].plan == plan, downloads[place].isInClient else { return }
        startDownloading(place)
    }

    mutating func finish(_ place: Int, _ plan: Int) {
        guard downloads[place].plan == plan, downloads[place].isInClient else { return }
        complete(place)
    }

    /// Everything has come: the client shares it, the *arr is to import it.
    mutating func complete(_ place: Int) {
        guard downloads[place].completedAt == nil else { return }
        downloads[place].enter(.seeding, at: now)
        downloads[place].bytes = downloads[place].release.size
        downloads[place].completedAt = now
        tellFinished(place)
        if crossSeeded.contains(entries[downloads[place].entry].title) { crossSeed(place) }
        guard downloads[place].isInQueue else { return }
        downloads[place].state = .importPending
        guard !holdsImports.contains(entries[downloads[place].entry].title) else { return }
        plan(.importing(download: place), after: draw(delays.importing, salt: salt(place, 8)), salt: salt(place, 9))
    }

    /// The download is over without a result, as the client or the *arr says.
    mutating func fail(_ place: Int, message: String) {
        downloads[place].enter(.error, at: now)
        downloads[place].state = .failed
        downloads[place].isInQueue = false
        downloads[place].error = message
        for unit in downloads[place].units {
            note(
                .downloadFailed, downloads[place].entry, unit, downloads[place],
                data: [("downloadClient", "qBittorrent"), ("message", message)])
        }
    }

    /// Takes a torrent out of the client: the *arr's queue loses it too, unless it was imported.
    mutating func removeTorrent(_ place: Int) {
        guard downloads[place].isInClient else { return }
        downloads[place].enter(downloads[place].phase, at: now)
        downloads[place].isInClient = false
        downloads[place].isInQueue = false
    }

    mutating func stopTorrent(_ place: Int) {
        guard downloads[place].isInClient, downloads[place].phase != .stopped else { return }
        downloads[place].enter(.stopped, at: now)
    }

    mutating func startTorrent(_ place: Int) {
        guard downloads[place].isInClient, downloads[place].phase != .downloading else { return }
        if downloads[place].completedAt != nil {
            downloads[place].enter(.seeding, at: now)
        } else {
            startDownloading(place)
        }
    }

    /// A download as the client shows it now.
    func torrent(_ place: Int) -> FlowTorrent {
        let download = downloads[place]
        let entry = entries[download.entry]
        let category = entry.service.split(separator: "/").joined(separator: "-")
        let hasMetadata = download.phase != .metadata
        let bytes = download.bytes(at: now)
        let size = hasMetadata ? download.release.size : 0
        let isRunning = download.phase == .downloading
        let left = max(0, size - bytes)
        let savePath = "/downloads/\(category)"
        let files = hasMetadata ? torrentFiles(download, bytes: bytes) : []
        return FlowTorrent(
            hash: download.hash, name: download.release.title, category: category, savePath: savePath,
            contentPath: files.count == 1 ? "\(savePath)/\(files[0].name)" : "\(savePath)/\(download.release.title)",
            files: files, size: size, progress: size > 0 ? Double(bytes) / Double(size) : 0, phase: download.phase,
            downloadSpeed: isRunning ? download.rate : 0,
            etaSeconds: isRunning ? Int(left / max(1, download.rate)) : nil, amountLeft: left,
            seeds: download.phase == .stalled ? 0 : 3 + place % 9, leeches: place % 4, addedAt: download.grabbedAt,
            completedAt: download.completedAt, revision: download.revision(at: now), sharing: sharing(download))
    }

    // What a scenario says of the title's torrents, with the time since it was finished.
    private func sharing(_ download: Download) -> FlowTorrent.Sharing? {
        guard var sharing = sharing[entries[download.entry].title] else { return nil }
        sharing.seconds = download.completedAt.map { Int((now - $0) / Ticks.perSecond) } ?? 0
        return sharing
    }

    // Pieces come in the order of the files, so that a pack's files are at different points.
    private func torrentFiles(_ download: Download, bytes: Int64) -> [FlowTorrent.File] {
        let title = title(entries[download.entry].title)
        var rest = bytes
        let others = extraFiles[title.number] ?? 0
        let isFolder = download.units.count + others > 1
        let own = download.units.enumerated().map { index, unit in
            let size = self.size(title, unit, quality: download.release.quality)
            let had = min(size, max(0, rest))
            rest -= size
            let name: String
            if !isFolder {
                name = "\(download.release.title).mkv"
            } else if title.isFilm {
                name = "\(download.release.title)/\(MediaFile.safe(title.name)).mkv"
            } else {
                let episode = title.episodes[unit]
                let code = "S\(Self.two(episode.season))E\(Self.two(episode.number))"
                name = "\(download.release.title)/\(MediaFile.safe(title.name)).\(code).mkv"
            }
            return FlowTorrent.File(
                index: index, name: name, size: size, progress: size > 0 ? Double(had) / Double(size) : 0)
        }
        let isDone = bytes >= download.release.size
        return own
            + (0..<others).map { place in
                FlowTorrent.File(
                    index: own.count + place, name: "\(download.release.title)/Another Film \(place + 1).mkv",
                    size: 1_000_000_000, progress: isDone ? 1 : 0)
            }
    }
}
