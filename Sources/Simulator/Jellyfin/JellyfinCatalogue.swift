/// Which items Jellyfin holds, seen from a moment of the world.
struct JellyfinCatalogue: Sendable {
    let view: WorldView
    let ids: ItemIDs

    /// One film in forty begins a box set of up to three neighbours.
    static let filmsPerBoxSet = 40

    init(_ view: WorldView) {
        self.view = view
        ids = ItemIDs(dice: view.dice)
    }

    var plan: LibraryPlan { view.library.plan }

    var boxSetCount: Int {
        plan.isPlain ? 0 : (plan.size.films + Self.filmsPerBoxSet - 1) / Self.filmsPerBoxSet
    }

    /// The box set a film is in.
    func boxSet(ofFilm number: Int) -> Int? {
        number % Self.filmsPerBoxSet < 3 && !plan.isPlain ? number / Self.filmsPerBoxSet : nil
    }

    /// The number of the title an item shows or belongs to; nil for box sets and libraries.
    func titleNumber(of item: ItemRef) -> Int? {
        let library = view.library
        switch item.kind {
        case .title: return item.index
        case .copy: return Int(library.copies[item.index])
        case .season: return plan.size.films + Library.owner(of: item.index, in: library.seasonStarts).series
        case .episode: return plan.size.films + Library.owner(of: item.index, in: library.episodeStarts).series
        case .boxSet, .folder, .flow: return nil
        }
    }

    /// The id an item has now.
    func id(_ item: ItemRef) -> String {
        ids.text(item, generation: titleNumber(of: item).map { view.generation($0) } ?? 0)
    }

    /// The item with this id, if it exists and the id is its present one.
    func item(_ id: some StringProtocol) -> ItemRef? {
        guard let (item, generation) = ids.item(id), exists(item) else { return nil }
        return generation == (titleNumber(of: item).map { view.generation($0) } ?? 0) ? item : nil
    }

    private func exists(_ item: ItemRef) -> Bool {
        if item.kind == .flow { return flowItem(item).map { !$0.isGone } ?? false }
        let library = view.library
        let bound =
            switch item.kind {
            case .title: library.titleCount
            case .copy: library.copies.count
            case .season: Int(library.seasonStarts.last ?? 0)
            case .episode: Int(library.episodeStarts.last ?? 0)
            case .boxSet: boxSetCount
            case .folder: JellyfinFolder.count(plan)
            case .flow: 0
            }
        guard item.index < bound else { return false }
        guard let number = titleNumber(of: item) else { return true }
        return view.lists(view.title(number), in: "jellyfin")
    }

    /// The items of a title itself: none, one, or two.
    func items(of title: Title) -> [ItemRef] {
        guard view.lists(title, in: "jellyfin") else { return [] }
        let copy = copyIndex(of: title.number).map { [ItemRef(.copy, $0)] } ?? []
        return [ItemRef(.title, title.number)] + copy
    }

    private func copyIndex(of number: Int) -> Int? {
        let copies = view.library.copies
        var low = 0
        var high = copies.count
        while low < high {
            let middle = (low + high) / 2
            if Int(copies[middle]) < number { low = middle + 1 } else { high = middle }
        }
        return low < copies.count && Int(copies[low]) == number ? low : nil
    }

    /// Whether this episode is one the library lacks: Jellyfin shows it as a Virtual item.
    static func isMissing(_ title: Title, place: Int, layout: SeasonLayout) -> Bool {
        title.odd.contains(.missingEpisode) && place == layout.lastPlace
    }
}
