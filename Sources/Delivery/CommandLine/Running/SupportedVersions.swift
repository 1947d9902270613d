import Settings

/// The versions of operations.md §8.
enum SupportedVersions {
    static func covers(_ service: UpstreamService, _ version: String?) -> Bool {
        let parts = (version ?? "").trimmingPrefix("v").split(separator: ".").compactMap { Int($0) }
        guard let major = parts.first else { return false }
        switch service {
        case .jellyfin: return major == 12 || (major == 10 && parts.count > 1 && (9...11).contains(parts[1]))
        case .sonarr: return major == 4
        case .radarr: return major >= 5
        case .jellyseerr: return major == 2 || major == 3
        case .qbittorrent:
            let minor = parts.count > 1 ? parts[1] : 0
            return (major == 4 && minor >= 5) || (major == 5 && minor <= 2)
        case .shoko: return major == 6 || (major == 5 && parts.count > 1 && parts[1] >= 1)
        }
    }
}
