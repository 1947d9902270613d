import Media
import Servarr
import Store

/// Reads an *arr's queue and books what is different from the last read.
actor QueueWatch {
    private let servarr: Servarr
    private let tracking: Tracking
    /// As last booked, by download id or title.
    private var known: [String: QueueGroup] = [:]
    /// Good reads in a row that lacked a download.
    private var missing: [String: Int] = [:]
    private var hasResumed = false

    init(_ servarr: Servarr, _ tracking: Tracking) {
        self.servarr = servarr
        self.tracking = tracking
    }

    func read() async throws {
        let service = servarr.kind.rawValue
        let instance = servarr.instance
        let readAt = tracking.store.now()
        let groups = QueueGroup.groups(of: try await servarr.queue())
        if !hasResumed {
            // After a restart the downloads that were listed last time may be gone.
            for id in try await tracking.store.read({ try $0.queuedDownloads(service, instance) }) { missing[id] = 0 }
            hasResumed = true
        }
        // What was listed before somebody asked for it, or before its title was known, is looked at again.
        let learned = tracking.wakes.takeTitles(of: instance == "default" ? service : "\(service)/\(instance)")
        let changed = groups.values.filter { group in
            group.arrTitle.map { learned.contains($0) } ?? false || known[group.key]?.isSame(as: group) != true
        }
        for key in known.keys where groups[key] == nil { missing[key, default: 0] += 0 }
        for key in missing.keys {
            if groups[key] != nil { missing[key] = nil } else { missing[key, default: 0] += 1 }
        }
        let gone = missing.filter { $0.value >= 2 }.map(\.key)
        known = groups
        guard !changed.isEmpty || !gone.isEmpty else { return }
        try await tracking.book([]) { ledger in
            for group in changed { try ledger.record(group, service: service, instance: instance, readAt: readAt) }
            for id in gone { try ledger.queueGone(id, service: service, instance: instance) }
        }
        for id in gone { missing[id] = nil }
    }
}

extension QueueGroup {
    /// The records of a queue by download: a season pack is n records of one download, each with the whole size.
    static func groups(of records: [QueueReading]) -> [String: QueueGroup] {
        var groups: [String: QueueGroup] = [:]
        for record in records {
            guard record.arrTitle != nil || record.downloadID != nil else { continue }
            let key = record.downloadID ?? record.title
            if var group = groups[key] {
                if let unit = record.unit { group.units.append(unit) }
                if let episode = record.arrEpisode { group.episodes.append(episode) }
                groups[key] = group
            } else {
                groups[key] = QueueGroup(record, key: key)
            }
        }
        return groups
    }

    private init(_ record: QueueReading, key: String) {
        self.init(
            key: key, downloadID: record.downloadID, title: record.title, arrTitle: record.arrTitle,
            status: record.status, trackedState: record.trackedState)
        units = record.unit.map { [$0] } ?? []
        episodes = record.arrEpisode.map { [$0] } ?? []
        let words = record.messages.isEmpty ? record.errorMessage.map { [$0] } ?? [] : record.messages
        message = words.isEmpty ? nil : words.joined(separator: "; ")
        size = record.size
        sizeLeft = record.sizeLeft
        isTorrent = record.isTorrent
        quality = record.quality
        indexer = record.indexer
    }
}
