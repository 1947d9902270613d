import Accounts
import HTTPServer
import Lifecycle
import Observability
import Settings
import Tracking

/// `marquee serve`: API, pages, schedules, until SIGTERM.
func serveCommand(_ environment: Environment) -> Command {
    Command(
        "serve", "run the service: API, pages and schedules",
        example: "JELLYFIN_URL=http://jellyfin:8096 JELLYFIN_API_KEY=… marquee serve"
    ) { _ in
        let configuration = try environment.configuration()
        let sink = environment.sink(configuration)
        let log = Logger("configuration", sink: sink)
        for warning in configuration.warnings { log.warn("configuration_warning", warning) }
        let application: Application
        do {
            application = try await Application.open(configuration, sink: sink, bind: configuration.bind)
        } catch let busy as AlreadyRunning {
            environment.console.say("\(busy) Stop it first, or set another MARQUEE_DATA_DIR.", .red)
            return .configuration
        }
        return try await serve(application)
    }
}

private func serve(_ application: Application) async throws -> ExitCode {
    let shutdown = ShutdownSignal()
    let trap = SignalTrap(shutdown)
    defer { withExtendedLifetime(trap) {} }
    let url: String
    do {
        url = try await application.listen()
    } catch let error as ServerError {
        await application.close()
        application.log.error("cannot_listen", "\(error)")
        return .configuration
    }
    application.log.info("listening", "Marquee \(Application.version) listens at \(url)", ["url": .string(url)])
    let group = ServiceGroup(
        [
            application.server, HealthChecks(application), Housekeeping(application),
            TrackingService(application.tracking), AccountsService(application.accounts),
        ],
        grace: application.configuration.shutdownGrace)
    do {
        try await group.run(until: shutdown)
    } catch {
        application.log.error("stopped", "A part of Marquee ended: \(error)")
        await application.close()
        return .someFailed
    }
    await application.close()
    application.log.info("stopped", "stopped cleanly")
    return .done
}
