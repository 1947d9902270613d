extension JellyfinCatalogue {
    /// The items of a selection in its order, as raw references.
    func items(_ selection: Selection) -> [UInt32] {
        view.world.selections.items(selection, revision: view.revision) {
            sorted(collapsed(gathered(selection), selection), by: selection)
        }
    }

    private func gathered(_ selection: Selection) -> [UInt32] {
        var found: [UInt32] = []
        func take(_ item: ItemRef, _ title: Title?) {
            if !selection.filters || passes(item, title, selection) { found.append(item.raw) }
        }
        switch selection.scope {
        case .nothing: break
        case .root: for index in 0..<JellyfinFolder.count(plan) { found.append(ItemRef(.folder, index).raw) }
        case .everything: everything(selection.kinds, take)
        case .under(let parent, let isRecursive): children(of: parent, isRecursive, selection.kinds, take)
        }
        return found
    }

    private typealias Take = (ItemRef, Title?) -> Void

    private func everything(_ kinds: ItemKinds, _ take: Take) {
        if !kinds.isDisjoint(with: [.movie, .series, .season, .episode]) {
            titles(kinds) { title in inside(title, kinds, take) }
        }
        if kinds.contains(.boxSet) { for index in 0..<boxSetCount { take(ItemRef(.boxSet, index), nil) } }
        if kinds.contains(.folder) {
            for index in 0..<JellyfinFolder.count(plan) { take(ItemRef(.folder, index), nil) }
        }
        flowItems(kinds) { take($0, nil) }
    }

    /// Calls back for every title Jellyfin holds that can contribute one of `kinds`.
    private func titles(_ kinds: ItemKinds, _ each: (Title) -> Void) {
        let films = plan.size.films
        let first = kinds.contains(.movie) ? 0 : films
        let end = kinds.isDisjoint(with: [.series, .season, .episode]) ? films : view.library.titleCount
        for number in first..<max(first, end) {
            let title = view.title(number)
            if view.lists(title, in: "jellyfin") { each(title) }
        }
    }

    /// A title's own items and, of a series, its seasons and episodes.
    private func inside(_ title: Title, _ kinds: ItemKinds, _ take: Take) {
        if kinds.contains(title.kind == .movie ? .movie : .series) {
            for item in items(of: title) { take(item, title) }
        }
        guard title.kind == .series else { return }
        if kinds.contains(.season) { seasons(title, take) }
        if kinds.contains(.episode) { episodes(title, season: nil, take) }
    }

    private func seasons(_ title: Title, _ take: Take) {
        let starts = view.library.seasonStarts
        for index in starts[title.ordinal]..<starts[title.ordinal + 1] { take(ItemRef(.season, Int(index)), title) }
    }

    private func episodes(_ title: Title, season: Int?, _ take: Take) {
        let start = Int(view.library.episodeStarts[title.ordinal])
        let layout = view.library.seasons(ofSeries: title.ordinal)
        let places = season.map { layout.places(ofSeason: $0) } ?? 0..<layout.episodes
        for place in places { take(ItemRef(.episode, start + place), title) }
    }

    private func children(of parent: ItemRef, _ isRecursive: Bool, _ kinds: ItemKinds, _ take: Take) {
        switch parent.kind {
        case .folder: inFolder(parent.index, isRecursive, kinds, take)
        case .boxSet:
            let first = parent.index * Self.filmsPerBoxSet
            for number in first..<min(first + 3, plan.size.films) where kinds.contains(.movie) {
                let title = view.title(number)
                if view.lists(title, in: "jellyfin") { take(ItemRef(.title, number), title) }
            }
        case .title, .copy:
            guard let number = titleNumber(of: parent), number >= plan.size.films else { return }
            let title = view.title(number)
            if kinds.contains(.season) { seasons(title, take) }
            if kinds.contains(.episode) && isRecursive { episodes(title, season: nil, take) }
        case .season:
            guard let number = titleNumber(of: parent), kinds.contains(.episode) else { return }
            episodes(view.title(number), season: season(of: parent).number, take)
        case .episode: break
        case .flow: flowChildren(of: parent, isRecursive, kinds) { take($0, nil) }
        }
    }

    private func inFolder(_ folder: Int, _ isRecursive: Bool, _ kinds: ItemKinds, _ take: Take) {
        if folder == JellyfinFolder.collections {
            if kinds.contains(.boxSet) { for index in 0..<boxSetCount { take(ItemRef(.boxSet, index), nil) } }
            return
        }
        titles(kinds) { title in
            for item in items(of: title)
            where JellyfinFolder.place(of: title, copy: item.kind == .copy).folder == folder {
                if kinds.contains(title.kind == .movie ? .movie : .series) { take(item, title) }
                guard isRecursive, item.kind == .title, title.kind == .series else { continue }
                inside(title, kinds.intersection([.season, .episode]), take)
            }
        }
        flowItems(kinds, inFolder: folder, isRecursive) { take($0, nil) }
    }

    /// The season an item is: the title's number and the season's.
    func season(of item: ItemRef) -> (series: Int, number: Int) {
        let (series, place) = Library.owner(of: item.index, in: view.library.seasonStarts)
        return (series, view.library.seasons(ofSeries: series).seasons.lowerBound + place)
    }
}
