public import Jobs
import Media
import Store

extension LibrarySync {
    /// Decides one subject: what would change and why.
    ///
    /// Reads nothing but what was gathered.
    public func plan(
        _ known: Known, beside held: Holdings, into plan: inout PlanLines, report: inout SyncReport
    ) throws {
        switch known {
        case .unheld(let row): try planUnheld(row, held, &plan, &report)
        case .held(let medium):
            try withItem(of: medium, held) { subject in try planAddition(subject, closedRows: 0, &plan, &report) }
        case .stored(let medium, let rows):
            try withItem(of: medium, held) { subject in try planStored(subject, rows, &plan, &report) }
        }
        report.planLines += plan.count
    }

    private func withItem(of medium: Int, _ held: Holdings, _ body: (Subject) throws -> Void) throws {
        var item = LibraryItem()
        try held.load(medium, into: &item)
        try body(Subject(medium: medium, item: item, held: held))
    }

    /// Rows exist: to a library sync declined and deleted ones are closed, a metadata update fills them all.
    private func planStored(
        _ subject: Subject, _ rows: [KnownRow], _ plan: inout PlanLines, _ report: inout SyncReport
    ) throws {
        if rows.contains(where: \.isUnderDeletion) {
            if options.mode == .metadata { countRows(rows, "deletion_in_progress", &report) }
            return skip(subject, "deletion_in_progress", &report)
        }
        let live = options.mode == .metadata ? rows : rows.filter { !$0.isGone }
        let closed = rows.count - live.count
        if live.isEmpty {
            if let reason = reasonToStayAway(rows) { return skip(subject, reason, &report) }
            return try planAddition(subject, closedRows: closed, &plan, &report)
        }
        if let ambiguity = Ambiguity(subject, live) {
            return quarantine(subject, ambiguity, &plan, &report, rows: live)
        }
        var outcome = MediumOutcome(rows: live.count)
        for row in live { planRow(row, subject, &plan, &outcome) }
        count(subject, outcome, &report)
    }

    /// Why a medium all of whose rows are closed is not added again; nil where it is.
    ///
    /// What was deleted with its files and is back is news; what was deleted just now may only look so.
    private func reasonToStayAway(_ rows: [KnownRow]) -> String? {
        guard let deleted = rows.filter({ $0.state == .deleted }).max(by: { $0.stateChangedAt < $1.stateChangedAt })
        else { return nil }
        if deleted.deletedFiles != nil, deleted.stateChangedAt.advanced(by: services.deletionSettle) > now {
            return "deletion_in_progress"
        }
        return deleted.deletedFiles == true || options.includesDeleted ? nil : "deleted_by_choice"
    }

    /// Counts a medium: its main item in one counter, its further items as `same_medium`.
    private func count(
        _ subject: Subject, _ outcome: MediumOutcome, _ report: inout SyncReport
    ) {
        report.rowsUpdated += outcome.rowsUpdated
        report.becameAvailable += outcome.becameAvailable
        report.conflicts += outcome.conflicts
        report.drift += outcome.drift
        if options.mode == .metadata {
            report.totalScanned += outcome.rows
            report.updated += outcome.rowsUpdated
            report.skip("conflict", outcome.rowsInConflict)
            report.skip("update_disabled", outcome.rowsHeldBack)
            report.skip("unchanged", outcome.rows - outcome.rowsUpdated - outcome.rowsInConflict - outcome.rowsHeldBack)
            return
        }
        report.skip("same_medium", subject.items - 1)
        if outcome.rowsUpdated > 0 {
            report.updated += 1
        } else if outcome.rowsHeldBack > 0 {
            report.skip("update_disabled")
        } else if outcome.conflicts > 0 {
            report.skip("conflict")
        } else {
            report.skip("unchanged")
        }
    }

    func skip(_ subject: Subject, _ reason: String, _ report: inout SyncReport) {
        guard options.mode == .library else { return }
        report.skip("same_medium", subject.items - 1)
        report.skip(reason)
    }

    private func countRows(_ rows: [KnownRow], _ reason: String, _ report: inout SyncReport) {
        report.totalScanned += rows.count
        report.skip(reason, rows.count)
    }

    func quarantine(
        _ subject: Subject, _ ambiguity: Ambiguity, _ plan: inout PlanLines, _ report: inout SyncReport,
        rows: [KnownRow]
    ) {
        if options.mode == .metadata { countRows(rows, "quarantined", &report) }
        skip(subject, "quarantined", &report)
        plan.append { change in
            change.record.append(subject.item.record)
            change.record.put(PlannedChange.Slot.action, PlanAction.quarantined.rawValue)
            change.record.put(PlannedChange.Slot.kind, ambiguity.kind)
            change.record.put(PlannedChange.Slot.candidates, ambiguity.candidates)
            change.record.put(PlannedChange.Slot.itemInstance, subject.held.instance)
            if let row = rows.first { change.record.put(PlannedChange.Slot.requestID, row.id) }
        }
    }
}

/// What planning the rows of one medium came to.
struct MediumOutcome {
    /// How many rows the medium has that may be filled.
    var rows = 1
    var rowsUpdated = 0
    var rowsHeldBack = 0
    var rowsInConflict = 0
    var becameAvailable = 0
    var conflicts = 0
    var drift = 0
}

/// One medium with the item that speaks for it.
struct Subject {
    let medium: Int
    let item: LibraryItem
    let held: Holdings

    var type: MediaType { item.type }
    var items: Int { Int(held.media[medium].items) }
    var isPlayable: Bool { item.isPlayable }
}
