import Dashboard
import Synchronization

/// What open pages show of episodes, so that a patch holds the blocks that changed and no others.
///
/// It may remember too little, never too much: what it does not know for certain is sent.
final class EpisodeMemory: Sendable {
    /// Fingerprints by element id.
    typealias Fingerprints = [String: Int]

    private static let unsure = Int.min
    private let shown = Mutex<[Page: Fingerprints]>([:])

    /// Pages that are patched together.
    struct Page: Hashable, Sendable {
        var request: Int64
        var theme: PageContext.Theme
        var language: String

        init(_ request: Int64, _ context: PageContext) {
            self.request = request
            theme = context.theme
            language = context.strings.language
        }
    }

    /// Notes what a page was given.
    func note(_ page: Page, _ fresh: Fingerprints) {
        shown.withLock { shown in
            guard var held = shown[page] else {
                // Open pages are few; forgetting them all costs one larger patch each.
                if shown.count >= 64 { shown.removeAll() }
                shown[page] = fresh
                return
            }
            for (id, print) in fresh where held[id] != print { held[id] = Self.unsure }
            shown[page] = held
        }
    }

    /// The elements that differ from what was last shown; nil when nothing is remembered.
    func changes(_ page: Page, _ fresh: Fingerprints) -> Set<String>? {
        shown.withLock { shown in
            let held = shown.updateValue(fresh, forKey: page)
            return held.map { held in Set(fresh.filter { held[$0.key] != $0.value }.keys) }
        }
    }
}

extension EpisodeGrid.Model {
    /// A fingerprint of every part that is patched on its own.
    var fingerprints: EpisodeMemory.Fingerprints {
        var prints: EpisodeMemory.Fingerprints = [:]
        var whole = Hasher()
        for season in seasons { whole.combine(season.number) }
        for extra in notRequested {
            whole.combine(extra.season)
            extra.episode.combine(into: &whole)
        }
        prints[EpisodeGrid.elementID] = whole.finalize()
        for season in seasons {
            prints[SeasonGrid.headID(season.number)] = [season.available, season.aired].hashValue
            prints[SeasonGrid.packsID(season.number)] = season.packs.map(\.fingerprint).hashValue
            let episodes = season.episodes ?? []
            for start in stride(from: 0, to: episodes.count, by: SeasonGrid.blockSize) {
                let block = episodes[start..<min(start + SeasonGrid.blockSize, episodes.count)]
                var hasher = Hasher()
                for episode in block { episode.combine(into: &hasher) }
                for pack in season.packs { hasher.combine([pack.first, pack.last]) }
                prints[SeasonGrid.blockID(season.number, start)] = hasher.finalize()
            }
        }
        return prints
    }
}

extension SeasonGrid.Pack {
    fileprivate var fingerprint: [Int64] {
        [
            first, last, transfer?.bytesTotal ?? 0, transfer?.percent.map { Int64($0) } ?? -1,
            Int64(release?.hashValue ?? 0),
        ]
    }
}

extension EpisodeSquare.Model {
    fileprivate func combine(into hasher: inout Hasher) {
        hasher.combine(number)
        hasher.combine(title)
        hasher.combine(stage)
        hasher.combine(isUnaired)
        hasher.combine(airsAt)
        hasher.combine(percent)
        hasher.combine(file)
        hasher.combine(reason)
    }
}
