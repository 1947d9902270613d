import Changes
import Database
import FoundationEssentials
import Media

/// What a person may choose about a finding.
public enum FindingChoice: String, Sendable, CaseIterable {
    /// Hear of it again when the next run sees it.
    case ignore
    /// Never hear of it again.
    case ignoreAlways = "ignore_always"
    /// The item is what it says: plan it like any other.
    case keepApart = "keep_apart"
    /// Take over the item's new id.
    case adopt
    /// Replace the stored values by the found ones.
    case useFound = "use_found"
}

/// What settling a finding came to.
public enum FindingSettlement: Sendable {
    case missing
    case notApplicable(String)
    case settled(Finding)
}

/// Both sides of a finding, as its detail keeps them.
private struct Sides: Decodable {
    struct Difference: Decodable {
        var field: String
        var stored: Scalar?
        var found: Scalar?
    }

    /// A number or a text.
    enum Scalar: Decodable {
        case number(Int64)
        case text(String)

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if let number = try? value.decode(Int64.self) {
                self = .number(number)
            } else {
                self = .text(try value.decode(String.self))
            }
        }

        var text: String {
            switch self {
            case .number(let number): String(number)
            case .text(let text): text
            }
        }
    }

    var conflicts: [Difference]
}

extension StoreTransaction {
    /// Carries out what a person chose; the finding then says so.
    public func settle(finding id: Int64, _ choice: FindingChoice, by user: String) throws -> FindingSettlement {
        guard let finding = try raw.finding(id) else { return .missing }
        switch choice {
        case .ignore, .keepApart: try resolve(id, as: .resolved, choice: choice.rawValue, by: user)
        case .ignoreAlways: try resolve(id, as: .ignored, choice: choice.rawValue, by: user)
        case .adopt, .useFound:
            guard try replaceValues(of: finding, by: user) else {
                return .notApplicable("The row has changed since; run a preview to see how it stands.")
            }
            try resolve(id, as: .resolved, choice: choice.rawValue, by: user)
        }
        guard let settled = try raw.finding(id) else { return .missing }
        return .settled(settled)
    }

    /// Writes the found values where the stored ones are still those the finding shows.
    private func replaceValues(of finding: Finding, by user: String) throws -> Bool {
        guard let request = finding.request, let row = try raw.request(request),
            let sides = try? JSONDecoder().decode(Sides.self, from: Data(finding.detail.utf8)),
            !sides.conflicts.isEmpty
        else { return false }
        for difference in sides.conflicts {
            guard let field = FillableField(name: difference.field), let found = difference.found?.text, !found.isEmpty,
                row.text(of: field) == difference.stored?.text
            else { return false }
            try replace(field, of: row, with: found, finding: finding, by: user)
        }
        try emit(.request, object: request, data: RequestChange.updated.data)
        return true
    }

    private func replace(
        _ field: FillableField, of row: RequestRecord, with found: String, finding: Finding, by user: String
    ) throws {
        let before = row.text(of: field)
        switch field {
        case .tmdbID: try set("UPDATE requests SET tmdb_id = $1", .integer(Int64(found) ?? 0), row)
        case .tvdbID: try set("UPDATE requests SET tvdb_id = $1", .integer(Int64(found) ?? 0), row)
        case .year: try set("UPDATE requests SET year = $1", .integer(Int64(found) ?? 0), row)
        case .imdbID: try set("UPDATE requests SET imdb_id = $1", .text(found), row)
        case .jellyfinID:
            guard let id = JellyfinItemID(found) else { return }
            try set("UPDATE requests SET jellyfin_id = $1", .blob(id.bytes), row)
        default: return
        }
        if let kind = field.keyKind, let before {
            try raw.execute(
                "DELETE FROM request_keys WHERE request_id = $1 AND kind = $2 AND value = $3",
                [.integer(row.id), .text(kind), .text(before)])
            try addKey(row.id, kind, field == .jellyfinID ? row.jellyfin?.instance ?? "default" : "", found)
        }
        try recordChange(
            job: finding.job, request: row.id, action: "adopt", field: field.name, before: before, after: found,
            source: user)
    }

    private func set(_ statement: SQL, _ value: Value, _ row: RequestRecord) throws {
        try raw.execute(
            statement + ", updated_at = $2, version = version + 1 WHERE id = $3",
            [value, .integer(now.milliseconds), .integer(row.id)])
    }
}

extension FillableField {
    /// The kind of key that finds a row by this field.
    fileprivate var keyKind: String? {
        switch self {
        case .jellyfinID: "jellyfin"
        case .tmdbID: "tmdb"
        case .tvdbID: "tvdb"
        case .imdbID: "imdb"
        default: nil
        }
    }
}
