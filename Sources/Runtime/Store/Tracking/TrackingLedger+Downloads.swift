public import Database
public import Media

extension TrackingLedger {
    /// Books a download as the *arr's queue lists it now.
    public func record(_ group: QueueGroup, service: String, instance: String, readAt: Timestamp) throws {
        var probe = group.probe(service: service, instance: instance, readAt: readAt)
        probe.units = try group.units.isEmpty ? units(of: group.episodes) : group.units
        for (id, units) in try owners(of: probe, path: nil) {
            guard let tracked = try request(id) else { continue }
            tracked.take(
                group, service: service, instance: instance, units: units,
                Sighting(readAt: readAt, bookedAt: tx.now))
            try learn(probe, tracked, path: nil)
        }
    }

    private func units(of episodes: [Int64]) throws -> [UnitNumber] {
        var units: Set<UnitNumber> = []
        for episode in episodes {
            let found = try tx.raw.first(
                "SELECT season, episode FROM episodes WHERE sonarr_id = $1 LIMIT 1", [.integer(episode)]
            ) { UnitNumber(Int($0.integer(0)), Int($0.integer(1))) }
            if let found { units.insert(found) }
        }
        return units.sorted()
    }

    /// Two good reads of the queue lacked this download.
    public func queueGone(_ downloadID: String, service: String, instance: String) throws {
        for request in try tx.raw.requests(ofDownload: downloadID, service, instance) {
            guard let tracked = try self.request(request) else { continue }
            for (index, download) in tracked.facts.downloads.enumerated()
            where download.downloadID == downloadID && download.service == service && download.instance == instance {
                tracked.editDownload(index) { $0.queue?.missed = 2 }
            }
        }
    }

    /// Books a torrent as the client lists it now.
    ///
    /// - Returns: whether any request follows it.
    @discardableResult
    public func record(_ torrent: TorrentReading, readAt: Timestamp) throws -> Bool {
        var isFollowed = false
        for hash in torrent.hashes {
            for candidate in try tx.raw.candidates("download", "", hash) {
                guard let tracked = try request(candidate.id) else { continue }
                isFollowed = true
                tracked.take(torrent, Sighting(readAt: readAt, bookedAt: tx.now))
            }
        }
        return isFollowed
    }

    /// Two good reads of the client lacked this torrent.
    public func torrentGone(_ hash: String) throws {
        for candidate in try tx.raw.candidates("download", "", hash) {
            guard let tracked = try request(candidate.id) else { continue }
            for (index, download) in tracked.facts.downloads.enumerated() where download.isKnown(by: [hash]) {
                tracked.editDownload(index) { $0.torrent?.missed = 2 }
            }
        }
    }

    /// History was read: what nobody lists any more and has no end there was taken away by hand (tracking.md §3.1).
    public func settleGone(service: String, instance: String, readAt: Timestamp) throws {
        let vanished = try tx.raw.rows(
            """
            SELECT DISTINCT request_id FROM downloads WHERE service = $1 AND instance = $2 AND gone_at IS NULL
                AND failed_at IS NULL AND ignored_at IS NULL AND (queue_missed >= 2 OR torrent_missed >= 2)
            """, [.text(service), .text(instance)]
        ) { $0.integer(0) }
        for id in vanished {
            guard let tracked = try request(id) else { continue }
            for (index, download) in tracked.facts.downloads.enumerated()
            where download.hasVanished && !tracked.hasImport(of: download) {
                tracked.editDownload(index) { $0.goneAt = readAt }
            }
        }
    }
}

/// When something was seen: asked for at `readAt`, noted at `bookedAt`.
struct Sighting {
    let readAt: Timestamp
    let bookedAt: Timestamp

    /// The earliest that a download may have been seen at: a grab may be heard of while the answer is under way, and its
    /// time may be told by a clock that is ahead.
    func notBefore(_ grabbedAt: Timestamp) -> Timestamp { min(grabbedAt, bookedAt) }
}

extension QueueGroup {
    /// What finds the requests of a download.
    func probe(service: String, instance: String, readAt: Timestamp) -> Observation {
        var probe = Observation(
            service: service, instance: instance, channel: .poll, fact: .grabbed, naturalKey: key,
            observedAt: readAt, receivedAt: readAt)
        probe.keys.mediaType = service == "radarr" ? .movie : .tv
        probe.keys.downloads = downloadID.map { [$0] } ?? []
        probe.keys.arrTitle = arrTitle
        return probe
    }
}

