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
        let application: Application
        do {
            application = try await Application.open(configuration, environment: environment.variables, sink: sink)
        } catch let busy as AlreadyRunning {
            environment.console.say("\(busy) Stop it first, or set another MARQUEE_DATA_DIR.", .red)
            return .configuration
        }
        let log = Logger("configuration", sink: sink)
        for warning in application.resources.configuration.warnings { log.warn("configuration_warning", warning) }
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
    try await offerSetUp(application, url)
    let group = ServiceGroup(
        [application.server, Workings(application)], grace: application.resources.configuration.shutdownGrace)
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

/// Before anybody can sign in, whoever reads this log may set Marquee up.
private func offerSetUp(_ application: Application, _ url: String) async throws {
    let resources = application.resources
    guard resources.configuration.jellyfin.isEmpty,
        try await !application.turns.current.composition.accounts.hasSignedInAdmin()
    else { return }
    let code = resources.setUpCode.make()
    application.log.warn(
        "set_up_code", "Nobody can sign in yet: open \(url)/login and enter the set-up code \(code)")
}
