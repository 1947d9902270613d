extension JellyfinCatalogue {
    /// Films that are in a box set give way to it, as Jellyfin does unless refused.
    func collapsed(_ items: [UInt32], _ selection: Selection) -> [UInt32] {
        guard selection.collapses, selection.kinds.contains(.movie), !plan.isPlain else { return items }
        if case .under(let parent, _) = selection.scope, parent.kind == .boxSet { return items }
        var seen: Set<Int> = []
        var kept: [UInt32] = []
        kept.reserveCapacity(items.count)
        for raw in items {
            let item = ItemRef(raw: raw)
            if item.kind == .boxSet {
                if seen.insert(item.index).inserted { kept.append(raw) }
            } else if item.kind == .title, item.index < plan.size.films, let boxSet = boxSet(ofFilm: item.index) {
                if seen.insert(boxSet).inserted { kept.append(ItemRef(.boxSet, boxSet).raw) }
            } else {
                kept.append(raw)
            }
        }
        return kept
    }

    /// The selection's order; equal items keep the order of their references.
    func sorted(_ items: [UInt32], by selection: Selection) -> [UInt32] {
        guard let first = selection.sort.first else { return selection.isDescending ? items.reversed() : items }
        let isDescending = selection.isDescending
        let rest = selection.sort.dropFirst()
        if first.isText {
            let keyed = items.map { (key: text(ItemRef(raw: $0)), item: $0) }
            return keyed.sorted { left, right in
                if left.key != right.key { return (left.key < right.key) != isDescending }
                return precedes(left.item, right.item, rest, isDescending)
            }.map(\.item)
        }
        let keyed = items.map { (key: value(ItemRef(raw: $0), first), item: $0) }
        return keyed.sorted { left, right in
            if left.key != right.key { return (left.key < right.key) != isDescending }
            return precedes(left.item, right.item, rest, isDescending)
        }.map(\.item)
    }

    private func precedes(_ left: UInt32, _ right: UInt32, _ keys: ArraySlice<SortKey>, _ isDescending: Bool) -> Bool {
        for key in keys {
            if key.isText {
                let (one, other) = (text(ItemRef(raw: left)), text(ItemRef(raw: right)))
                if one != other { return (one < other) != isDescending }
            } else {
                let (one, other) = (value(ItemRef(raw: left), key), value(ItemRef(raw: right), key))
                if one != other { return (one < other) != isDescending }
            }
        }
        return left < right
    }

    /// The name an item is sorted by.
    func text(_ item: ItemRef) -> String {
        switch item.kind {
        case .folder: JellyfinFolder.all[item.index].name.lowercased()
        case .boxSet: TitleName.sortName(boxSetName(item.index))
        case .season: "season \(season(of: item).number)"
        case .episode: "episode \(value(item, .indexNumber))"
        case .title, .copy: TitleName.sortName(view.title(titleNumber(of: item) ?? 0).name)
        case .flow: flowItem(item).map { TitleName.sortName(flowName($0)) } ?? ""
        }
    }

    // The whole name, for a search; an episode's is invented when shown and not searched.
    private func name(_ item: ItemRef) -> String {
        guard item.kind == .title || item.kind == .copy, let number = titleNumber(of: item) else { return text(item) }
        return view.title(number).name.lowercased()
    }

    /// The name of a box set: its first film's, called a collection.
    func boxSetName(_ index: Int) -> String {
        view.library.title(index * Self.filmsPerBoxSet).name + " Collection"
    }

    private func value(_ item: ItemRef, _ key: SortKey) -> Int64 {
        if let flow = flowItem(item) { return flowValue(flow, key) }
        guard let number = titleNumber(of: item) else { return Int64(item.index) }
        let title = view.title(number)
        switch key {
        case .dateCreated, .dateLastContentAdded: return created(item, title)
        case .premiereDate: return title.premiere
        case .productionYear: return Int64(title.year)
        case .runtime: return title.runtime
        case .random: return Int64(view.dice.roll(Int(item.raw), .shuffle) >> 1)
        case .parentIndexNumber: return item.kind == .episode ? Int64(episode(item).season) : 0
        case .indexNumber:
            return item.kind == .episode ? Int64(episode(item).number) : Int64(season(of: item).number)
        case .sortName, .name: return 0
        }
    }

    /// When an item's file was made; episodes come an hour apart.
    func created(_ item: ItemRef, _ title: Title) -> Int64 {
        let base = title.created(copy: item.kind == .copy)
        guard item.kind == .episode else { return base }
        return base + Int64(episode(item).place) * 3_600 * Ticks.perSecond
    }

    /// Where an episode stands: its series' ordinal, its place there, season and number.
    func episode(_ item: ItemRef) -> (series: Int, place: Int, season: Int, number: Int) {
        let (series, place) = Library.owner(of: item.index, in: view.library.episodeStarts)
        let numbers = view.library.seasons(ofSeries: series).numbers(at: place)
        return (series, place, numbers.season, numbers.episode)
    }

    /// Whether an item passes the filters on values.
    func passes(_ item: ItemRef, _ title: Title?, _ selection: Selection) -> Bool {
        if let search = selection.search, !name(item).contains(search) { return false }
        if let flow = flowItem(item) { return flowPasses(flow, selection) }
        guard let title else {
            return selection.hasTmdb != true && selection.hasImdb != true && selection.hasTvdb != true
        }
        let isTitle = item.kind == .title || item.kind == .copy
        let known = isTitle ? ProviderIDs.jellyfin(title, view.overrides[title.number]) : []
        func has(_ provider: String) -> Bool {
            known.contains { $0.key.lowercased() == provider && !$0.value.isEmpty }
        }
        if let wanted = selection.hasTmdb, has("tmdb") != wanted { return false }
        if let wanted = selection.hasImdb, has("imdb") != wanted { return false }
        if let wanted = selection.hasTvdb, has("tvdb") != wanted { return false }
        if let wanted = selection.isMissing {
            let isMissing =
                item.kind == .episode
                && Self.isMissing(
                    title, place: episode(item).place, layout: view.library.seasons(ofSeries: title.ordinal))
            if isMissing != wanted { return false }
        }
        if let since = selection.savedSince { return saved(item, title) >= since }
        return true
    }

    /// When Jellyfin last saved an item: an hour after it came, or when a test changed its title (2026 on).
    func saved(_ item: ItemRef, _ title: Title) -> Int64 {
        if view.overrides[title.number] != nil { return Ticks.day(year: 2026, month: 1, day: 1) }
        return created(item, title) + 3_600 * Ticks.perSecond
    }
}

extension SortKey {
    fileprivate var isText: Bool { self == .sortName || self == .name }
}
