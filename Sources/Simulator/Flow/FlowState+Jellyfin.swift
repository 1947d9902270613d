// Jellyfin: its library monitor finds files, looks up their ids, and tells the webhook plug-in.
extension FlowState {
    /// Looks at one path as the library monitor does: makes the item of a file, drops that of a vanished one.
    mutating func monitor(_ path: String) {
        guard let file = visible(path) else {
            for slot in items.indices where items[slot].path == path && !items[slot].isGone { drop(slot) }
            return
        }
        // Shokofin shows a file once Shoko has matched it.
        if Self.shokoFolder(of: path) != nil, !hiddenFromShoko.contains(file.title) {
            guard let known = shokoFile(at: path), shokoFiles[known].phase == .matched else { return }
        }
        guard !hiddenFromJellyfin.contains(file.title) else { return }
        appear(file)
    }

    /// The item of a file, its season and series with it; nothing when it is there already.
    mutating func appear(_ file: DiskFile) {
        guard !items.contains(where: { $0.path == file.path && !$0.isGone }) else { return }
        let title = title(file.title)
        guard !title.isFilm else {
            let slot = add(.film, title, path: file.path, size: file.size, created: file.created)
            planIDs(of: slot)
            return
        }
        let folder = entries[file.entry].path
        let season = title.episodes[file.unit].season
        let seriesSlot = container(.series, title, season: 0, path: folder, series: nil)
        let seasonSlot = container(
            .season, title, season: season, path: "\(folder)/Season \(Self.two(season))", series: seriesSlot)
        for slot in items.indices
        where items[slot].title == title.number && items[slot].isVirtual && items[slot].unit == file.unit {
            items[slot].isGone = true
        }
        let slot = add(
            .episode, title, unit: file.unit, season: season, path: file.path, size: file.size, created: file.created,
            series: seriesSlot, seasonSlot: seasonSlot)
        planIDs(of: slot)
    }

    private mutating func container(
        _ kind: FlowItem.Kind, _ title: FlowTitle, season: Int, path: String, series: Int?
    ) -> Int {
        if let known = items.firstIndex(where: { $0.kind == kind && $0.path == path && !$0.isGone }) { return known }
        let slot = add(kind, title, season: season, path: path, created: now, series: series)
        if kind == .series { planIDs(of: slot) } else { items[slot].saved = now }
        return slot
    }

    // A path that comes back has the id it had.
    private mutating func add(
        _ kind: FlowItem.Kind, _ title: FlowTitle, unit: Int = 0, season: Int = 0, path: String, size: Int64 = 0,
        created: Int64, series: Int? = nil, seasonSlot: Int? = nil
    ) -> Int {
        itemRevision += 1
        let known = path.isEmpty ? nil : items.firstIndex { $0.kind == kind && $0.path == path && $0.isGone }
        let slot = known ?? items.count
        let item = FlowItem(
            slot: slot, kind: kind, title: title.number, unit: unit, season: season, path: path, size: size,
            created: created, series: series, seasonSlot: seasonSlot)
        if known != nil { items[slot] = item } else { items.append(item) }
        return slot
    }

    private mutating func planIDs(of slot: Int) {
        let kept = staysStub.contains(items[slot].title)
        if kept {
            items[slot].isStub = items[slot].kind == .film || items[slot].kind == .episode
            items[slot].saved = now
        }
        plan(.identify(item: slot), after: draw(delays.identify, salt: salt(slot, 18)), salt: salt(slot, 19))
        plan(.itemAdded(item: slot, round: 1), after: delays.itemAdded, salt: salt(slot, 20))
    }

    /// The metadata is there: ids, and the date of the save.
    mutating func identify(_ slot: Int) {
        guard !items[slot].isGone else { return }
        itemRevision += 1
        items[slot].hasIDs = true
        items[slot].saved = now
        if items[slot].kind == .series { addMissingEpisodes(slot) }
    }

    /// Episodes a series lacks are Virtual items once its metadata is known.
    private mutating func addMissingEpisodes(_ series: Int) {
        let title = title(items[series].title)
        for unit in title.units
        where !items.contains(where: {
            $0.kind == .episode && $0.title == title.number && $0.unit == unit && !$0.isGone
        }) {
            let season = title.episodes[unit].season
            let seasonSlot = items.firstIndex {
                $0.kind == .season && $0.title == title.number && $0.season == season && !$0.isGone
            }
            guard let seasonSlot else { continue }
            let slot = add(
                .episode, title, unit: unit, season: season, path: "", created: now, series: series,
                seasonSlot: seasonSlot)
            items[slot].isVirtual = true
            items[slot].hasIDs = true
            items[slot].saved = now
        }
    }

