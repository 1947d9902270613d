import API
import Database
import HTTPServer
import Jobs
import Lifecycle
import Media
import Observability
import Settings
import Store

/// The running Marquee: every part wired to the others, from the lock on the data directory to the listening server.
///
/// `marquee serve` is this with its schedules; any other verb makes one for itself when no server runs.
struct Application: Sendable {
    static let version = "0.1.0"
    static let now: @Sendable () -> Timestamp = { WallClock.now() }

    let resources: Resources
    let server: HTTPServer
    /// What the settings made of it, one composition after the other.
    let turns: Turns
    private let lock: InstanceLock
    /// Listens for what other processes commit; ended by `close`.
    private let follower: Task<Void, Never>

    var log: Logger { resources.log }

    /// Opens, migrates and wires everything; nothing listens yet.
    ///
    /// `configuration` is what file and environment say; what is stored is read here, and again from `environment` when
    /// it changes. It will listen at `bind`, where port 0 lets the system choose, or where the settings say.
    static func open(
        _ configuration: Configuration, environment: [String: String], sink: LogSink, bind: BindAddress? = nil
    ) async throws -> Application {
        guard let lock = try InstanceLock.take(in: configuration.dataDirectory) else { throw AlreadyRunning() }
        do {
            let resources = try await Resources.open(configuration, environment: environment, sink: sink, bind: bind)
            return wire(resources, lock)
        } catch {
            lock.release()
            throw error
        }
    }

    private static func wire(_ resources: Resources, _ lock: InstanceLock) -> Application {
        let turns = Turns(resources)
        var options = ServerOptions(
            host: resources.bind.host, port: resources.bind.port, basePath: resources.configuration.basePath,
            unprefixed: ["/healthz", "/readyz"])
        let configuration = resources.configuration
        options.isTrustedAddress = { configuration.trustedProxies.admit($0) }
        let server = HTTPServer(options, turns.current.composition.api.site)
        turns.serve(on: server)
        let follower = Task {
            do {
                try await resources.store.follow()
            } catch {
                resources.log.error(
                    "changes_unheard", "Changes of other processes are no longer heard: \(error)")
            }
        }
        return Application(resources: resources, server: server, turns: turns, lock: lock, follower: follower)
    }

    /// Starts to listen and tells other processes where.
    ///
    /// - Returns: the URL, base path included.
    func listen() async throws -> String {
        let port = try await server.start()
        resources.ownPort.withLock { $0 = port }
        let host = resources.bind.host
        let shown = host == "0.0.0.0" || host == "::" ? "127.0.0.1" : host
        let base = resources.configuration.basePath
        let url = "http://\(shown.contains(":") ? "[\(shown)]" : shown):\(port)\(base)"
        try lock.announce(url: url, token: resources.token)
        return url
    }

    /// Stops the jobs, closes the database and lets go of the data directory.
    func close() async {
        await resources.jobs.stop()
        follower.cancel()
        await resources.store.database.close()
        lock.release()
    }
}

/// Another process holds the data directory.
struct AlreadyRunning: Error, CustomStringConvertible {
    var description: String { "Marquee is running on this data directory already." }
}
