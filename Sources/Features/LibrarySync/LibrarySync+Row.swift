import Jobs
import Media
import Store

extension LibrarySync {
    /// Plans one live row beside its medium: fills and stage in one line, drift in lines of its own.
    func planRow(_ row: KnownRow, _ subject: Subject, _ plan: inout PlanLines, _ outcome: inout MediumOutcome) {
        let entry = try? entry(for: subject, variant: row.variant)
        let drifts = Drift.find(row, subject)
        for drift in drifts {
            outcome.drift += 1
            append(drift, row, subject, &plan, &outcome)
        }
        if drifts.contains(where: { $0.kind == .idReassigned && $0.field == .jellyfinID }) { return }
        let conflicts = Conflict.find(row, subject)
        outcome.conflicts += conflicts.count
        // Adopting comes first and makes the row's next version, which the fill then finds.
        let adopts = options.adopts && drifts.contains { $0.kind == .itemReplaced }
        var isFilled = adopts
        var isHeldBack = false
        plan.appendIf { change in
            change.record.append(subject.item.record)
            var fills = fill(&change, row, subject, entry ?? nil, drifts)
            let stage = newStage(row, subject)
            if stage == nil && fills.contains(.availableAt) && row.state != .available {
                fills.bits &= ~FieldSet(.availableAt).bits
            }
            isHeldBack = !options.updatesExisting && (!fills.isEmpty || stage != nil)
            guard !isHeldBack && (!fills.isEmpty || stage != nil) else {
                return !conflicts.isEmpty && put(conflicts, row, &change, outcome)
            }
            isFilled = true
            if let stage {
                change.record.put(PlannedChange.Slot.stage, stage.rawValue)
                change.record.put(PlannedChange.Slot.stageBefore, row.state.rawValue)
                outcome.becameAvailable += stage == .available ? 1 : 0
            }
            change.record.put(PlannedChange.Slot.fills, fills.bits)
            if !conflicts.isEmpty { change.record.put(PlannedChange.Slot.conflicts, Conflict.json(conflicts)) }
            putRow(row, .fill, &change, outcome)
            if adopts { change.record.put(PlannedChange.Slot.version, row.version + 1) }
            return true
        }
        if isFilled {
            outcome.rowsUpdated += 1
        } else if isHeldBack {
            outcome.rowsHeldBack += 1
        } else if !conflicts.isEmpty {
            outcome.rowsInConflict += 1
        }
    }

    private func put(
        _ conflicts: [Conflict], _ row: KnownRow, _ change: inout PlannedChange, _ outcome: MediumOutcome
    ) -> Bool {
        change.record.put(PlannedChange.Slot.conflicts, Conflict.json(conflicts))
        putRow(row, .conflict, &change, outcome)
        return true
    }

    func putRow(_ row: KnownRow, _ action: PlanAction, _ change: inout PlannedChange, _ outcome: MediumOutcome) {
        change.record.put(PlannedChange.Slot.action, action.rawValue)
        change.record.put(PlannedChange.Slot.requestID, row.id)
        change.record.put(PlannedChange.Slot.version, row.version)
        // Where the unit of the counters is the item, several rows share one.
        if outcome.rows > 1 && options.mode == .library { change.record.put(PlannedChange.Slot.sharesItem, 1) }
        change.record.put(PlannedChange.Slot.requestTitle, row.title)
        change.record.put(PlannedChange.Slot.items, 1)
        if let year = row.year { change.record.put(PlannedChange.Slot.requestYear, year) }
        if !change.record.has(LibraryItem.Slot.type) {
            change.record.put(LibraryItem.Slot.type, row.mediaType == .tv ? 1 : 0)
        }
    }

    /// The stage that seeing the item proves, if it is another one (tracking.md §3).
    ///
    /// A series folder proves nothing for a request that asked for episodes.
    private func newStage(_ row: KnownRow, _ subject: Subject) -> Stage? {
        guard options.mode == .library, subject.isPlayable, row.state != .available else { return nil }
        guard row.mediaType == .movie || row.origin == .librarySync else { return nil }
        let stage = derive(
            RequestFacts(mediaType: row.mediaType, origin: row.origin, observations: [subject.playable(at: now)]),
            now: now
        ).stage
        return stage == row.state ? nil : stage
    }

