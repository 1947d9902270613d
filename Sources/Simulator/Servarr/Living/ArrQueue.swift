/// `/queue`: one record per film or episode, pages of ten unless asked otherwise.
struct ArrQueue {
    let life: ArrLife

    func list(_ call: Call) -> Answer {
        life.engine.with { state in
            var records: [JSON] = []
            for (download, unit) in rows(state) {
                if let wanted = call.parameter("status"), wanted != status(download, state) { continue }
                records.append(record(download, unit, call, state))
            }
            return ArrLife.page(records, call, sortKey: "timeleft", direction: "ascending")
        }
    }

    func details(_ call: Call) -> Answer {
        life.engine.with { state in .json(.array(rows(state).map { record($0.0, $0.1, call, state) })) }
    }

    var status: Answer {
        life.engine.with { state in
            let count = rows(state).count
            return .json([
                "totalCount": .integer(count), "count": .integer(count), "unknownCount": 0, "errors": false,
                "warnings": false, "unknownErrors": false, "unknownWarnings": false, "id": 1,
            ])
        }
    }

    func delete(_ id: String, _ call: Call) -> Answer {
        life.engine.with { state in
            guard let (download, _) = rows(state).first(where: { String(number($0.0, $0.1)) == id }) else {
                return .arrNotFound
            }
            if call.flag("removeFromClient") ?? true { state.removeTorrent(download.number) }
            state.downloads[download.number].isInQueue = false
            if call.flag("blocklist") ?? false {
                state.fail(download.number, message: "Manually marked as failed")
                if !(call.flag("skipRedownload") ?? false) { state.search(download.entry, download.units) }
            }
            return .json([:])
        }
    }

    private func rows(_ state: FlowState) -> [(Download, Int)] {
        state.downloads.filter { $0.isInQueue && state.entries[$0.entry].service == life.service }
            .flatMap { download in download.units.map { (download, $0) } }
    }

    // Made from client, download and episode: no number of a database, the same at every read.
    private func number(_ download: Download, _ unit: Int) -> Int {
        let digits = UInt64(download.hash.prefix(15), radix: 16) ?? 0
        return Int(Dice.mix(digits &+ UInt64(unit)) & 0x7FFF_FFFF)
    }

    private func record(_ download: Download, _ unit: Int, _ call: Call, _ state: FlowState) -> JSON {
        let entry = state.entries[download.entry]
        let bytes = download.bytes(at: state.now)
        let hasSize = download.phase != .metadata
        let size = hasSize ? Double(download.release.size) : 0
        let left = hasSize ? Double(download.release.size - bytes) : 0
        var json: JSON = [
            "languages": [["id": 1, "name": "English"]], "quality": ArrJSON.quality(download.release.quality),
            "customFormats": [], "customFormatScore": 0, "size": .number(size),
            "title": .string(download.release.title),
            "added": .string(ArrDate.text(download.grabbedAt)), "status": .string(status(download, state)),
            "trackedDownloadStatus": .string(health(download)),
            "trackedDownloadState": .string(download.state.rawValue),
            "statusMessages": download.messages.isEmpty
                ? [] : [["title": .string(download.release.title), "messages": .texts(download.messages)]],
            "downloadId": .string(download.hash.uppercased()), "protocol": "torrent", "downloadClient": "qBittorrent",
            "downloadClientHasPostImportCategory": false, "indexer": .string(download.release.indexer),
            "outputPath": .string(state.torrent(download.number).contentPath), "sizeleft": .number(left),
            "id": .integer(number(download, unit)),
        ]
        json = json.with("errorMessage", text: download.error ?? Self.complaint(download))
        if download.phase == .downloading {
            let seconds = Int(left) / max(1, Int(download.rate))
            json = json.with("timeleft", text: Self.clock(seconds)).with(
                "estimatedCompletionTime", text: ArrDate.text(state.now + Int64(seconds) * Ticks.perSecond))
        } else if download.completedAt != nil {
            json = json.with("timeleft", text: "00:00:00")
        }
        let writer = life.writer(state)
        if life.isRadarr {
            json = json.with("movieId", number: entry.id)
            return call.flag("includeMovie") ?? false ? json.with("movie", writer.movie(entry)) : json
        }
        json = json.with("seriesId", number: entry.id).with("episodeId", number: writer.episodeID(entry, unit))
            .with("seasonNumber", number: state.title(entry.title).episodes[unit].season)
            .with("episodeHasFile", .bool(entry.files[unit] != nil))
        if call.flag("includeSeries") ?? false { json = json.with("series", writer.series(entry)) }
        if call.flag("includeEpisode") ?? false { json = json.with("episode", writer.episode(entry, unit)) }
        return json
    }

    private func status(_ download: Download, _ state: FlowState) -> String {
        if download.completedAt != nil { return "completed" }
        switch download.phase {
        case .metadata: return "queued"
        case .downloading, .seeding: return "downloading"
        case .stopped: return "paused"
        case .stalled, .error, .missingFiles: return "warning"
        }
    }

    private func health(_ download: Download) -> String {
        if download.state == .importBlocked || Self.complaint(download) != nil { return "warning" }
        return download.state == .failedPending ? "error" : "ok"
    }

    private static func complaint(_ download: Download) -> String? {
        switch download.phase {
        case .stalled: "The download is stalled with no connections"
        case .error: "qBittorrent is reporting an error"
        case .missingFiles: "qBittorrent is reporting missing files"
        case .metadata: "qBittorrent is downloading metadata"
        default: nil
        }
    }

    /// Seconds as `hh:mm:ss`, with days in front when there are any.
    static func clock(_ seconds: Int) -> String {
        let (days, rest) = (seconds / 86_400, seconds % 86_400)
        let parts = [rest / 3_600, rest / 60 % 60, rest % 60].map { FlowState.two($0) }.joined(separator: ":")
        return days > 0 ? "\(days).\(parts)" : parts
    }
}
