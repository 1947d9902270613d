import HTTPClient

extension SettingCatalogue {
    public static let deletionSync = Setting(
        "ENABLE_DELETION_SYNC", .boolean, default: "`false`",
        meaning: "whether deletions reach the services; without, only Marquee's own rows are deleted", owner: "deletion"
    ).defaulting(to: false)
    public static let deletionMaxItems = Setting(
        "MARQUEE_DELETION_MAX_ITEMS", .integer(1...10_000), default: "`100`", meaning: "items per deletion run",
        owner: "deletion"
    ).defaulting(to: 100)
    public static let deletionVerify = Setting(
        "MARQUEE_DELETION_VERIFY", .durations(.milliseconds(50) ... .days(1)), default: "`30s,30s,1m,2m,5m,10m`",
        meaning: "waits before each reading that proves a deletion", owner: "deletion")
    public static let externalDeletions = Setting(
        "MARQUEE_EXTERNAL_DELETIONS", .externalDeletions, default: "`ask`",
        meaning: "what becomes of titles deleted elsewhere: `record`, `ask` or `propagate`", owner: "deletion"
    ).defaulting(to: .ask)

    static let deletionFacts: [SettingFacts] = [
        deletionSync.facts, deletionMaxItems.facts, deletionVerify.facts, externalDeletions.facts,
    ]
}
