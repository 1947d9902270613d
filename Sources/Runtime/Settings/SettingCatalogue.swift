public import HTTPClient
public import Observability

/// Every setting of Marquee's own, declared once.
///
/// A setting appears here with the feature that reads it, not before.
public enum SettingCatalogue {
    public static let adminToken = Setting(
        "MARQUEE_ADMIN_TOKEN", .secret(atLeast: 32), secret: true,
        reach: .process, meaning: "bearer key with the role admin; without it only this machine can reach the server",
        owner: "security")
    public static let adminUsers = Setting(
        "ADMIN_USER_IDS", .jellyfinIDs, default: "Jellyfin's administrators",
        meaning: "Jellyfin ids of the admins, by comma", owner: "security"
    ).defaulting(to: [])
    public static let animePaths = Setting(
        "MARQUEE_ANIME_PATHS", .pathComponents, default: "`anime`",
        meaning: "folder names that prove a title below them is anime", owner: "tracking"
    ).defaulting(to: ["anime"])
    public static let apiKey = Setting(
        "MARQUEE_API_KEY", .secret(), secret: true,
        reach: .process, meaning: "key the command line sends to the server at `MARQUEE_URL`", owner: "api")
    public static let backupDirectory = Setting(
        "MARQUEE_BACKUP_DIR", .path, default: "`backups` in the data directory", reach: .process,
        meaning: "where backups go",
        owner: "operations")
    public static let backupEvery = Setting(
        "MARQUEE_BACKUP_EVERY", .duration(.hours(1) ... .days(365)), default: "`7d`",
        meaning: "time between backups", owner: "operations"
    ).defaulting(to: .days(7))
    public static let backupKeep = Setting(
        "MARQUEE_BACKUP_KEEP", .integer(1...1_000), default: "`7`", meaning: "backups kept",
        owner: "operations"
    ).defaulting(to: 7)
    public static let basePath = Setting(
        "MARQUEE_BASE_PATH", .basePath, default: "none",
        reach: .process, meaning: "path prefix behind a proxy; the probes answer without it too", owner: "api"
    ).defaulting(to: "")
    public static let bind = Setting(
        "MARQUEE_BIND", .bindAddress,
        default: "`127.0.0.1:8100`; in a container `0.0.0.0:8100`",
        reach: .process, meaning: "listening address; beyond this machine only with Jellyfin or `MARQUEE_ADMIN_TOKEN`",
        owner: "operations")
    public static let config = Setting(
        "MARQUEE_CONFIG", .path, default: "`/etc/marquee/marquee.json` if present", reach: .environment,
        meaning: "configuration file", owner: "operations")
    public static let databaseURL = Setting(
        "MARQUEE_DATABASE_URL", .databaseURL, default: "`marquee.db` in the data directory", secret: true,
        reach: .process, meaning: "the database: SQLite by path or PostgreSQL by URL", owner: "operations")
    public static let dataDirectory = Setting(
        "MARQUEE_DATA_DIR", .path, default: "`./data`; in a container `/config`",
        reach: .process, meaning: "where the database, backups and working files live", owner: "operations")
    public static let deletionSettle = Setting(
        "MARQUEE_DELETION_SETTLE", .duration(.zero ... .days(30)), default: "`1h`",
        meaning: "a sync ignores items deleted this recently", owner: "library-sync"
    ).defaulting(to: .hours(1))
    public static let keyFile = Setting(
        "MARQUEE_KEY_FILE", .path, default: "`marquee.key` in the data directory", reach: .process,
        meaning: "file with the key that seals stored secrets; made when it is missing", owner: "security")
    public static let librarySyncInterval = Setting(
        "MARQUEE_LIBRARY_SYNC_INTERVAL", .schedule(atLeast: .minutes(15)), default: "`off`",
        meaning: "time between two library syncs", owner: "library-sync"
    ).defaulting(to: .off)
    public static let logFormat = Setting(
        "MARQUEE_LOG_FORMAT", .logFormat, default: "`json`; on a terminal `text`", reach: .process,
        meaning: "form of the log lines",
        owner: "operations")
    public static let logLevel = Setting(
        "MARQUEE_LOG_LEVEL", .logLevel, default: "`info`", meaning: "least important level logged",
        owner: "operations"
    ).defaulting(to: .info)
    public static let metricsAllow = Setting(
        "MARQUEE_METRICS_ALLOW", .addressRanges, default: "none",
        meaning: "addresses that may read `/metrics` without a key", owner: "security"
    ).defaulting(to: [])
    public static let pathMap = Setting(
        "MARQUEE_PATH_MAP", .pathMap, default: "none",
        meaning: "how the paths of each service look in one common view", owner: "operations"
    ).defaulting(to: PathMap())
    public static let requestVisibility = Setting(
        "MARQUEE_REQUEST_VISIBILITY", .visibility, default: "`own`",
        meaning: "`all` shows users every request, `own` theirs", owner: "security"
    ).defaulting(to: .own)
    public static let requireHTTPS = Setting(
        "MARQUEE_REQUIRE_HTTPS", .boolean, default: "`false`",
        meaning: "nobody signs in over plain HTTP", owner: "security"
    ).defaulting(to: false)
    public static let shutdownGrace = Setting(
        "MARQUEE_SHUTDOWN_GRACE", .duration(.milliseconds(100) ... .minutes(10)), default: "`5s`",
        reach: .process, meaning: "longest time a stop may take", owner: "operations"
    ).defaulting(to: .seconds(5))
    public static let syncTimeline = Setting(
        "MARQUEE_SYNC_TIMELINE", .boolean, default: "`false`",
        meaning: "fields filled by a sync also enter the title's timeline", owner: "library-sync"
    ).defaulting(to: false)
    public static let trustedProxies = Setting(
        "MARQUEE_TRUSTED_PROXIES", .addressRanges, default: "none",
        meaning: "addresses whose forwarding headers count", owner: "security"
    ).defaulting(to: [])
    public static let url = Setting(
        "MARQUEE_URL", .baseURL, reach: .process,
        meaning: "server the command line talks to instead of the one on this machine",
        owner: "api")

    /// All of them, in the order of the names.
    public static let own: [SettingFacts] = (general + trackingFacts + networkFacts + deletionFacts).sorted {
        $0.name < $1.name
    }

    private static let general: [SettingFacts] = [
        adminToken.facts, adminUsers.facts, requestVisibility.facts, requireHTTPS.facts, animePaths.facts, apiKey.facts,
        backupDirectory.facts, backupEvery.facts, backupKeep.facts,
        basePath.facts, bind.facts, config.facts, databaseURL.facts, dataDirectory.facts, deletionSettle.facts,
        keyFile.facts,
        librarySyncInterval.facts, logFormat.facts, logLevel.facts, metricsAllow.facts, pathMap.facts,
        shutdownGrace.facts, syncTimeline.facts, trustedProxies.facts, url.facts,
    ]
}

extension Duration {
    static func minutes(_ count: Int) -> Duration { .seconds(count * 60) }
    static func hours(_ count: Int) -> Duration { .minutes(count * 60) }
    static func days(_ count: Int) -> Duration { .hours(count * 24) }
}
