import FoundationEssentials
import HTTPServer
public import Lifecycle

/// The simulated stack on the network: one port with a path per service, or a port each.
public final class SimulatorServer: Service {
    /// `simulator`.
    public let name = "simulator"
    /// The stack itself.
    public let simulator: Simulator
    private let options: ServeOptions
    private let ports: [Port]

    private struct Port: Sendable {
        let mount: Mount
        let server: HTTPServer
    }

    /// Generates the library; nothing listens yet.
    public init(_ options: ServeOptions) {
        self.options = options
        let start = options.start ?? (options.speed > 0 ? Self.present : nil)
        var stack = options.stack
        stack.torrents = stack.torrents ?? options.plan.size.torrents
        let simulator = Simulator(
            options.plan, jellyfin: options.jellyfin, stack: stack, speed: options.speed, start: start)
        self.simulator = simulator
        let mounts: [Mount] =
            options.hasSeparatePorts
            ? [.control]
                + simulator.services.map { .service($0, hasURLBase: options.hasURLBase && $0 is ServarrService) }
            : [.everything]
        ports = mounts.enumerated().map { index, mount in
            let port = options.port == 0 ? 0 : options.port + index
            return Port(
                mount: mount,
                server: HTTPServer(
                    ServerOptions(host: options.bind, port: port), routes: ServerRoutes.all(simulator, mount),
                    authorize: { _, _ in nil }, failure: { status, _, _ in Response(status) }))
        }
    }

    /// Listens from now on.
    ///
    /// - Returns: the lines to print: `# listening …`, then Marquee's environment.
    /// - Throws: `ServerError`, naming the address.
    public func start() async throws -> [String] {
        var addresses: [String] = []
        var environment: [String] = []
        for port in ports {
            let address = "http://\(host):\(try await port.server.start())"
            addresses.append(address)
            switch port.mount {
            case .everything:
                for service in simulator.services {
                    environment += service.environment(url: "\(address)/\(service.name)")
                }
            case .control: break
            case .service(let service, let hasURLBase):
                environment += service.environment(url: hasURLBase ? "\(address)/\(service.name)" : address)
            }
        }
        try begin()
        return ["# listening \(addresses.joined(separator: " "))"] + environment + [
            "# control \(addresses.first ?? "")/simulator", "# jellyfin users: admin, user1, user2 (password = name)",
        ] + simulator.services.flatMap(\.notes)
    }

    /// Serves until the shutdown, then closes every port.
    public func run(until shutdown: ShutdownSignal) async throws {
        // Things happen, and webhooks leave, whether anybody asks or not.
        let sending = Task {
            while !Task.isCancelled {
                await simulator.hooks.flush()
                try? await Task.sleep(for: .milliseconds(100))
            }
        }
        await shutdown.wait()
        sending.cancel()
        await stop()
    }

    /// Closes every port.
    public func stop() async {
        simulator.faults.remove()  // nobody stays on hold
        for port in ports { await port.server.stop() }
    }

    // Webhooks, scenario and demand, as the options say.
    private func begin() throws {
        let flow = simulator.world.flow
        if let url = options.webhooksTo { flow.sendHooks(to: url, secret: options.webhookSecret) }
        if let scenario = options.scenario { try flow.begin(scenario, faults: simulator.faults) }
        flow.run(at: options.speed)
        if options.isLive { flow.live() }
    }

    // Now, in 100 ns since 1970.
    private static var present: Int64 { Int64(Date.now.timeIntervalSince1970) * Ticks.perSecond }

    // An address as it stands in a URL.
    private var host: String {
        switch options.bind {
        case "0.0.0.0", "localhost": "127.0.0.1"
        case "::": "[::1]"
        default: options.bind.contains(":") ? "[\(options.bind)]" : options.bind
        }
    }
}
