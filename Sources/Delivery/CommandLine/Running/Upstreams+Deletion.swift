import Deletion
import Foundation
import HTTPClient
import Media
import Settings

extension Upstreams {
    /// What deletions are told by the configuration.
    static func deletionSettings(_ configuration: Configuration) -> DeletionSettings {
        var settings = DeletionSettings()
        settings.isEnabled = configuration.deletion.isEnabled
        settings.maxItems = configuration.deletion.maxItems
        settings.verifyWaits = configuration.deletion.verifyWaits
        settings.trustsHooks = configuration.webhooks.openFrom.isEmpty
        settings.external = ExternalDeletions(rawValue: configuration.deletion.external.rawValue) ?? .ask
        let map = configuration.pathMap
        settings.commonPath = { path, service, instance in map.mapper(for: service, instance: instance)(path) }
        let roots = map.entries.filter { $0.service == PathMap.disk }.map(\.prefix)
        if !roots.isEmpty {
            settings.diskPath = { path in
                guard let place = map.ownPath(of: path, for: PathMap.disk, instance: ServiceInstance.defaultName),
                    let root = roots.first(where: { place == $0 || place.hasPrefix($0 + "/") }),
                    // A mount that is missing shows nothing: that proves nothing.
                    let held = try? FileManager.default.contentsOfDirectory(atPath: root), !held.isEmpty
                else { return nil }
                return place
            }
        }
        return settings
    }

    /// The clients that deletions call.
    static func deletionUpstreams(
        _ configuration: Configuration, _ transport: any HTTPTransport
    ) -> DeletionUpstreams {
        var upstreams = DeletionUpstreams()
        for instance in configuration.qbittorrent {
            let (key, login) = entrance(of: instance)
            upstreams.addTorrents(instance.instance, instance.url, key: key, login: login, transport)
        }
        for (type, instances) in [(MediaType.movie, configuration.radarr), (.tv, configuration.sonarr)] {
            for instance in instances {
                upstreams.addArr(
                    type, instance.instance, instance.url, key: instance.apiKey, variant: instance.variant, transport)
            }
        }
        for instance in configuration.shoko {
            let (key, login) = entrance(of: instance)
            upstreams.addShoko(instance.instance, instance.url, key: key, login: login, transport)
        }
        if let jellyfin = configuration.jellyfin.first {
            upstreams.setJellyfin(jellyfin.instance, jellyfin.url, key: jellyfin.apiKey, transport)
        }
        for instance in configuration.jellyseerr {
            upstreams.addSeerr(instance.instance, instance.url, key: instance.apiKey, transport)
        }
        return upstreams
    }

    private static func entrance(of instance: ServiceInstance) -> (
        key: String?, login: (name: String, password: String)?
    ) {
        switch instance.credentials {
        case .key(let key): (key, nil)
        case .login(let name, let password): (nil, (name, password))
        case .none: (nil, nil)
        }
    }
}