extension TrackedRequest {
    /// Books a download as the *arr's queue lists it.
    func take(
        _ group: QueueGroup, service: String, instance: String, units: [UnitNumber], _ sighting: Sighting
    ) {
        let index = download(
            service: service, instance: instance, ids: group.downloadID.map { [$0] } ?? [], release: group.title,
            at: sighting.readAt)
        name(units)
        editDownload(index) { $0.take(group, units: units, sighting) }
    }

    /// Books a torrent as the client lists it, on the downloads that go by its hashes.
    func take(_ torrent: TorrentReading, _ sighting: Sighting) {
        for (index, download) in facts.downloads.enumerated() where download.isKnown(by: torrent.hashes) {
            editDownload(index) { $0.take(torrent, sighting) }
        }
    }

    fileprivate func hasImport(of download: Download) -> Bool {
        facts.observations.contains { fact in
            guard fact.fact == .imported, fact.holds else { return false }
            if let id = fact.details[.download] { return download.isKnown(by: [id]) }
            return fact.observedAt >= download.grabbedAt
        }
    }
}

extension Download {
    func isKnown(by hashes: [String]) -> Bool {
        hashes.contains(downloadID) || self.hashes.contains { hashes.contains($0) }
    }

    /// Listed once by somebody, and by nobody now.
    fileprivate var hasVanished: Bool {
        guard isLive, queue != nil || torrent != nil else { return false }
        return !isInQueue && !isInClient
    }

    fileprivate mutating func take(_ group: QueueGroup, units: [UnitNumber], _ sighting: Sighting) {
        let readAt = sighting.readAt
        self.units = Array(Set(self.units).union(units)).sorted()
        release = release ?? group.title
        size = group.size ?? size
        let isSame = queue?.status == group.status && queue?.trackedState == group.trackedState
        var next = Queue(
            status: group.status, trackedState: group.trackedState, since: isSame ? queue?.since ?? readAt : readAt)
        next.message = group.message
        next.sizeLeft = group.sizeLeft
        queue = next
        goneAt = nil
        if startedAt == nil, !isInClient, stage.0 == .downloading {
            startedAt = max(readAt, sighting.notBefore(grabbedAt))
        }
        if doneAt == nil, let startedAt, !isInClient, stage.0 == .downloadDone { doneAt = max(readAt, startedAt) }
    }

    fileprivate mutating func take(_ reading: TorrentReading, _ sighting: Sighting) {
        let readAt = sighting.readAt
        let before = torrent
        let hasMoved = before.map { reading.progress > $0.progress } ?? true
        torrent = Torrent(
            reading, since: before?.state == reading.state ? before?.since ?? readAt : readAt,
            progressAt: hasMoved ? readAt : before?.progressAt ?? readAt)
        hashes = Array(Set(hashes).union(reading.hashes)).sorted()
        goneAt = nil
        let began = reading.addedAt.map { min($0, readAt) } ?? readAt
        if startedAt == nil { startedAt = max(began, sighting.notBefore(grabbedAt)) }
        // A torrent may have been there before anybody asked for it: its stage begins with the grab at the earliest.
        if doneAt == nil && reading.isDone {
            doneAt = max(
                reading.completedAt.map { min($0, readAt) } ?? readAt, sighting.notBefore(grabbedAt))
        }
    }
}

extension Reader {
    /// Download ids that the queue listed when it was last read.
    public func queuedDownloads(_ service: String, _ instance: String) throws -> [String] {
        try rows(
            """
            SELECT DISTINCT download_id FROM downloads WHERE service = $1 AND instance = $2 AND gone_at IS NULL
                AND failed_at IS NULL AND queue_status IS NOT NULL AND queue_missed < 2
            """, [.text(service), .text(instance)]
        ) { $0.text(0) }
    }

    /// Hashes that the client listed when it was last read.
    public func listedTorrents() throws -> [String] {
        try rows(
            """
            SELECT DISTINCT download_id FROM downloads WHERE gone_at IS NULL AND failed_at IS NULL
                AND torrent_state IS NOT NULL AND torrent_missed < 2
            """
        ) { $0.text(0) }
    }

    func requests(ofDownload id: String, _ service: String, _ instance: String) throws -> [Int64] {
        try rows(
            "SELECT request_id FROM downloads WHERE download_id = $1 AND service = $2 AND instance = $3",
            [.text(id), .text(service), .text(instance)]
        ) { $0.integer(0) }
    }
}
