import Synchronization

/// The one world behind all services: the generated library and what tests changed about it.
///
/// Services read a `WorldView`, a value that does not change while an answer streams.
public final class World: Sendable {
    /// The generated part.
    public let library: Library
    let selections = SelectionCache()
    /// What becomes of requests: titles beside the library.
    let flow: FlowEngine
    private let state = Mutex(State())

    private struct State {
        var overrides: [Int: Override] = [:]
        var revision = 0
    }

    /// Makes an unchanged world.
    ///
    /// - Parameters:
    ///   - plan: what the library is made from.
    ///   - speed: of the virtual clock; 0 stands still until stepped.
    ///   - start: where that clock starts, in 100 ns since 1970; nil for 2026-01-01.
    public init(_ plan: LibraryPlan, speed: Int = 0, start: Int64? = nil) {
        library = Library(plan)
        let radarrs = plan.radarrInstances.map { $0 == "default" ? "radarr" : "radarr/\($0)" }
        flow = FlowEngine(
            dice: library.dice, services: Set(radarrs + ["sonarr"]), start: start ?? VirtualClock.standardStart,
            speed: speed)
    }

    /// What the world looks like now.
    public var view: WorldView {
        let flow = flow.with { $0 }
        return state.withLock {
            WorldView(
                world: self, overrides: $0.overrides, revision: $0.revision + flow.itemRevision, flow: flow)
        }
    }

    /// Changes one title; in force for every answer that begins after this returns.
    public func mutate(_ number: Int, _ change: (inout Override) -> Void) {
        state.withLock {
            change(&$0.overrides[number, default: Override()])
            $0.revision += 1
        }
    }

    /// Takes a title out of an *arr, its files with it where asked.
    func delete(_ number: Int, in service: String, files: Bool) {
        mutate(number) { title in
            title.removedFrom.insert(service)
            title.addedTo.remove(service)
            if files { title.filesGone = true }
        }
    }

    /// Jellyfin looks: titles whose files are gone leave it.
    func noticeGone() {
        state.withLock { state in
            for (number, title) in state.overrides where title.filesGone && !title.removedFrom.contains("jellyfin") {
                state.overrides[number]?.removedFrom.insert("jellyfin")
                state.revision += 1
            }
        }
    }

    /// Puts every title back as generated.
    public func reset() {
        state.withLock {
            $0.overrides = [:]
            $0.revision += 1
        }
    }
}

/// The world at one moment.
public struct WorldView: Sendable {
    let world: World
    let overrides: [Int: Override]
    /// Grows with each change.
    public let revision: Int
    /// What became of requests until now.
    let flow: FlowState

    var library: Library { world.library }
    var dice: Dice { world.library.dice }

    /// A title as it is now.
    public func title(_ number: Int) -> Title {
        var title = library.title(number)
        if let name = overrides[number]?.name { title.givenName = name }
        return title
    }

    /// Whether a service lists a title; `service` as in `Override.removedFrom`.
    func lists(_ title: Title, in service: String) -> Bool {
        if let override = overrides[title.number] {
            if override.removedFrom.contains(service) { return false }
            if override.addedTo.contains(service) { return true }
        }
        switch service {
        case "jellyfin": return title.holding.isInJellyfin
        case "sonarr": return title.kind == .series && title.holding.isInArr
        case "radarr/4k": return title.odd.contains(.pair4K)
        default: return service == "radarr" && title.kind == .movie && title.holding.isInArr
        }
    }

    /// How often the title's file moved.
    func generation(_ number: Int) -> Int { overrides.isEmpty ? 0 : overrides[number]?.generation ?? 0 }
}
