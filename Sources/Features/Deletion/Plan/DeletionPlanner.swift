import Media
import Store

/// Makes a plan of facts: pure, so that the same facts always give the same plan.
struct DeletionPlanner {
    /// Whether and how the services are reached.
    enum Mode: Sendable, Hashable {
        case full
        /// `ENABLE_DELETION_SYNC=false`: no service is called.
        case disabled
        /// Made elsewhere: the origin has done its part; others are only recorded, unless it is propagated.
        case external(origin: DeletionService, propagates: Bool)
    }

    let facts: MediumFacts
    let options: DeletionOptions
    let mode: Mode
    let coverage: Coverage
    let rows: [RowFacts]
    /// A path in the terms that all services share: path, service, instance.
    let commonPath: @Sendable (String, String, String) -> String

    init(
        _ facts: MediumFacts, _ options: DeletionOptions, _ mode: Mode,
        commonPath: @escaping @Sendable (String, String, String) -> String = { path, _, _ in path }
    ) {
        self.facts = facts
        self.options = options
        self.mode = mode
        self.commonPath = commonPath
        coverage = facts.coverage(options)
        rows = facts.rows(coverage)
    }

    func item() -> DeletionItem {
        var item = DeletionItem(subject: subject, steps: [])
        item.endsRows = options.scope == nil
        item.isWhole = coverage == .whole
        planTorrents(into: &item)
        planArrs(into: &item)
        planShoko(into: &item)
        planJellyfin(into: &item)
        planSeerr(into: &item)
        item.steps = item.steps.map(narrowed)
        for service in DeletionService.allCases where !item.steps.contains(where: { $0.service == service }) {
            item.steps.append(PlannedStep(service, nil, status: .notApplicable))
        }
        item.steps.sort { order($0) < order($1) }
        item.undo = outlook(of: item)
        return item
    }

    /// In the order of the calls; of Seerr the requests come before the record that holds them.
    private func order(_ step: PlannedStep) -> (Int, String, Int, String) {
        var rank = 0
        if case .media? = step.work { rank = 1 }
        return (DeletionService.allCases.firstIndex(of: step.service) ?? 0, step.instance ?? "", rank, step.target)
    }

    /// What the mode leaves of a step that would be called.
    private func narrowed(_ step: PlannedStep) -> PlannedStep {
        var step = step
        // Absent there, of course: that is where it was deleted.
        if case .external(let origin, _) = mode, step.service == origin, step.status == .notNeeded {
            step.status = .skipped
            step.details = "Origin of the deletion"
        }
        guard step.status == .pending else { return step }
        switch mode {
        case .full: return step
        case .disabled: step.details = DeletionLog.syncDisabled
        case .external(let origin, let propagates):
            if step.service == origin {
                step.details = "Origin of the deletion"
            } else if propagates {
                return step
            } else {
                step.details = DeletionLog.recordedOnly
            }
        }
        step.status = .skipped
        return step
    }

    private var subject: DeletionSubject {
        let row = facts.asked.row
        var subject = DeletionSubject(
            requests: rows.map(\.row.id), title: row.title, mediaType: row.mediaType.rawValue)
        subject.year = row.year ?? Self.year(in: row.title)
        subject.variant = row.variant?.rawValue
        subject.isAnime = row.isAnime
        subject.posterURL = row.posterURL
        subject.tmdb = row.tmdb
        subject.tvdb = row.tvdb
        subject.imdb = row.imdb
        subject.seasons = coverage.scope?.seasons ?? row.seasons
        subject.hashes = Array(Set(rows.flatMap(\.hashes).map(\.text))).sorted()
        subject.paths = Array(Set(rows.flatMap(\.paths))).sorted()
        return subject
    }

    /// A trailing "(YYYY)", from 1900 to 2100.
    static func year(in title: String) -> Int64? {
        let end = title.suffix(6)
        guard end.count == 6, end.first == "(", end.last == ")", let year = Int64(end.dropFirst().dropLast()),
            (1900...2100).contains(year)
        else { return nil }
        return year
    }

    /// What could be brought back, and what could not (deletion.md §11).
    private func outlook(of item: DeletionItem) -> UndoOutlook {
        let called = item.steps.filter { $0.status == .pending }
        var outlook = UndoOutlook()
        for service in [DeletionService.radarr, .sonarr, .jellyseerr]
        where called.contains(where: { $0.service == service }) {
            outlook.restores.append(service)
        }
        if options.deletesFiles && called.contains(where: { $0.service == .radarr || $0.service == .sonarr }) {
            outlook.cannot.append("files")
        }
        if called.contains(where: { $0.service == .qbittorrent }) { outlook.cannot.append("torrent") }
        if called.contains(where: { $0.service == .jellyfin }) { outlook.cannot.append("watch_state") }
        if called.contains(where: { $0.service == .shoko }) { outlook.cannot.append("shoko_links") }
        if called.contains(where: { $0.service == .jellyseerr }) { outlook.cannot.append("request_number") }
        return outlook
    }
}
