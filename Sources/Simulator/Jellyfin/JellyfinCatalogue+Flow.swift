// The items of requested titles, beside those of the library.
extension JellyfinCatalogue {
    /// The item of a requested title behind a reference; nil for every other item.
    func flowItem(_ item: ItemRef) -> FlowItem? {
        guard item.kind == .flow, view.flow.items.indices.contains(item.index) else { return nil }
        return view.flow.items[item.index]
    }

    static func itemKinds(_ kind: FlowItem.Kind) -> ItemKinds {
        switch kind {
        case .film: .movie
        case .series: .series
        case .season: .season
        case .episode: .episode
        }
    }

    /// Every flow item of these kinds.
    func flowItems(_ kinds: ItemKinds, _ take: (ItemRef) -> Void) {
        for item in view.flow.items where !item.isGone && kinds.contains(Self.itemKinds(item.kind)) {
            take(ItemRef(.flow, item.slot))
        }
    }

    /// The flow items of a library.
    func flowItems(_ kinds: ItemKinds, inFolder folder: Int, _ isRecursive: Bool, _ take: (ItemRef) -> Void) {
        for item in view.flow.items where !item.isGone && kinds.contains(Self.itemKinds(item.kind)) {
            guard isRecursive || item.kind == .film || item.kind == .series else { continue }
            if self.folder(of: item) == folder { take(ItemRef(.flow, item.slot)) }
        }
    }

    /// The library an item is in.
    func folder(of item: FlowItem) -> Int {
        let title = view.flow.title(item.title)
        if title.isFilm {
            return item.path.hasPrefix("/media/movies-4k/") && !plan.isPlain
                ? JellyfinFolder.movies4K : JellyfinFolder.movies
        }
        return title.isAnime && !plan.isPlain ? JellyfinFolder.anime : JellyfinFolder.shows
    }

    /// What a series or a season holds.
    func flowChildren(of parent: ItemRef, _ isRecursive: Bool, _ kinds: ItemKinds, _ take: (ItemRef) -> Void) {
        guard let above = flowItem(parent) else { return }
        for item in view.flow.items where !item.isGone && kinds.contains(Self.itemKinds(item.kind)) {
            let isChild = item.kind == .episode ? item.seasonSlot == above.slot : item.series == above.slot
            let isBelow = item.kind == .episode && item.series == above.slot && isRecursive
            if isChild || isBelow { take(ItemRef(.flow, item.slot)) }
        }
    }

    func flowName(_ item: FlowItem) -> String {
        let title = view.flow.title(item.title)
        switch item.kind {
        case .film, .series: return title.name
        case .season: return item.season == 0 ? "Specials" : "Season \(item.season)"
        case .episode: return title.episodes[item.unit].name
        }
    }

    func flowValue(_ item: FlowItem, _ key: SortKey) -> Int64 {
        let title = view.flow.title(item.title)
        switch key {
        case .dateCreated, .dateLastContentAdded: return item.created
        case .premiereDate, .productionYear: return Int64(title.year)
        case .runtime: return Int64(title.runtimeMinutes)
        case .random: return Int64(view.dice.roll(item.slot, .shuffle) >> 1)
        case .parentIndexNumber: return Int64(item.season)
        case .indexNumber:
            return Int64(item.kind == .episode ? title.episodes[item.unit].number : item.season)
        case .sortName, .name: return 0
        }
    }

    func flowPasses(_ item: FlowItem, _ selection: Selection) -> Bool {
        let ids = view.flow.providerIDs(of: item)
        func has(_ provider: String) -> Bool { ids.contains { $0.key.lowercased() == provider } }
        if let wanted = selection.hasTmdb, has("tmdb") != wanted { return false }
        if let wanted = selection.hasImdb, has("imdb") != wanted { return false }
        if let wanted = selection.hasTvdb, has("tvdb") != wanted { return false }
        if let wanted = selection.isMissing, item.isVirtual != wanted { return false }
        if let since = selection.savedSince { return item.saved.map { $0 >= since } ?? false }
        return true
    }
}
