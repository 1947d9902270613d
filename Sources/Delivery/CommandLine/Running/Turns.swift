import API
import Administration
import HTTPServer
import Lifecycle
import Observability
import Settings

/// One composition of the settings, for as long as they hold.
struct Turn: Sendable {
    let composition: Composition
    /// Triggered when other settings hold, or the process ends.
    let over: ShutdownSignal
}

/// Puts changed settings into force: the port, the sessions and the database stay, everything else is made anew.
final class Turns: Sendable {
    /// Which settings a composition was made of.
    private struct Mark: Sendable, Hashable {
        var sources: [SettingReport]
        var secrets: [String]

        init(_ configuration: Configuration) {
            sources = configuration.sources
            secrets = configuration.secrets
        }
    }

    private struct State: Sendable {
        var turn: Turn
        var server: HTTPServer?
        /// The last refresh asked for.
        var refreshing: Task<Void, Never>?
    }

    private let resources: Resources
    private let state: Locked<State>
    /// What a composition calls after settings were saved; set once there is somebody to call.
    private let whenSaved: Locked<@Sendable () async -> Void>

    init(_ resources: Resources) {
        let whenSaved = Locked<@Sendable () async -> Void>({})
        self.resources = resources
        self.whenSaved = whenSaved
        state = Locked(State(turn: Self.make(resources.configuration, resources, whenSaved)))
        whenSaved.withLock { $0 = { [weak self] in await self?.refresh() } }
    }

    var current: Turn { state.withLock { $0.turn } }

    func serve(on server: HTTPServer) { state.withLock { $0.server = server } }

    private static func make(
        _ configuration: Configuration, _ resources: Resources, _ whenSaved: Locked<@Sendable () async -> Void>
    ) -> Turn {
        let composition = Composition(configuration, resources) { await whenSaved.withLock { $0 }() }
        return Turn(composition: composition, over: ShutdownSignal())
    }

    /// Reads the settings and, where they differ from those in force, puts them into force.
    ///
    /// One at a time, in the order asked for: whoever waits for this finds what was saved before in force.
    func refresh() async {
        let task = state.withLock { state in
            let before = state.refreshing
            let task = Task {
                await before?.value
                await self.readAnew()
            }
            state.refreshing = task
            return task
        }
        await task.value
    }

    private func readAnew() async {
        do {
            let configuration = try await resources.desk.configuration()
            if Mark(configuration) != Mark(current.composition.configuration) { take(configuration) }
        } catch {
            resources.log.error("settings_unread", "The settings could not be read and stay as they were: \(error)")
        }
    }

    private func take(_ configuration: Configuration) {
        for warning in configuration.warnings { resources.log.warn("configuration_warning", warning) }
        resources.sink.level = configuration.logLevel
        resources.board.keep(Upstreams.boardEntries(configuration))
        let fresh = Self.make(configuration, resources, whenSaved)
        let (before, server) = state.withLock { state in
            defer { state.turn = fresh }
            return (state.turn, state.server)
        }
        server?.replace(fresh.composition.api.site)
        before.over.trigger()
        resources.log.info("settings_in_force", "Changed settings are in force")
    }
}
