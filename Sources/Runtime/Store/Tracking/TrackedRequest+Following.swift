import Media

extension TrackedRequest {
    /// Moves the downloads by what an event says of them.
    func follow(_ observation: Observation) {
        let details = observation.details
        switch observation.fact {
        case .grabbed:
            let index = download(of: observation)
            editDownload(index) { download in
                download.grabbedAt = min(download.grabbedAt, observation.observedAt)
                download.units = Array(Set(download.units).union(observation.units)).sorted()
                download.release = download.release ?? details[.release]
                download.size = download.size ?? details.integer(.size)
                download.hashes = Array(Set(download.hashes).union(observation.keys.downloads)).sorted()
            }
        case .torrentDone:
            let ids = observation.keys.downloads
            for (index, download) in facts.downloads.enumerated()
            where ids.contains(download.downloadID) || download.hashes.contains(where: { ids.contains($0) }) {
                editDownload(index) { $0.doneAt = min($0.doneAt ?? observation.observedAt, observation.observedAt) }
            }
        case .downloadFailed:
            let index = download(of: observation)
            editDownload(index) { download in
                download.failedAt = min(download.failedAt ?? observation.observedAt, observation.observedAt)
                download.failure = download.failure ?? details[.message]
                download.units = Array(Set(download.units).union(observation.units)).sorted()
            }
        case .imported where row.mediaType == .tv:
            // A file may hold several episodes; one imported later holds them now.
            let later = facts.observations.filter { $0.fact == .imported && $0.observedAt > observation.observedAt }
            for unit in observation.units where !later.contains(where: { $0.units.contains(unit) }) {
                var reading = EpisodeReading(unit)
                reading.path = details[.path]
                update(reading, readAt: observation.observedAt)
            }
        case .ignored:
            let index = download(of: observation)
            editDownload(index) { $0.ignoredAt = min($0.ignoredAt ?? observation.observedAt, observation.observedAt) }
        default: break
        }
    }

    private func download(of observation: Observation) -> Int {
        download(
            service: observation.service, instance: observation.instance, ids: observation.keys.downloads,
            release: observation.details[.release], at: observation.observedAt)
    }

    /// Units that only an event named get a row, so that they are shown.
    func name(_ units: [UnitNumber]) {
        guard row.mediaType == .tv && row.origin == .request else { return }
        for unit in units where !facts.episodes.contains(where: { $0.number == unit }) {
            update(EpisodeReading(unit), readAt: Timestamp(milliseconds: 0))
        }
    }

    /// The episodes whose imported file lies at this path: whole path first, else folder and name, else a name that is
    /// unique among them.
    func units(at path: String) -> [UnitNumber] {
        var filed: [(path: String, units: [UnitNumber])] = facts.observations.compactMap { observation in
            guard observation.fact == .imported, let path = observation.details[.path] else { return nil }
            return (PathKey.normal(path), observation.units)
        }
        filed += facts.episodes.compactMap { episode in episode.path.map { (PathKey.normal($0), [episode.number]) } }
        for wanted in PathKey.levels(of: path) {
            let found = Set(filed.filter { $0.path == wanted || $0.path.hasSuffix("/" + wanted) }.map(\.units))
            if found.count == 1, let units = found.first { return units }
            if found.count > 1 { return [] }
        }
        return []
    }
}