    /// The plug-in looks each half minute: tells of an item with ids, gives up waiting after ten rounds.
    mutating func itemAdded(_ slot: Int, round: Int) {
        guard !items[slot].isGone, !items[slot].isVirtual else { return }
        if items[slot].hasIDs || round >= 10 {
            tellItemAdded(slot)
        } else {
            agenda.add(
                .itemAdded(item: slot, round: round + 1), at: now + Int64(delays.itemAdded * 10_000_000))
        }
    }

    /// Takes an item out, and the folders that are empty without it.
    mutating func drop(_ slot: Int) {
        guard !items[slot].isGone else { return }
        itemRevision += 1
        items[slot].isGone = true
        if !items[slot].isVirtual { tellItemDeleted(slot) }
        guard let parent = items[slot].seasonSlot ?? items[slot].series else { return }
        let children = items.filter { !$0.isGone && !$0.isVirtual && ($0.seasonSlot == parent || $0.series == parent) }
        guard children.isEmpty else { return }
        for other in items.indices where items[other].isVirtual && items[other].seasonSlot == parent {
            items[other].isGone = true
        }
        drop(parent)
    }

    private struct Playable: Hashable {
        let title: Int
        let is4K: Bool
    }

    // The units that can be played, by title and variant.
    private var playableUnits: [Playable: Set<Int>] {
        var found: [Playable: Set<Int>] = [:]
        for item in items where isPlayable(item) {
            let key = Playable(title: item.title, is4K: item.path.hasPrefix("/media/movies-4k/"))
            found[key, default: []].insert(item.unit)
        }
        return found
    }

    private func isPlayable(_ item: FlowItem) -> Bool {
        (item.kind == .film || item.kind == .episode) && !item.isGone && !item.isVirtual && !item.isStub && item.hasIDs
    }

    /// Whether a unit of a title can be played, by what Jellyfin shows.
    func isPlayable(_ title: Int, _ unit: Int, is4K: Bool) -> Bool {
        items.contains {
            $0.title == title && $0.unit == unit && isPlayable($0)
                && $0.path.hasPrefix("/media/movies-4k/") == is4K
        }
    }

    // What was there, and is neither in Jellyfin nor in its *arr any more, was deleted.
    private mutating func markDeleted(_ request: FlowRequest) {
        let status = mediaStatus(request.title, request.is4K)
        let isInArr = entries.contains {
            $0.title == request.title && !$0.isDeleted && $0.service.hasSuffix("/4k") == request.is4K
        }
        if !isInArr, status == .available || status == .partial { setMedia(request.title, request.is4K, .deleted) }
    }

    /// Seerr looks at Jellyfin and marks what it finds.
    mutating func seerrScan() {
        agenda.add(.seerrScan, at: now + Int64(delays.seerrScan * Double(Ticks.perSecond)))
        let playable = playableUnits
        for place in requests.indices where !requests[place].isDeleted {
            let request = requests[place]
            let title = title(request.title)
            let wanted = title.units(ofSeasons: request.seasons).filter {
                title.isFilm || title.episodes[$0].airs <= now
            }
            let found = playable[Playable(title: title.number, is4K: request.is4K)]?.intersection(wanted) ?? []
            guard !found.isEmpty else {
                markDeleted(request)
                continue
            }
            let isWhole = found.count == title.units(ofSeasons: request.seasons).count
            setMedia(title.number, request.is4K, isWhole ? .available : .partial)
            if isWhole && request.status == .approved {
                setRequest(place, .completed)
                tell(.available, place)
            }
        }
        findUnasked(playable)
    }

    // What nobody asks for (any more) is known again as soon as a scan finds it.
    private mutating func findUnasked(_ playable: [Playable: Set<Int>]) {
        for (found, units) in playable.sorted(by: { $0.key.title < $1.key.title }) {
            let isAsked = requests.contains {
                $0.title == found.title && $0.is4K == found.is4K && !$0.isDeleted
            }
            guard !isAsked else { continue }
            if media[found.title] == nil {
                lastMediaID += 1
                media[found.title] = FlowMedia(id: lastMediaID, title: found.title, created: now, updated: now)
            }
            let isWhole = units.count == title(found.title).units.count
            setMedia(found.title, found.is4K, isWhole ? .available : .partial)
        }
    }
}
