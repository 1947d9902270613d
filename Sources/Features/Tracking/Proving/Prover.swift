import Media

/// Which of some items prove a film or its episodes: pure (tracking.md §5).
struct Prover {
    /// What an item proves of one unit; nil stands for the film.
    struct Verdict: Sendable, Hashable {
        var unit: UnitNumber?
        var item: JellyfinItemID
        var isUncertain: Bool
        /// The item has nothing to play: its name.
        var stub: String?
    }

    let sought: Sought
    /// Whether instances of this installation are told apart by quality.
    var tellsVariants = false
    var commonPath: (String) -> String = { $0 }

    /// The film's verdict from all candidates, or nil when none is it.
    func film(among items: [ItemReading]) -> Verdict? {
        let movies = items.filter { $0.kind == .movie }
        let exact = movies.filter(hasItsIDs)
        let chosen =
            best(exact) ?? best(items.filter { $0.kind != .series && liesAt(nil, $0) })
            ?? best(items.filter { $0.kind != .series && isShokoFile(nil, $0) })
        if let chosen { return verdict(nil, chosen, isUncertain: !fitsVariant(chosen)) }
        guard sought.isAnime, let year = sought.year else { return nil }
        // One candidate of equal title and year, or none: nothing is guessed.
        let named = items.filter { $0.kind != .series && $0.year == year && hasItsTitle($0) }
        guard named.count == 1, let only = named.first else { return nil }
        return verdict(nil, only, isUncertain: true)
    }

    /// The series items of a show, by exact id, else by title and year.
    func series(among items: [ItemReading]) -> (items: [ItemReading], isExact: Bool) {
        let shows = items.filter { $0.kind == .series }
        let exact = shows.filter(hasItsIDs)
        if !exact.isEmpty { return (exact, true) }
        let named = shows.filter { hasItsTitle($0) && ($0.year == nil || sought.year == nil || $0.year == sought.year) }
        return (named.count == 1 ? named : [], false)
    }

    /// What the episodes of its series, and items found by path or id, prove of each episode.
    func episodes(among items: [ItemReading], seriesIsExact: Bool) -> [Verdict] {
        let candidates = items.filter { $0.kind == .episode }
        return sought.episodes.compactMap { episode in
            let number = episode.number
            let byID = candidates.filter { $0.tvdb != nil && $0.tvdb == episode.tvdb }
            if let found = best(byID) ?? best(candidates.filter { liesAt(number, $0) })
                ?? best(candidates.filter { isShokoFile(number, $0) })
            {
                return verdict(number, found, isUncertain: !fitsVariant(found))
            }
            let numbered = candidates.filter { item in
                guard let unit = item.unit, unit.season == number.season else { return false }
                return unit.episode <= number.episode && number.episode <= (item.lastEpisode ?? unit.episode)
            }
            guard let found = best(numbered) else { return nil }
            return verdict(number, found, isUncertain: !seriesIsExact || sought.isAnime || !fitsVariant(found))
        }
    }

    // MARK: Rules

    /// Whether an id is the same and none contradicts it: an item that points at two media proves neither.
    private func hasItsIDs(_ item: ItemReading) -> Bool {
        let pairs: [(Bool?)] = [
            same(item.tmdb, sought.tmdb), item.kind == .series ? same(item.tvdb, sought.tvdb) : nil,
            same(item.imdb?.lowercased(), sought.imdb),
        ]
        let compared = pairs.compactMap(\.self)
        return compared.contains(true) && !compared.contains(false)
    }

    private func same<ID: Equatable>(_ a: ID?, _ b: ID?) -> Bool? {
        guard let a, let b else { return nil }
        return a == b
    }

    private func liesAt(_ unit: UnitNumber?, _ item: ItemReading) -> Bool {
        guard let path = item.path, let wanted = sought.paths[unit] else { return false }
        return wanted.contains(PathKey.normal(commonPath(path)))
    }

    private func isShokoFile(_ unit: UnitNumber?, _ item: ItemReading) -> Bool {
        guard let file = item.shokoFile, let wanted = sought.shokoFiles[unit] else { return false }
        return wanted.contains(file)
    }

    private func hasItsTitle(_ item: ItemReading) -> Bool {
        let wanted = Set([sought.title, sought.originalTitle].compactMap(\.self).map { TitleKey.fold($0) })
        return [item.title, item.originalTitle].compactMap(\.self).contains { wanted.contains(TitleKey.fold($0)) }
    }

    /// Playable before stub, the fitting quality first, then the lowest id, so that the choice is stable.
    private func best(_ items: [ItemReading]) -> ItemReading? {
        items.min { a, b in
            if a.isPlayable != b.isPlayable { return a.isPlayable }
            if fitsVariant(a) != fitsVariant(b) { return fitsVariant(a) }
            return a.id.text < b.id.text
        }
    }

    /// 4K is at least 3,200 pixels wide; the instance's own file settles it before the picture does.
    private func fitsVariant(_ item: ItemReading) -> Bool {
        guard tellsVariants, let variant = sought.variant else { return true }
        if let path = item.path, sought.paths.values.contains(where: { $0.contains(PathKey.normal(commonPath(path))) })
        {
            return true
        }
        guard let width = item.width else { return false }
        return (width >= 3_200) == (variant == .uhd)
    }

    private func verdict(_ unit: UnitNumber?, _ item: ItemReading, isUncertain: Bool) -> Verdict {
        Verdict(unit: unit, item: item.id, isUncertain: isUncertain, stub: item.isPlayable ? nil : item.title)
    }
}
