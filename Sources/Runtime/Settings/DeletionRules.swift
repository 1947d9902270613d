/// What deletions may do.
public struct DeletionRules: Sendable, Hashable {
    /// Whether services are called at all.
    public var isEnabled: Bool
    /// Items of one run.
    public var maxItems: Int
    /// Waits before each reading that proves a deletion; nil for the usual ones.
    public var verifyWaits: [Duration]?
    public var external: ExternalDeletionRule
}

/// What becomes of titles that were deleted elsewhere.
public enum ExternalDeletionRule: String, Sendable, Hashable, CaseIterable {
    /// Only noted.
    case record
    /// A plan waits for an answer.
    case ask
    /// Carried out in every other service.
    case propagate
}

extension Rule where Value == ExternalDeletionRule {
    /// `record`, `ask` or `propagate`.
    public static var externalDeletions: Rule {
        .text(
            "record, ask or propagate", schema: .choice(ExternalDeletionRule.allCases.map(\.rawValue))
        ) { ExternalDeletionRule(rawValue: $0.lowercased()) }
    }
}

extension Rule where Value == [Duration] {
    /// Lengths of time, by comma, each within `range`.
    public static func durations(_ range: ClosedRange<Duration>) -> Rule {
        let ends = "from \(range.lowerBound.settingText) to \(range.upperBound.settingText)"
        return Rule("a comma list of durations such as 30s,1m,5m, each \(ends)", schema: .stringList) { raw in
            let read = raw.elements.map { Duration(settingText: $0) }
            let waits = read.compactMap { $0 }.filter(range.contains)
            return waits.count == read.count && !waits.isEmpty ? waits : nil
        }
    }
}

extension SettingReader {
    mutating func deletion() -> DeletionRules {
        typealias Catalogue = SettingCatalogue
        return DeletionRules(
            isEnabled: value(Catalogue.deletionSync), maxItems: value(Catalogue.deletionMaxItems),
            verifyWaits: value(Catalogue.deletionVerify), external: value(Catalogue.externalDeletions))
    }
}
