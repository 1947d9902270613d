// `DELETE /Items`: from the disk, with everything around (upstreams.md §6.4).
extension JellyfinService {
    /// Deletes one item, or several until the first that is missing.
    func delete(_ route: [String], _ call: Call, _ caller: JellyfinAccounts.Caller, _ view: WorldView) -> Answer {
        if route.count == 2 { return delete(route[1], caller, view) }
        let ids = (call.parameter("ids") ?? "").split(separator: ",").map(String.init)
        guard !ids.isEmpty else { return .badRequest }
        for id in ids {
            let answer = delete(id, caller, view)
            guard answer.status == 204 else { return answer }
        }
        return Answer(204)
    }

    private func delete(_ id: String, _ caller: JellyfinAccounts.Caller, _ view: WorldView) -> Answer {
        guard ItemIDs.isGUID(id) else { return .badRequest }
        let catalogue = JellyfinCatalogue(view)
        guard let ref = catalogue.item(id) else { return .notFound }
        // Up to 10.8 a key, which has no user, makes it fail.
        if case .key = caller, version.failsDeletingWithKey { return .jellyfinError(500) }
        guard let item = catalogue.flowItem(ref) else { return .unauthorized }
        let engine = view.world.flow
        return engine.with { state in
            if state.isReadOnly(item.path) { return .jellyfinError(500) }
            state.deleteFolder(of: item)
            return Answer(204)
        }
    }
}

extension FlowState {
    /// Whether nothing can be deleted at a path.
    func isReadOnly(_ path: String) -> Bool { readOnlyMounts.contains { path == $0 || path.hasPrefix($0 + "/") } }

    /// A film or series loses its whole folder, an episode its file.
    fileprivate mutating func deleteFolder(of item: FlowItem) {
        let folder: String
        switch item.kind {
        case .film: folder = String(item.path[..<(item.path.lastIndex(of: "/") ?? item.path.endIndex)])
        case .series, .season, .episode: folder = item.path
        }
        removeFiles(disk.keys.filter { $0 == folder || $0.hasPrefix(folder + "/") }.sorted())
        for slot in items.indices where items[slot].path == folder || items[slot].path.hasPrefix(folder + "/") {
            drop(slot)
        }
    }
}
