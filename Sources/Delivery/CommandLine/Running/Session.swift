import HTTPClient
import HTTPServer
import Lifecycle
import Observability
import Settings

/// The Marquee a verb works with: one named by `MARQUEE_URL`, the one that runs here, or one made for this call.
struct Session: Sendable {
    let client: Client
    /// Set when this process serves itself: it must be closed in the end.
    private let own: Application?

    /// Runs `body` with a session and closes it after.
    static func run<T>(
        _ environment: Environment, _ body: (Session) async throws -> T
    ) async throws -> T {
        let session = try await open(environment)
        do {
            let value = try await body(session)
            await session.close()
            return value
        } catch {
            await session.close()
            throw error
        }
    }

    private static func open(_ environment: Environment) async throws -> Session {
        let configuration = try environment.configuration()
        if let url = configuration.serverURL {
            return Session(client: Client(base: url, token: configuration.apiKey), own: nil)
        }
        if let session = try await running(configuration) { return session }
        let sink = environment.sink(configuration, quiet: true)
        do {
            // The server of this one call: on loopback, on a port of the system's choice.
            let application = try await Application.open(
                configuration, environment: environment.variables, sink: sink,
                bind: BindAddress(host: "127.0.0.1", port: 0))
            let url = try await application.listen()
            return Session(client: Client(base: try BaseURL(url), token: application.resources.token), own: application)
        } catch is AlreadyRunning {
            guard let session = try await running(configuration) else { throw AlreadyRunning() }
            return session
        }
    }

    private static func running(_ configuration: Configuration) async throws -> Session? {
        guard let holder = InstanceLock.holder(of: configuration.dataDirectory),
            let base = try? BaseURL(holder.url)
        else { return nil }
        let client = Client(base: base, token: holder.token)
        // A lock file without its process is left over from a crash.
        guard (try? await client.call("GET", "/healthz", timeout: .seconds(5))) != nil else { return nil }
        return Session(client: client, own: nil)
    }

    private func close() async {
        guard let own else { return }
        await own.server.stop()
        await own.close()
    }
}
