// Calls that make Jellyfin look at its files.
extension JellyfinService {
    /// Answers what posts may ask for; nil for anything else.
    func scan(_ route: [String], _ call: Call, _ view: WorldView) -> Answer? {
        let engine = view.world.flow
        switch route {
        case ["library", "media", "updated"]:
            guard let updates = JSON(parsing: call.body)?["Updates"]?.elements else { return .badRequest }
            let paths = updates.map { $0["Path"]?.text ?? $0["path"]?.text }
            guard !paths.contains(nil) else { return .badRequest }
            engine.reportChanged(paths.compactMap { $0 })
            view.world.noticeGone()
            return Answer(204)
        case ["library", "refresh"]:
            engine.scan(nil)
            view.world.noticeGone()
            return Answer(204)
        default:
            guard route.count == 3, route[0] == "items", route[2] == "refresh" else { return nil }
            let catalogue = JellyfinCatalogue(view)
            guard let item = catalogue.item(route[1]) else { return .notFound }
            if item.kind == .folder { engine.scan(JellyfinFolder.all[item.index].locations) }
            if let flow = catalogue.flowItem(item) { engine.scan([flow.path]) }
            return Answer(204)
        }
    }
}

extension JellyfinService {
    /// The task that scans all libraries, as `ScheduledTasks` shows it.
    func libraryScan(_ view: WorldView) -> JSON {
        [
            "Name": "Scan Media Library", "State": view.flow.now < view.flow.scanEnds ? "Running" : "Idle",
            "Id": "7738148ffcd07979c7ceb148e06b3aed", "Triggers": [], "Category": "Library", "IsHidden": false,
            "Description": "Scans your media library for new files and refreshes metadata.", "Key": "RefreshLibrary",
        ]
    }
}

extension FlowEngine {
    /// `Library/Media/Updated`: looked at once the folder was quiet for the monitor's delay.
    func reportChanged(_ paths: [String]) {
        with { state in
            for path in paths {
                for file in state.known(below: path) {
                    state.agenda.remove { $0 == .monitor(path: file) }
                    state.agenda.add(
                        .monitor(path: file), at: state.now + Int64(state.delays.monitor * 10_000_000))
                }
            }
        }
    }

    /// A scan of some folders, or of all: looked at in a few seconds; one that runs begins anew.
    func scan(_ folders: [String]?) {
        with { state in
            let end = state.now + Int64(state.delays.scan * Double(Ticks.perSecond))
            if folders == nil { state.scanEnds = end }
            for folder in folders ?? ["/media"] {
                for file in state.known(below: folder) {
                    state.agenda.remove { $0 == .monitor(path: file) }
                    state.agenda.add(.monitor(path: file), at: end)
                }
            }
        }
    }
}

extension FlowState {
    /// The paths of files on the disk, or of items, at or below a path; in order.
    func known(below path: String) -> [String] {
        let folder = path.hasSuffix("/") ? path : path + "/"
        let paths = Set(disk.keys).union(
            items.filter { !$0.isGone && ($0.kind == .film || $0.kind == .episode) }.map(\.path).filter { !$0.isEmpty })
        return paths.filter { $0 == path || $0.hasPrefix(folder) }.sorted()
    }
}
