public import HTTPClient

/// What following requests may be told apart from paces and limits.
public struct TrackingSettings: Sendable {
    /// Whether Marquee may ask Jellyfin to look for new files.
    public var libraryScan: LibraryScan
    /// The wait after an import before Jellyfin is asked to look.
    public var scanDelay: Duration
    /// The same for anime: scans disturb Shokofin.
    public var scanDelayAnime: Duration
    /// The time between two listings that together prove an absence.
    public var sightingGap: Duration
    /// The wait after Jellyfin says an item vanished.
    public var vanishGrace: Duration
    /// Whether a grab nobody requested becomes a request.
    public var tracksUnrequested: Bool
    /// How long closed requests are kept; nil for ever.
    public var requestRetention: Duration?
    /// How long the facts of closed requests are kept.
    public var factRetention: Duration
    public var pendingSyncInterval: Schedule
}

/// Whether Jellyfin is ever asked to look for new files.
public enum LibraryScan: String, Sendable, Hashable, CaseIterable {
    case auto
    case off
}

/// Who may send webhooks.
public struct WebhookSettings: Sendable {
    /// The secret for all instances; nil where each has one that was generated for it.
    public var token: String?
    /// Addresses admitted without a secret: `openFrom.admit(request.remoteAddress)`.
    public var openFrom: [AddressRange]
}
