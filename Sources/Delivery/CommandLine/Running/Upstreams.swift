import API
import Accounts
import HTTPClient
import Jellyfin
import LibrarySync
import Media
import Observability
import QBittorrent
import Seerr
import Servarr
import Settings
import Shapes
import Shoko
import Store
import Tracking

/// Turns configured instances into the clients and addresses that the rest works with.
enum Upstreams {
    /// One transport for all: retried, counted and timed; it calls only what the rules allow.
    static func transport(_ metrics: Metrics, _ rules: OutboundRules) -> any HTTPTransport {
        let calls = metrics.counter(
            "marquee_upstream_requests_total", help: "Calls to other services.", labels: ["service", "outcome"])
        let times = metrics.histogram(
            "marquee_upstream_request_duration_seconds", help: "Time of calls to other services.", labels: ["service"])
        let curl = CurlTransport(userAgent: "marquee/\(Application.version)", rules: rules)
        let observed = ObservedTransport(curl) { exchange in
            calls.add(1, exchange.service, exchange.error == nil && (exchange.status ?? 0) < 400 ? "ok" : "failed")
            times.observe(exchange.duration / .seconds(1), exchange.service)
        }
        return RetryingTransport(observed)
    }

    /// Where names and passwords are checked: the first Jellyfin; nil without one.
    static func identity(
        _ configuration: Configuration, _ transport: any HTTPTransport, version: String
    ) -> IdentityProvider? {
        configuration.jellyfin.first.map { server in
            let jellyfin = Jellyfin(
                instance: server.instance, base: server.url, key: server.apiKey, transport: transport)
            return IdentityProvider(jellyfin, version: version)
        }
    }

    static func libraryServices(
        _ configuration: Configuration, _ transport: any HTTPTransport
    ) -> LibraryServices {
        var services = LibraryServices(
            jellyfin: configuration.jellyfin.first.map { connection($0) },
            radarr: configuration.radarr.map { connection($0) }, sonarr: configuration.sonarr.map { connection($0) },
            transport: transport,
            commonPath: { path, service, instance in
                configuration.pathMap.mapper(for: service, instance: instance)(path)
            }, animePaths: configuration.animePaths, temporaryDirectory: configuration.dataDirectory)
        services.sightingGap = configuration.tracking.sightingGap
        services.deletionSettle = configuration.deletionSettle
        return services
    }

    private static func connection(_ instance: ServiceInstance) -> LibraryServices.Connection {
        LibraryServices.Connection(
            instance: instance.instance, base: instance.url, key: instance.apiKey, variant: instance.variant)
    }

    static func boardEntries(_ configuration: Configuration) -> [HealthBoard.Entry] {
        configuration.instances.map { HealthBoard.Entry(service: $0.service.rawValue, instance: $0.instance) }
    }

    /// Public addresses only: an internal name would be of no use to a browser elsewhere.
    static func links(_ configuration: Configuration) -> PublicLinks {
        var addresses: [String: String] = [:]
        for instance in configuration.instances {
            addresses["\(instance.service.rawValue)/\(instance.instance)"] = instance.publicURL?.text
        }
        return PublicLinks(addresses: addresses, basePath: configuration.basePath)
    }
}

extension Upstreams {
    /// What tracking is told by the configuration.
    static func trackingOptions(_ configuration: Configuration) -> TrackingOptions {
        var rules = TrackingRules()
        let limits = configuration.limits
        rules.limits.notGrabbed = limits[.notGrabbed]
        rules.limits.approved = limits[.approved]
        rules.limits.indexed = limits[.indexed]
        rules.limits.downloadStalled = limits[.downloadStalled]
        rules.limits.downloading = limits[.downloading]
        rules.limits.downloadDone = limits[.downloadDone]
        rules.limits.importing = limits[.importing]
        rules.limits.animeMatching = limits[.animeMatching]
        rules.limits.notAppearing = limits[.notAppearing]
        rules.limits.upstreamUnreachable = limits[.upstreamUnreachable]
        rules.sightingGap = configuration.tracking.sightingGap
        rules.vanishGrace = configuration.tracking.vanishGrace
        rules.hasShoko = !configuration.shoko.isEmpty
        rules.hasClient = !configuration.qbittorrent.isEmpty
        rules.hasJellyfin = !configuration.jellyfin.isEmpty
        rules.animePaths = configuration.animePaths.map { $0.lowercased() }
        var variants: [String: Variant] = [:]
        for instance in configuration.instances {
            variants["\(instance.service.rawValue)/\(instance.instance)"] = instance.variant
        }
        var scan = ScanOptions()
        scan.isOn = configuration.tracking.libraryScan == .auto
        scan.delay = configuration.tracking.scanDelay
        scan.delayForAnime = configuration.tracking.scanDelayAnime
        let map = configuration.pathMap
        var options = TrackingOptions(
            rules: rules, variants: variants, scan: scan,
            commonPath: { path, service, instance in map.mapper(for: service, instance: instance)(path) },
            ownPath: { path, service, instance in map.ownPath(of: path, for: service, instance: instance) })
        options.tracksUnrequested = configuration.tracking.tracksUnrequested
        return options
    }
}

extension Upstreams {
    /// The clients that tracking reads through, and their paces.
    static func trackingUpstreams(
        _ configuration: Configuration, _ transport: any HTTPTransport, _ rules: OutboundRules
    ) -> TrackingUpstreams {
        var upstreams = TrackingUpstreams(rules: rules)
        upstreams.paces = paces(configuration.polling)
        for instance in configuration.jellyseerr {
            upstreams.addSeerr(instance.instance, instance.url, key: instance.apiKey, transport)
        }
        for (type, instances) in [(MediaType.movie, configuration.radarr), (.tv, configuration.sonarr)] {
            for instance in instances {
                upstreams.addServarr(type, instance.instance, instance.url, key: instance.apiKey, transport)
            }
        }
        for instance in configuration.qbittorrent {
            upstreams.addClient(instance.instance, instance.url, login(of: instance), transport)
        }
        for instance in configuration.shoko {
            upstreams.addShoko(instance.instance, instance.url, login(of: instance), transport)
        }
        if let jellyfin = configuration.jellyfin.first {
            upstreams.setJellyfin(jellyfin.instance, jellyfin.url, key: jellyfin.apiKey, transport)
        }
        return upstreams
    }

    private static func login(of instance: ServiceInstance) -> ClientLogin {
        switch instance.credentials {
        case .key(let key): .key(key)
        case .login(let name, let password): .password(name, password)
        case .none: .none
        }
    }

    private static func paces(_ polling: Polling) -> TrackingUpstreams.Paces {
        func pace(_ source: PollSource) -> TrackingUpstreams.Pace {
            TrackingUpstreams.Pace(idle: polling[source].idle, active: polling[source].active)
        }
        var paces = TrackingUpstreams.Paces()
        paces.seerr = pace(.seerr)
        paces.queue = pace(.arrQueue)
        paces.history = pace(.arrHistory)
        paces.missing = pace(.arrMissing)
        paces.list = pace(.arrList)
        paces.qbittorrent = pace(.qbittorrent)
        paces.packFiles = pace(.packFiles)
        paces.shoko = pace(.shoko)
        paces.jellyfin = pace(.jellyfin)
        paces.jellyfinFull = pace(.jellyfinFull)
        return paces
    }
}
