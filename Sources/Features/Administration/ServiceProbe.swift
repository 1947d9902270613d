public import HTTPClient
import Jellyfin
import QBittorrent
import Seerr
import Servarr
public import Settings
import Shoko

/// Asks a service instance who it is, in a way that also tries its credentials.
public struct ServiceProbe: Sendable {
    /// What answered.
    public struct Finding: Sendable, Hashable {
        public var application: String
        public var version: String?
    }

    private let transport: any HTTPTransport

    public init(_ transport: any HTTPTransport) { self.transport = transport }

    /// - Throws: `UpstreamError`.
    public func identify(_ instance: ServiceInstance) async throws(UpstreamError) -> Finding {
        switch instance.service {
        case .jellyfin:
            let server = try await Jellyfin(
                instance: instance.instance, base: instance.url, key: instance.apiKey, transport: transport
            ).identify()
            return Finding(application: server.product ?? "Jellyfin", version: server.version)
        case .radarr, .sonarr:
            let status = try await Servarr(
                instance.service == .radarr ? .radarr : .sonarr, instance: instance.instance, base: instance.url,
                key: instance.apiKey, transport: transport
            ).status()
            return Finding(application: status.appName ?? instance.service.title, version: status.version)
        case .jellyseerr:
            let seerr = Seerr(
                instance: instance.instance, base: instance.url, key: instance.apiKey, transport: transport)
            return Finding(application: instance.service.title, version: try await seerr.status().version)
        case .qbittorrent:
            let client = QBittorrent(
                instance: instance.instance, base: instance.url, credentials: credentials(of: instance),
                transport: transport)
            return Finding(application: instance.service.title, version: try await client.version().version)
        case .shoko:
            return Finding(
                application: instance.service.title, version: try await shoko(instance).identify().version)
        }
    }

    private func credentials(of instance: ServiceInstance) -> QBittorrent.Credentials {
        switch instance.credentials {
        case .key(let key): .apiKey(key)
        case .login(let name, let password): .password(user: name, password: password)
        case .none: .none
        }
    }

    private func shoko(_ instance: ServiceInstance) -> Shoko {
        if case .login(let name, let password) = instance.credentials {
            return Shoko(
                instance: instance.instance, base: instance.url, user: name, password: password, transport: transport)
        }
        return Shoko(instance: instance.instance, base: instance.url, key: instance.apiKey, transport: transport)
    }
}

/// What came of trying a service: who answered and how fast, or why not, without a word of the answer itself.
public struct ProbeResult: Sendable, Hashable {
    public enum Outcome: Sendable, Hashable {
        case answered(ServiceProbe.Finding, latencyMillis: Int64)
        /// A word of ours and a sentence with what to do.
        case failed(code: String, sentence: String)
    }

    public var instance: String
    public var outcome: Outcome

    public init(instance: String, outcome: Outcome) {
        self.instance = instance
        self.outcome = outcome
    }
}

extension ServiceProbe {
    /// Tries an instance for at most ten seconds.
    public func test(_ instance: ServiceInstance) async -> ProbeResult {
        let start = ContinuousClock.now
        do {
            let finding = try await withLimit { try await identify(instance) }
            let millis = Int64((ContinuousClock.now - start) / .milliseconds(1))
            return ProbeResult(instance: instance.instance, outcome: .answered(finding, latencyMillis: millis))
        } catch let error as UpstreamError {
            return ProbeResult(
                instance: instance.instance,
                outcome: .failed(code: Self.code(error.reason), sentence: Self.sentence(error, instance)))
        } catch {
            return ProbeResult(
                instance: instance.instance,
                outcome: .failed(code: "timed_out", sentence: Self.unreached(instance, "did not answer in ten seconds"))
            )
        }
    }

    private struct Overdue: Error {}

    private func withLimit<T: Sendable>(_ body: @escaping @Sendable () async throws -> T) async throws -> T {
        try await withThrowingTaskGroup(of: T.self) { race in
            race.addTask { try await body() }
            race.addTask {
                try await Task.sleep(for: .seconds(10))
                throw Overdue()
            }
            defer { race.cancelAll() }
            guard let first = try await race.next() else { throw Overdue() }
            return first
        }
    }

    static func code(_ reason: UpstreamError.Reason) -> String {
        switch reason {
        case .unreachable: "unreachable"
        case .timedOut, .cancelled: "timed_out"
        case .status: "status"
        case .refusedAuth: "refused"
        case .undecodable: "wrong_application"
        case .html: "html"
        case .tooLarge, .truncated: "unreadable"
        case .redirected: "redirected"
        case .forbiddenAddress: "forbidden_address"
        case .invalid: "invalid"
        }
    }

    static func sentence(_ error: UpstreamError, _ instance: ServiceInstance) -> String {
        let title = instance.service.title
        switch error.reason {
        case .unreachable: return unreached(instance, "cannot be reached")
        case .timedOut, .cancelled: return unreached(instance, "did not answer in time")
        case .status(let code):
            return "\(title) answered with status \(code); look into its log, or try again when it has started."
        case .refusedAuth:
            if case .key = instance.credentials { return "\(title) refuses this API key; copy it from its settings." }
            return "\(title) refuses this name or password."
        case .undecodable: return "Another program than \(title) answers at this address; check host, port and path."
        case .html: return "A web page came instead of data: a proxy's login, or a wrong path in the address."
        case .tooLarge, .truncated: return "What came back is not an answer of \(title)'s; check host, port and path."
        case .redirected(let target):
            return "The address leads on to \(target); enter the address that answers itself."
        case .forbiddenAddress(let address): return "Marquee never calls \(address)."
        case .invalid(let part): return "This address cannot be called: \(part)."
        }
    }

    private static func unreached(_ instance: ServiceInstance, _ what: String) -> String {
        "\(instance.service.title) \(what) from here: check the address, and that it runs. "
            + "In a container, localhost is the container itself."
    }
}