    /// Puts every value that a NULL field of the row would get.
    private func fill(
        _ change: inout PlannedChange, _ row: KnownRow, _ subject: Subject, _ entry: HeldEntry?, _ drifts: [Drift]
    ) -> FieldSet {
        let item = subject.item.record
        var fills = FieldSet()
        var fromCatalogue = FieldSet()
        func take(_ field: FillableField, _ isMissing: Bool, _ hasValue: Bool) {
            if isMissing && hasValue { fills.insert(field) }
        }
        take(.jellyfinID, row.jellyfin == nil, subject.isPlayable)
        take(.tmdbID, row.tmdb == nil, item.has(LibraryItem.Slot.tmdb))
        take(.tvdbID, row.tvdb == nil, item.has(LibraryItem.Slot.tvdb))
        take(.imdbID, row.imdb == nil, item.has(LibraryItem.Slot.imdb))
        take(.posterURL, !row.hasPoster, item.has(LibraryItem.Slot.posterURL))
        take(.year, row.year == nil, item.has(LibraryItem.Slot.year))
        take(.overview, !row.hasOverview, item.has(LibraryItem.Slot.overview))
        if let entry, row.catalogue == nil {
            change.put(entry, subject.held)
            fills.insert(row.mediaType == .movie ? .radarrID : .sonarrID)
            fromCatalogue.insert(row.mediaType == .movie ? .radarrID : .sonarrID)
        }
        if row.lacksFallback {
            for field in fallbackFields(subject, entry, into: &change) where row.lacks(field) {
                fills.insert(field)
                fromCatalogue.insert(field)
            }
        }
        if !row.hasAvailableAt, let (time, isFromCatalogue) = availableAt(subject, entry) {
            change.record.put(PlannedChange.Slot.availableAt, time.milliseconds)
            change.record.put(PlannedChange.Slot.isApproximate, isFromCatalogue ? 0 : 1)
            fills.insert(.availableAt)
            if isFromCatalogue { fromCatalogue.insert(.availableAt) }
        }
        if row.isAnime == nil && isAnime(subject, entry) {
            change.record.put(PlannedChange.Slot.isAnime, 1)
            fills.insert(.isAnime)
            if entry?.isAnime == true { fromCatalogue.insert(.isAnime) }
        }
        change.record.put(PlannedChange.Slot.itemInstance, subject.held.instance)
        if !fromCatalogue.isEmpty { change.record.put(PlannedChange.Slot.fromCatalogue, fromCatalogue.bits) }
        return fills
    }

    /// A row of which Jellyfin holds nothing: gone, or not there yet.
    func planUnheld(
        _ row: KnownRow, _ held: Holdings, _ plan: inout PlanLines, _ report: inout SyncReport
    ) throws {
        var outcome = MediumOutcome()
        for drift in Drift.find(unheld: row, held) {
            report.drift += 1
            append(drift, row, nil, &plan, &outcome)
        }
        guard options.mode == .metadata else { return }
        report.totalScanned += 1
        guard let entry = looseEntry(of: row, held), row.catalogue == nil || row.year == nil else {
            return report.skip("unchanged")
        }
        var fills = FieldSet()
        plan.appendIf { change in
            if row.catalogue == nil {
                change.put(entry, held)
                fills.insert(row.mediaType == .movie ? .radarrID : .sonarrID)
            }
            if row.year == nil && entry.year > 0 {
                change.record.put(LibraryItem.Slot.year, Int64(entry.year))
                fills.insert(.year)
            }
            if fills.isEmpty || !options.updatesExisting { return false }
            change.record.put(PlannedChange.Slot.fills, fills.bits)
            change.record.put(PlannedChange.Slot.fromCatalogue, fills.bits)
            putRow(row, .fill, &change, outcome)
            return true
        }
        if fills.isEmpty { return report.skip("unchanged") }
        if !options.updatesExisting { return report.skip("update_disabled") }
        report.updated += 1
        report.rowsUpdated += 1
    }

    private func looseEntry(of row: KnownRow, _ held: Holdings) -> HeldEntry? {
        let number = row.mediaType == .movie ? row.tmdb : row.tvdb
        let key = number.flatMap { ProviderKey(row.mediaType, row.mediaType == .movie ? .tmdb : .tvdb, $0) }
        return key.flatMap { held.looseEntries[$0.code] }.map { held.entries[Int($0)] }
    }
}

extension FieldSet {
    init(_ field: FillableField) {
        self.init()
        insert(field)
    }
}

extension PlanLines {
    /// Appends a line only if `fill` says it is one.
    mutating func appendIf(_ fill: (inout PlannedChange) -> Bool) {
        var isLine = false
        append { isLine = fill(&$0) }
        if !isLine { removeLast() }
    }
}

extension KnownRow {
    /// Whether it lacks anything that an *arr may know instead of Jellyfin.
    fileprivate var lacksFallback: Bool {
        year == nil || !hasOverview || tmdb == nil || imdb == nil || (mediaType == .tv && tvdb == nil)
    }

    fileprivate func lacks(_ field: FillableField) -> Bool {
        switch field {
        case .year: year == nil
        case .overview: !hasOverview
        case .tmdbID: tmdb == nil
        case .tvdbID: tvdb == nil
        case .imdbID: imdb == nil
        default: false
        }
    }
}
