import Media
import Store

extension DeletionPlanner {
    /// Every Radarr, or every Sonarr, that holds the copy that goes.
    func planArrs(into item: inout DeletionItem) {
        for arr in facts.arrs where !staysOut(arr) {
            if let why = arr.entries.failure {
                item.steps.append(PlannedStep(arr.service, arr.instance, status: .failed, error: why))
                continue
            }
            if (arr.entries.value ?? []).isEmpty {
                item.steps.append(PlannedStep(arr.service, arr.instance, status: .notNeeded, details: "Not there"))
                continue
            }
            guard let entry = arr.entry(for: facts.asked), let native = native(of: entry) else {
                refuse(&item, arr)
                continue
            }
            switch coverage {
            case .whole: planTitle(entry, native, arr, into: &item)
            case .part(let scope): planPart(scope, of: entry, native, arr, into: &item)
            }
        }
    }

    /// Whether the instance keeps the other copy.
    private func staysOut(_ arr: ArrFacts) -> Bool {
        guard let own = facts.asked.row.variant, let its = arr.variant else { return false }
        return own != its
    }

    private func native(of entry: ArrEntry) -> Int64? { entry.type == .movie ? entry.tmdb : entry.tvdb }

    private func refuse(_ item: inout DeletionItem, _ arr: ArrFacts) {
        let names = (arr.entries.value ?? []).map { "\($0.title) (\($0.id))" }.joined(separator: ", ")
        let why = "\(arr.service.displayName) has more than one title of this number: \(names)."
        item.refusal = DeletionWarning("ambiguous_target", why + " Remove one there first.")
        item.steps.append(PlannedStep(arr.service, arr.instance, status: .failed, error: why))
    }

    private func planTitle(_ entry: ArrEntry, _ native: Int64, _ arr: ArrFacts, into item: inout DeletionItem) {
        var work = ArrWork(
            id: entry.id.value, native: native, path: entry.path, withFiles: options.deletesFiles,
            excluding: options.addsExclusion, entry: entry.json)
        var details: String?
        if options.deletesFiles {
            if let size = entry.size { item.bytes = (item.bytes ?? 0) + size }
            switch arr.overlaps {
            case .unknown(let why):
                item.steps.append(PlannedStep(arr.service, arr.instance, status: .failed, error: why))
                return
            case .known(let overlaps) where !overlaps.isEmpty:
                guard let files = arr.files.value else {
                    item.steps.append(
                        PlannedStep(arr.service, arr.instance, status: .failed, error: arr.files.failure))
                    return
                }
                let others = Set(overlaps.flatMap(\.files))
                let own = files.filter { $0.path.map { !others.contains($0) } ?? false }
                work.withFiles = false
                work.filesFirst = own.map(\.id.value)
                let names = overlaps.map(\.title).joined(separator: ", ")
                details = "Files one by one: the folder is shared with \(names)"
                item.warnings.append(
                    DeletionWarning(
                        "folder_shared",
                        "\(arr.service.displayName) keeps the files of \(names) in the same folder: only this title's own "
                            + "files go, one by one"
                            + (own.count < files.count ? "; \(files.count - own.count) used by both stay." : ".")))
            case .known: break
            }
        }
        item.steps.append(
            PlannedStep(
                arr.service, arr.instance, "\(entry.type == .movie ? "movie" : "series"):\(entry.id)",
                name: entry.path ?? entry.title, status: .pending, details: details, work: .title(work)))
    }

    private func planPart(
        _ scope: DeletionScope, of entry: ArrEntry, _ native: Int64, _ arr: ArrFacts, into item: inout DeletionItem
    ) {
        guard let episodes = arr.episodes.value, let files = arr.files.value else {
            let why = arr.episodes.failure ?? arr.files.failure
            item.steps.append(PlannedStep(arr.service, arr.instance, status: .failed, error: why))
            return
        }
        let covered = episodes.filter { scope.contains($0.number) }
        let watched = covered.filter { $0.monitored != false }.compactMap(\.sonarrID)
        var going: [ArrFile] = []
        var shared: [ArrFile] = []
        for file in files where file.units.contains(where: scope.contains) {
            if file.units.allSatisfy(scope.contains) { going.append(file) } else { shared.append(file) }
        }
        if !options.deletesFiles { going = [] }
        if options.deletesFiles && !shared.isEmpty {
            item.warnings.append(
                DeletionWarning(
                    "file_shared", "\(shared.count) files hold episodes that stay, too: they are kept."))
        }
        for file in going { if let size = file.size { item.bytes = (item.bytes ?? 0) + size } }
        if watched.isEmpty && going.isEmpty && scope.seasons.isEmpty {
            item.steps.append(
                PlannedStep(arr.service, arr.instance, status: .notNeeded, details: "Nothing of it there"))
            return
        }
        let work = SeriesPartWork(
            id: entry.id.value, native: native, seasons: scope.seasons, episodes: watched,
            files: going.map(\.id.value))
        item.steps.append(
            PlannedStep(
                arr.service, arr.instance, "series:\(entry.id):part", name: entry.path ?? entry.title, status: .pending,
                details: "\(going.count) files, \(watched.count) episodes unmonitored", work: .part(work)))
    }
}
