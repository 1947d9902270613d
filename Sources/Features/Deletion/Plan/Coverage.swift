import Media
import Store

/// Which part of a medium goes.
enum Coverage: Sendable, Hashable {
    case whole
    /// Seasons or episodes of a series that stays.
    case part(DeletionScope)

    func contains(_ unit: UnitNumber) -> Bool {
        switch self {
        case .whole: true
        case .part(let scope): scope.contains(unit)
        }
    }

    var scope: DeletionScope? { if case .part(let scope) = self { scope } else { nil } }
}

extension MediumFacts {
    /// Which part goes: what was asked for, else the row's own seasons; the whole where nothing else would remain.
    ///
    /// A series goes as a whole only when no season outside has files or a live row of its own (deletion.md §6). Where
    /// no Sonarr could be asked, the row's own seasons are taken at their word.
    func coverage(_ options: DeletionOptions) -> Coverage {
        if asked.row.mediaType == .movie { return .whole }
        if let scope = options.scope, !scope.isEmpty { return .part(scope) }
        if asked.row.seasons.isEmpty { return .whole }
        let own = Set(asked.row.seasons)
        let rows = siblings.filter { sameVariant($0.row) && $0.row.id != asked.row.id }
        if rows.contains(where: { $0.row.seasons.isEmpty || !Set($0.row.seasons).isSubset(of: own) }) {
            return .part(DeletionScope(seasons: asked.row.seasons))
        }
        let held = arrs.compactMap { $0.entry(for: asked) }.flatMap(\.seasons)
        let elsewhere = held.contains { ($0.files ?? 0) > 0 && !own.contains($0.number) }
        return elsewhere ? .part(DeletionScope(seasons: asked.row.seasons)) : .whole
    }

    /// Whether a row is of the copy that goes.
    func sameVariant(_ row: RequestRecord) -> Bool {
        guard let own = asked.row.variant, let other = row.variant else { return true }
        return own == other
    }

    /// Whether the other copy of the medium stays: then every service is looked at copy by copy.
    var isPair: Bool {
        guard let own = asked.row.variant else { return false }
        if siblings.contains(where: { $0.row.variant != nil && $0.row.variant != own }) { return true }
        return arrs.contains { $0.variant != nil && $0.variant != own && !($0.entries.value ?? []).isEmpty }
    }

    /// The rows that end with this deletion, the one asked for first.
    func rows(_ coverage: Coverage) -> [RowFacts] {
        guard coverage == .whole else { return [asked] }
        return [asked] + siblings.filter { sameVariant($0.row) && $0.row.id != asked.row.id }
    }
}
