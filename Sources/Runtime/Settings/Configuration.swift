public import HTTPClient
public import Observability

/// Everything Marquee was told, checked and typed, and where each value came from.
///
/// Order, the later wins: defaults, configuration file, what was said on the Settings page, environment.
public struct Configuration: Sendable {
    /// The key of role admin; nil while only this machine may reach the server.
    public var adminToken: String?
    /// Jellyfin ids of the admins; empty leaves it to Jellyfin.
    public var adminUsers: [String]
    public var requestVisibility: RequestVisibility
    public var requiresHTTPS: Bool
    public var bind: BindAddress
    /// Empty, or `/prefix` without a slash at its end.
    public var basePath: String
    /// Who may read `/metrics` without a key: `metricsAllow.admit(request.remoteAddress)`.
    public var metricsAllow: [AddressRange]
    /// Whose `X-Forwarded-For`, `-Proto` and `-Host` count: `trustedProxies.admit(request.remoteAddress)`.
    public var trustedProxies: [AddressRange]
    public var network: NetworkSettings
    public var shutdownGrace: Duration

    /// The configuration file that was read; nil without one.
    public var configurationFile: String?
    public var dataDirectory: String
    /// Where the key that seals stored secrets is kept.
    public var keyFile: String
    public var databaseURL: DatabaseURL
    public var backupDirectory: String
    public var backupEvery: Duration
    public var backupKeep: Int

    public var logFormat: LogSink.Format
    public var logLevel: LogLevel

    public var librarySyncInterval: Schedule
    public var syncTimeline: Bool
    public var deletionSettle: Duration
    public var deletion: DeletionRules
    public var animePaths: [String]
    public var pathMap: PathMap

    /// How often each source is read.
    public var polling: Polling
    /// How long each stage may take before it needs attention.
    public var limits: AttentionLimits
    public var tracking: TrackingSettings
    public var webhooks: WebhookSettings

    /// The server the command line talks to instead of the one on this machine.
    public var serverURL: BaseURL?
    /// The key for `serverURL`.
    public var apiKey: String?

    /// Instances by service: `default` first, the others by name.
    public var jellyfin: [ServiceInstance]
    public var sonarr: [ServiceInstance]
    public var radarr: [ServiceInstance]
    public var jellyseerr: [ServiceInstance]
    public var qbittorrent: [ServiceInstance]
    public var shoko: [ServiceInstance]

    /// What was ignored and what a value brings with it: one sentence each, safe to log.
    public var warnings: [String]
    /// Every setting with its value's source, in the order of the reference.
    public var sources: [SettingReport]
    /// Every secret's text, for `LogSink.redact`.
    public var secrets: [String]

    /// Whether only this machine can reach the server.
    public var bindsOnlyLoopback: Bool { bind.isLoopback }

    /// All configured instances, in the order of `UpstreamService`.
    public var instances: [ServiceInstance] { jellyfin + sonarr + radarr + jellyseerr + qbittorrent + shoko }

    /// The configured instances of one service.
    public func instances(of service: UpstreamService) -> [ServiceInstance] {
        instances.filter { $0.service == service }
    }
}
