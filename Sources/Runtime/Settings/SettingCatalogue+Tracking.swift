public import HTTPClient

extension SettingCatalogue {
    public static let libraryScan = Setting(
        "MARQUEE_LIBRARY_SCAN", .libraryScan, default: "`auto`",
        meaning: "whether Jellyfin may be asked to look for new files", owner: "tracking"
    ).defaulting(to: .auto)
    public static let pendingSyncInterval = Setting(
        "MARQUEE_PENDING_SYNC_INTERVAL", .schedule(atLeast: .minutes(15)), default: "`off`",
        meaning: "time between two syncs of the requests waiting in Seerr", owner: "library-sync"
    ).defaulting(to: .off)
    public static let retentionDays = Setting(
        "MARQUEE_RETENTION_DAYS", .integer(0...36_500), default: "`0`",
        meaning: "days a closed request is kept; `0` is for ever", owner: "tracking"
    ).defaulting(to: 0)
    public static let retentionFacts = Setting(
        "MARQUEE_RETENTION_FACTS", .duration(.days(1) ... .days(36_500)), default: "`90d`",
        meaning: "time the facts of a closed request are kept", owner: "tracking"
    ).defaulting(to: .days(90))
    public static let scanDelay = Setting(
        "MARQUEE_SCAN_DELAY", .duration(.zero ... .days(1)), default: "`60s`",
        meaning: "wait after a title's last import before Jellyfin is asked to look", owner: "tracking"
    ).defaulting(to: .seconds(60))
    public static let scanDelayAnime = Setting(
        "MARQUEE_SCAN_DELAY_ANIME", .duration(.zero ... .days(1)), default: "`3m`",
        meaning: "the same wait for anime", owner: "tracking"
    ).defaulting(to: .minutes(3))
    public static let sightingGap = Setting(
        "MARQUEE_SIGHTING_GAP", .duration(.milliseconds(100) ... .days(30)), default: "`1h`",
        meaning: "time between two listings that together prove an absence", owner: "deletion"
    ).defaulting(to: .hours(1))
    public static let trackUnrequested = Setting(
        "MARQUEE_TRACK_UNREQUESTED", .boolean, default: "`false`",
        meaning: "grabs nobody requested become requests after ten minutes", owner: "tracking"
    ).defaulting(to: false)
    public static let vanishGrace = Setting(
        "MARQUEE_VANISH_GRACE", .duration(.zero ... .days(1)), default: "`10m`",
        meaning: "wait after Jellyfin says an item vanished before that is looked into", owner: "deletion"
    ).defaulting(to: .minutes(10))
    public static let webhookOpenFrom = Setting(
        "MARQUEE_WEBHOOK_OPEN_FROM", .addressRanges, default: "none",
        meaning: "addresses whose webhooks need no secret", owner: "security"
    ).defaulting(to: [])
    public static let webhookToken = Setting(
        "MARQUEE_WEBHOOK_TOKEN", .secret(), default: "each its own", secret: true,
        meaning: "one secret for all webhooks", owner: "security")

    /// The time between two reads of a source while nobody waits for it; nil where it is not read then.
    public static func idlePoll(_ source: PollSource) -> DefaultedSetting<Duration>? {
        source.usualPace.idle.map { usual in
            poll("MARQUEE_POLL_\(source.rawValue)", usual, "time between two reads of \(source.reading)")
        }
    }

    /// The time between two reads of a source while somebody waits for it.
    public static func activePoll(_ source: PollSource) -> DefaultedSetting<Duration> {
        let what = source.usualPace.idle == nil ? "time between two reads of \(source.reading)" : "the same"
        return poll(
            "MARQUEE_POLL_\(source.rawValue)_ACTIVE", source.usualPace.active, "\(what) while a request waits for it")
    }

    private static func poll(_ name: String, _ usual: Duration, _ meaning: String) -> DefaultedSetting<Duration> {
        Setting(
            name, .duration(.milliseconds(100) ... .days(7)), default: "`\(usual.settingText)`", meaning: meaning,
            owner: "tracking"
        ).defaulting(to: usual)
    }

    /// The time after which something needs attention.
    public static func limit(_ limit: AttentionLimit) -> DefaultedSetting<Duration> {
        Setting(
            "MARQUEE_LIMIT_\(limit.rawValue)", .duration(.seconds(1) ... .days(365)),
            default: "`\(limit.usual.settingText)`", meaning: "attention is called to \(limit.condition) after this",
            owner: "tracking"
        ).defaulting(to: limit.usual)
    }

    static let trackingFacts: [SettingFacts] =
        [
            libraryScan.facts, pendingSyncInterval.facts, retentionDays.facts, retentionFacts.facts, scanDelay.facts,
            scanDelayAnime.facts, sightingGap.facts, trackUnrequested.facts, vanishGrace.facts, webhookOpenFrom.facts,
            webhookToken.facts,
        ]
        + PollSource.allCases.flatMap { [idlePoll($0)?.facts, activePoll($0).facts].compactMap { $0 } }
        + AttentionLimit.allCases.map { limit($0).facts }
}
