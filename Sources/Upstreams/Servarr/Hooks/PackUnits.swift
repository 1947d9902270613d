import Media

/// Tells which of an import's episodes each of its files holds.
///
/// Sonarr's list of files and its list of episodes are in no common order (upstreams.md §2.2), so names decide.
struct PackUnits {
    private let episodes: [HookEpisode]

    init(_ episodes: [HookEpisode]) { self.episodes = episodes }

    /// The episodes of each file; `files` holds each one's names, the most trustworthy first.
    ///
    /// A single file has all that are listed. Of several, one that names none gets those no other one names.
    func units(of files: [[String]]) -> [[HookEpisode]] {
        if files.count == 1, !episodes.isEmpty { return [episodes] }
        var found = files.map(named)
        let silent = found.indices.filter { found[$0].isEmpty }
        if silent.count == 1, let file = silent.first {
            let taken = Set(found.joined().map(\.reading.number))
            found[file] = episodes.filter { !taken.contains($0.reading.number) }
        }
        return found
    }

    private func named(_ names: [String]) -> [HookEpisode] {
        if episodes.isEmpty {
            return names.lazy.map { ReleaseNames.units(in: $0) }.first { !$0.isEmpty }?.map { HookEpisode($0) } ?? []
        }
        for name in names {
            let units = ReleaseNames.units(in: name)
            let listed = episodes.filter { units.contains($0.reading.number) }
            if !listed.isEmpty { return listed }
        }
        return names.lazy.map(airing).first { !$0.isEmpty } ?? []
    }

    /// Daily shows: the day of the episode, with any separator.
    private func airing(_ name: String) -> [HookEpisode] {
        let digits = String(name.map { $0.isNumber ? $0 : "-" })
        return episodes.filter { episode in episode.day.map { $0.count == 10 && digits.contains($0) } ?? false }
    }
}
