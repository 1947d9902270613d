import Jobs
import Media
import Store

/// A stored id that no longer means upstream what it meant (library-sync.md §7); reported, never acted on.
struct Drift {
    enum Kind: String, CaseIterable {
        case itemMissing = "item_missing"
        case itemReplaced = "item_replaced"
        case arrMissing = "arr_missing"
        case idReassigned = "id_reassigned"
    }

    var kind: Kind
    var field: FillableField

    /// Drift of a row whose medium is there.
    static func find(_ row: KnownRow, _ subject: Subject) -> [Drift] {
        guard !row.isGone else { return [] }
        var found: [Drift] = []
        let held = subject.held
        if let jellyfin = row.jellyfin, jellyfin.instance == held.instance, held.provesAbsence {
            switch held.keys[ProviderKey.item(jellyfin.id).code] {
            case nil: if subject.isPlayable { found.append(Drift(kind: .itemReplaced, field: .jellyfinID)) }
            case UInt32(subject.medium)?:
                if isOtherTitle(row, subject) { found.append(Drift(kind: .idReassigned, field: .jellyfinID)) }
            default: found.append(Drift(kind: .idReassigned, field: .jellyfinID))
            }
        }
        return found + catalogueDrift(row, held, medium: UInt32(subject.medium))
    }

    /// Drift of a row of which Jellyfin holds nothing.
    static func find(unheld row: KnownRow, _ held: Holdings) -> [Drift] {
        guard !row.isGone else { return [] }
        var found: [Drift] = []
        if let jellyfin = row.jellyfin, jellyfin.instance == held.instance, held.provesAbsence {
            // An item that is there all the same is of the other kind: a film's row, a series' item.
            let isThere = held.keys[ProviderKey.item(jellyfin.id).code] != nil
            found.append(Drift(kind: isThere ? .idReassigned : .itemMissing, field: .jellyfinID))
        }
        return found + catalogueDrift(row, held, medium: nil)
    }

    /// Whether the item a row points to carries another native id by now, and nothing else ties it to the row.
    private static func isOtherTitle(_ row: KnownRow, _ subject: Subject) -> Bool {
        let provider: Provider = row.mediaType == .movie ? .tmdb : .tvdb
        let number = row.mediaType == .movie ? row.tmdb : row.tvdb
        guard let stored = number.flatMap({ ProviderKey(row.mediaType, provider, $0) }),
            let found = subject.item.key(provider)
        else { return false }
        return stored != found
    }

    private static func catalogueDrift(_ row: KnownRow, _ held: Holdings, medium: UInt32?) -> [Drift] {
        let service = row.mediaType == .movie ? "radarr" : "sonarr"
        let field: FillableField = row.mediaType == .movie ? .radarrID : .sonarrID
        guard let stored = row.catalogue, let id = UInt32(exactly: stored.id),
            held.hasCompleteCatalogue(service, stored.instance),
            let number = held.catalogueNumber(service, stored.instance)
        else { return [] }
        guard let entry = held.entryNumber(number, id) else {
            return [Drift(kind: .arrMissing, field: field)]
        }
        if let medium, held.entries[Int(entry)].medium != medium, held.media[Int(medium)].entry != HeldItem.none {
            return [Drift(kind: .idReassigned, field: field)]
        }
        return []
    }
}

extension KnownRow {
    /// Refused or deleted: nobody expects anything of it.
    var isGone: Bool { state == .declined || state == .deleted }
}

extension LibrarySync {
    /// Writes a drift's line; a replaced item is taken over only when asked.
    func append(
        _ drift: Drift, _ row: KnownRow, _ subject: Subject?, _ plan: inout PlanLines, _ outcome: inout MediumOutcome
    ) {
        plan.append { change in
            if let subject { change.record.append(subject.item.record) }
            change.record.put(PlannedChange.Slot.kind, drift.kind.rawValue)
            let stored = drift.field == .jellyfinID ? row.jellyfin?.id.text : row.catalogue.map { String($0.id) }
            let sides = Conflict(field: drift.field, stored: stored ?? "", found: Self.found(drift, subject))
            change.record.put(PlannedChange.Slot.conflicts, Conflict.json([sides]))
            change.record.put(PlannedChange.Slot.before, sides.stored)
            if let subject { change.record.put(PlannedChange.Slot.itemInstance, subject.held.instance) }
            if drift.kind == .itemReplaced && options.adopts {
                change.record.put(PlannedChange.Slot.fills, FieldSet(.jellyfinID).bits)
            }
            putRow(row, .drift, &change, outcome)
        }
    }

    /// The id found in place of the stored one, where there is one.
    private static func found(_ drift: Drift, _ subject: Subject?) -> String {
        drift.field == .jellyfinID ? subject?.item.id?.text ?? "" : ""
    }
}
