import Glibc
import Jellyfin
import Media
import QBittorrent
import Seerr
import Shoko

/// Where a deletion finds the services it calls.
protocol CallDesk: Sendable {
    /// How one instance is called; nil where it is not configured.
    func calls(_ service: DeletionService, _ instance: String?) -> (any ServiceCalls)?
    /// Whether files of these targets can still be seen: by the service itself, or on the disk.
    func seesFiles(of targets: [Target], _ service: DeletionService) async -> Bool
    /// Files of a title that are on the disk; none where Marquee may not look at it.
    func left(of subject: DeletionSubject) -> [String]
}

/// The services by name, as a deletion calls them.
struct ServiceDesk: CallDesk {
    let upstreams: DeletionUpstreams
    let settings: DeletionSettings
    let shelf: ProviderShelf?

    func calls(_ service: DeletionService, _ instance: String?) -> (any ServiceCalls)? {
        switch service {
        case .qbittorrent: upstreams.torrents.first { $0.instance == instance }.map(TorrentCalls.init)
        case .sonarr, .radarr: upstreams.arr(service, instance).map(ArrCalls.init)
        case .shoko: upstreams.shoko.first { $0.instance == instance }.map(ShokoCalls.init)
        case .jellyfin:
            if let jellyfin = upstreams.jellyfin, jellyfin.instance == instance, let shelf {
                JellyfinCalls(jellyfin: jellyfin, shelf: shelf)
            } else {
                nil
            }
        case .jellyseerr: upstreams.seerr.first { $0.instance == instance }.map(SeerrCalls.init)
        }
    }

    func seesFiles(of targets: [Target], _ service: DeletionService) async -> Bool {
        for target in targets {
            if service == .shoko, let shoko = upstreams.shoko.first(where: { $0.instance == target.key.instance }) {
                if (try? await ShokoCalls(shoko: shoko).isSeen(target)) == true { return true }
            } else if !left(of: target.subject).isEmpty {
                return true
            }
        }
        return false
    }

    func left(of subject: DeletionSubject) -> [String] {
        subject.paths.filter { path in
            guard let place = settings.diskPath("/" + path) else { return false }
            return unsafe access(place, F_OK) == 0
        }
    }
}
