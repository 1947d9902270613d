import Jobs
import Media
import Store

/// What a pending sync has gathered: every request of Seerr, and what the other services say of those not tracked.
final class PendingHoldings {
    var requests: [PendingRequest] = []
    var report = SyncReport(.pending)
    /// The installation's rules; sources that could not be read are outages.
    var rules: TrackingRules
    let readAt: Timestamp
    let variants: [String: Variant]
    /// Requests whose title a complete list lacked, each with the *arr.
    private var lacks: [(request: Int, type: MediaType, service: String, instance: String)] = []
    private var listed: Set<Int> = []

    init(_ rules: TrackingRules, variants: [String: Variant], at now: Timestamp) {
        self.rules = rules
        self.variants = variants
        readAt = now
    }

    /// Requests that may need a row, newest first, so that what nobody can tell apart goes to the newest.
    var open: [Int] { requests.indices.filter { !requests[$0].isTracked }.reversed() }

    /// Books what an *arr's list says, on every request of each title.
    ///
    /// - Returns: the requests of each title by the *arr's number, newest first.
    func take(_ titles: [ArrTitleReading], of type: MediaType, _ service: String, _ instance: String) -> [Int64: [Int]]
    {
        let wanted = open.filter { isFitting(requests[$0].reading, type, "\(service)/\(instance)") }
        var byNative: [Int64: [Int]] = [:]
        for index in wanted {
            let reading = requests[index].reading
            if let id = type == .movie ? reading.tmdb : reading.tvdb { byNative[id, default: []].append(index) }
        }
        var owners: [Int64: [Int]] = [:]
        for title in titles {
            guard let own = (type == .movie ? title.tmdb : title.tvdb).flatMap({ byNative[$0] }) else { continue }
            owners[title.id, default: []] += own
            let told = title.observations(service: service, instance: instance, at: readAt).map(\.ofSync)
            for index in own {
                requests[index].newcomer.told += told
                requests[index].title = requests[index].title ?? title.title
                if type == .tv { requests[index].sonarrTitle = InstanceID(instance: instance, id: title.id) }
            }
        }
        listed.formUnion(owners.values.flatMap(\.self))
        lacks += wanted.map { ($0, type, service, instance) }
        return owners
    }

    /// Every list was read: what none of them holds is told.
    func settleLacks() {
        for lack in lacks where !listed.contains(lack.request) {
            tellLack(of: lack.request, lack.type, lack.service, lack.instance)
        }
    }

    private func isFitting(_ reading: SeerrReading, _ type: MediaType, _ instance: String) -> Bool {
        guard reading.mediaType == type else { return false }
        return variants[instance].map { $0 == reading.variant } ?? true
    }

    /// Approved, and yet the whole list lacks its title.
    private func tellLack(of index: Int, _ type: MediaType, _ service: String, _ instance: String) {
        let reading = requests[index].reading
        guard reading.status == 2 || reading.status == 5, let id = type == .movie ? reading.tmdb : reading.tvdb else {
            return
        }
        var keys = MediaKeys(mediaType: type)
        if type == .movie { keys.tmdb = id } else { keys.tvdb = id }
        requests[index].newcomer.told.append(
            Observation(
                service: service, instance: instance, channel: .sync, fact: .inArr, naturalKey: "title",
                observedAt: readAt, receivedAt: readAt, holds: false, keys: keys))
    }

    /// Shares a queue's downloads among the requests of their titles: each episode goes to one that asked for it.
    func take(_ groups: [QueueGroup], _ service: String, _ instance: String, owners: [Int64: [Int]]) {
        for group in groups.sorted(by: { $0.key < $1.key }) {
            guard let own = group.arrTitle.flatMap({ owners[$0] }), let newest = own.first else { continue }
            guard !group.units.isEmpty else {
                book(group, on: newest, service, instance)
                continue
            }
            var shares: [Int: [UnitNumber]] = [:]
            for unit in Set(group.units) {
                guard let owner = own.first(where: { requests[$0].reading.covers(unit) }) else { continue }
                shares[owner, default: []].append(unit)
            }
            for (owner, units) in shares {
                var share = group
                share.units = units.sorted()
                share.episodes = []
                book(share, on: owner, service, instance)
            }
        }
    }

    private func book(_ group: QueueGroup, on index: Int, _ service: String, _ instance: String) {
        requests[index].newcomer.downloads.append(
            Newcomer.Listed(service: service, instance: instance, group: group))
    }

    /// Gives every torrent to the requests whose downloads go by one of its hashes.
    func take(_ torrents: [TorrentReading]) {
        var byHash: [String: TorrentReading] = [:]
        for torrent in torrents { for hash in torrent.hashes { byHash[hash] = torrent } }
        for index in open {
            let ids = requests[index].newcomer.downloads.compactMap(\.group.downloadID)
            requests[index].newcomer.torrents += ids.compactMap { byHash[$0] }
        }
    }

    /// A source that could not be read yields no facts.
    func miss(_ service: String, _ instance: String, _ error: any Error) {
        let name = TrackingService.name(service, instance)
        report.missingSources += 1
        report.warn(service, "upstream_unreachable", "Synced without what \(name) knows: \(error)")
        rules.unreachable[name] =
            rules.unreachable[name] ?? TrackingRules.Outage(since: readAt, reason: "\(error)")
    }
}

extension SeerrReading {
    /// Whether the episode was asked for.
    fileprivate func covers(_ unit: UnitNumber) -> Bool {
        seasons.isEmpty ? unit.season > 0 : seasons.contains(unit.season)
    }
}
