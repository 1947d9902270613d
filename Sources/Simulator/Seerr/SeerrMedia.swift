/// `/media`: what Seerr knows of titles that were asked for.
struct SeerrMedia {
    let service: SeerrService

    func answer(_ route: [String], _ call: Call) -> Answer {
        switch (call.method, route.count) {
        case ("GET", 0): return list(call)
        case ("DELETE", 1): return delete(route[0], files: false, call)
        case ("DELETE", 2) where route[1] == "file": return delete(route[0], files: true, call)
        default: return .seerrNotFound
        }
    }

    private func list(_ call: Call) -> Answer {
        service.engine.with { state in
            let writer = SeerrJSON(service: service, state: state)
            let chosen = state.media.values.filter { media in
                switch call.parameter("filter") ?? "all" {
                case "available": media.status == .available
                case "partial": media.status == .partial
                case "allavailable": media.status == .available || media.status == .partial
                case "processing": media.status == .processing
                case "pending": media.status == .pending
                case "deleted": media.status == .deleted
                default: true
                }
            }
            let sorted = chosen.sorted { one, other in
                switch call.parameter("sort") {
                case "modified": (one.updated, one.id) > (other.updated, other.id)
                case "mediaAdded": (one.added ?? 0, one.id) > (other.added ?? 0, other.id)
                default: one.id > other.id
                }
            }
            return SeerrJSON.page(sorted.map(\.title), call, standard: 20) { writer.media($0, withRequests: true) }
        }
    }

    private func delete(_ id: String, files: Bool, _ call: Call) -> Answer {
        let is4K = call.flag("is4k") ?? false
        return service.engine.with { state in
            guard let media = state.media.values.first(where: { String($0.id) == id }) else { return .seerrNotFound }
            if files {
                for entry in state.entries.indices
                where state.entries[entry].title == media.title
                    && state.entries[entry].service.hasSuffix("/4k") == is4K
                {
                    state.delete(entry: entry, files: true)
                }
            } else {
                // The database takes every request of the medium with it.
                for place in state.requests.indices where state.requests[place].title == media.title {
                    state.delete(request: place)
                }
                state.media[media.title] = nil
            }
            return Answer(204)
        }
    }
}
