import JSONStream
import Jellyfin
import Media
import QBittorrent
import Seerr
import Servarr

/// A service whose webhooks are received, by the words of its URL.
public enum HookService: String, Sendable, CaseIterable {
    case jellyseerr, sonarr, radarr, jellyfin, qbittorrent, shoko, plex

    /// `overseerr` and `seerr` are the same service under other names.
    public init?(name: String) {
        if name == "seerr" || name == "overseerr" {
            self = .jellyseerr
        } else {
            self.init(rawValue: name)
        }
    }

    /// All words that a hook's URL may carry.
    public static let names = allCases.map(\.rawValue) + ["seerr", "overseerr"]

    /// Bytes; Sonarr's packs are long.
    public var bodyLimit: Int { self == .sonarr ? 4 << 20 : 1 << 20 }

    /// Interprets a webhook: pure.
    ///
    /// - Throws: `UnreadableHook` for what is no JSON.
    func read(_ body: [UInt8], instance: String, at now: Timestamp) throws -> HookReading {
        switch self {
        case .jellyseerr: try SeerrHook.read(body, instance: instance, receivedAt: now)
        case .sonarr: try ServarrHook.read(body, kind: .sonarr, instance: instance, receivedAt: now)
        case .radarr: try ServarrHook.read(body, kind: .radarr, instance: instance, receivedAt: now)
        case .jellyfin: try JellyfinHook.read(body, instance: instance, receivedAt: now)
        case .qbittorrent: try QBittorrentHook.read(body, instance: instance, receivedAt: now)
        case .shoko, .plex: HookReading(event: "hint")
        }
    }
}
