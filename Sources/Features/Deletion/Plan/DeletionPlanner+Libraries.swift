import Media
import Store

extension DeletionPlanner {
    /// Shoko has to do with anime only, and with what it has a record of.
    func planShoko(into item: inout DeletionItem) {
        let stored = Array(Set(rows.flatMap(\.shokoFiles))).sorted()
        guard facts.asked.row.isAnime == true || !stored.isEmpty else { return }
        for shoko in facts.shoko {
            if mode == .disabled {
                item.steps.append(
                    PlannedStep(.shoko, shoko.instance, status: stored.isEmpty ? .notNeeded : .pending))
                continue
            }
            if !options.deletesFiles {
                item.steps.append(PlannedStep(.shoko, shoko.instance, status: .skipped, details: "Files retained"))
                continue
            }
            guard let files = shoko.files.value else {
                item.steps.append(
                    PlannedStep(.shoko, shoko.instance, status: .failed, error: shoko.files.failure))
                continue
            }
            if files.isEmpty {
                item.steps.append(PlannedStep(.shoko, shoko.instance, status: .notNeeded, details: "No record of it"))
                continue
            }
            item.steps.append(
                PlannedStep(
                    .shoko, shoko.instance, "files", name: files.first?.locations.first?.relativePath, status: .pending,
                    details: "\(files.count) records", work: .records(ShokoWork(files: files.map(\.id).sorted()))))
        }
    }

    /// All items of the medium; of a pair only those of the copy that goes.
    func planJellyfin(into item: inout DeletionItem) {
        guard let jellyfin = facts.jellyfin else { return }
        let instance = jellyfin.instance
        if mode == .disabled {
            let isKnown = rows.contains { !$0.items.isEmpty }
            item.steps.append(PlannedStep(.jellyfin, instance, status: isKnown ? .pending : .notNeeded))
            return
        }
        if !options.deletesFiles {
            item.steps.append(PlannedStep(.jellyfin, instance, status: .skipped, details: "Files retained"))
            return
        }
        guard let items = jellyfin.items.value else {
            item.steps.append(PlannedStep(.jellyfin, instance, status: .failed, error: jellyfin.items.failure))
            return
        }
        if case .part(let scope) = coverage {
            planEpisodes(scope, jellyfin, into: &item)
            return
        }
        let going = items.compactMap { goingPart(of: $0) }
        if going.isEmpty {
            item.steps.append(PlannedStep(.jellyfin, instance, status: .notNeeded, details: "Not listed"))
            return
        }
        item.steps.append(
            PlannedStep(
                .jellyfin, instance, "items", name: items.first?.title, status: .pending,
                details: going.count == 1 ? "1 item" : "\(going.count) items",
                work: .items(JellyfinWork(items: going.sorted { $0.id < $1.id }))))
    }

    private func planEpisodes(_ scope: DeletionScope, _ jellyfin: JellyfinFacts, into item: inout DeletionItem) {
        guard let episodes = jellyfin.episodes.value else {
            item.steps.append(
                PlannedStep(.jellyfin, jellyfin.instance, status: .failed, error: jellyfin.episodes.failure))
            return
        }
        // An item of several episodes goes only with all of them, as its file does.
        let going = episodes.filter { episode in
            guard let unit = episode.unit, episode.isPlayable else { return false }
            let last = max(episode.lastEpisode ?? unit.episode, unit.episode)
            return (unit.episode...last).allSatisfy { scope.contains(UnitNumber(unit.season, $0)) }
        }.map { JellyfinWork.Item(id: $0.id.text, path: $0.path) }
        if going.isEmpty {
            item.steps.append(PlannedStep(.jellyfin, jellyfin.instance, status: .notNeeded, details: "Not listed"))
            return
        }
        item.steps.append(
            PlannedStep(
                .jellyfin, jellyfin.instance, "items", name: facts.asked.row.title, status: .pending,
                details: "\(going.count) episodes",
                work: .items(JellyfinWork(items: going.sorted { $0.id < $1.id }))))
    }

    /// From 2,600 pixels on a video counts as 4K: below are 1080p and odd wide formats of it.
    private static let widthOf4K: Int64 = 2_600

    /// What of an item goes; nil for nothing of it.
    private func goingPart(of item: ItemHolding) -> JellyfinWork.Item? {
        var work = JellyfinWork.Item(id: item.id.text, path: item.path)
        guard facts.isPair, let variant = facts.asked.row.variant, !item.sources.isEmpty else { return work }
        let fitting = item.sources.filter { source in
            guard let width = source.width else { return true }
            return (width >= Self.widthOf4K) == (variant == .uhd)
        }
        if fitting.isEmpty { return nil }
        if fitting.count < item.sources.count {
            work.sources = fitting.compactMap { $0.path ?? $0.id }.sorted()
        }
        return work
    }
}
