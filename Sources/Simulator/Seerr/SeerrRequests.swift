/// `/request`: listing, asking, deciding.
struct SeerrRequests {
    let service: SeerrService
    let user: SeerrUser

    func answer(_ route: [String], _ call: Call) -> Answer {
        switch (call.method, route.count) {
        case ("GET", 0): return list(call)
        case ("POST", 0): return create(call)
        case ("GET", 1) where route[0] == "count": return counts()
        case ("GET", 1), ("DELETE", 1), ("PUT", 1), ("POST", 2):
            guard let id = Int(route[0]) else { return .seerrNotFound }
            return one(id, call.method == "POST" ? route[1] : call.method)
        default: return .seerrNotFound
        }
    }

    private func one(_ id: Int, _ action: String) -> Answer {
        let isKnown = service.engine.with { state in
            state.requests.indices.contains(id - 1) && !state.requests[id - 1].isDeleted
        }
        guard isKnown else { return .json(["message": "Request not found."], status: 404) }
        switch action {
        case "GET", "PUT": break
        case "DELETE":
            service.engine.with { $0.delete(request: id - 1) }
            return Answer(204)
        case "approve": service.engine.with { $0.approve(id - 1) }
        case "decline": service.engine.with { $0.decline(id - 1) }
        case "pending": service.engine.with { $0.setRequest(id - 1, .pending) }
        case "retry":
            service.engine.with { state in
                state.setRequest(id - 1, .pending)
                state.approve(id - 1, silently: true)
            }
        default: return .seerrNotFound
        }
        return .json(service.engine.with { SeerrJSON(service: service, state: $0).request(id - 1) })
    }

    private func create(_ call: Call) -> Answer {
        guard let body = JSON(parsing: call.body), let type = body["mediaType"]?.text, ["movie", "tv"].contains(type),
            let tmdb = body["mediaId"]?.whole
        else { return .json(["message": "request.body should have required property", "errors": []], status: 400) }
        let isFilm = type == "movie"
        let is4K = body["is4k"]?.isTrue ?? false
        let wanted = body["seasons"]?.elements.map { $0.compactMap(\.whole) }
        let user = body["userId"]?.whole.map { $0 - 1 } ?? self.user.id - 1
        guard service.users.indices.contains(user) else { return .json(["message": "User not found"], status: 401) }
        return service.engine.with { state in
            let title = state.title(for: FlowWish(isFilm: isFilm, tmdb: tmdb))
            let seasons = state.open(wanted ?? state.title(title).seasons, of: title, is4K: is4K)
            if isFilm && state.isAsked(title, is4K: is4K) {
                return .json(["message": "Request for this media already exists."], status: 409)
            }
            guard isFilm || !seasons.isEmpty else {
                return .json(["message": "No seasons available to request"], status: 202)
            }
            let place = state.request(title, seasons: seasons, is4K: is4K, user: user)
            return .json(SeerrJSON(service: service, state: state).request(place), status: 201)
        }
    }

    private func list(_ call: Call) -> Answer {
        let filter = call.parameter("filter") ?? "all"
        guard let accepts = Self.filters[filter] else {
            return .json(["message": "filter is not allowed", "errors": []], status: 400)
        }
        let byModified = call.parameter("sort") == "modified"
        let isAscending = call.parameter("sortDirection") == "asc"
        return service.engine.with { state in
            let writer = SeerrJSON(service: service, state: state)
            let chosen = state.requests.indices.filter { place in
                let request = state.requests[place]
                guard !request.isDeleted, accepts(request, state.mediaStatus(request.title, request.is4K)) else {
                    return false
                }
                if let owner = call.parameter("requestedBy"), owner != String(request.user + 1) { return false }
                switch call.parameter("mediaType") {
                case "movie": return state.title(request.title).isFilm
                case "tv": return !state.title(request.title).isFilm
                default: return true
                }
            }
            let sorted = chosen.sorted { one, other in
                let (left, right) = (state.requests[one], state.requests[other])
                let key = byModified ? (left.updated, left.id) : (left.created, left.id)
                return key < (byModified ? (right.updated, right.id) : (right.created, right.id))
            }
            return SeerrJSON.page(isAscending ? sorted : sorted.reversed(), call, standard: 10) { writer.request($0) }
        }
    }

    private static let filters: [String: @Sendable (FlowRequest, FlowMedia.Status) -> Bool] = [
        "all": { _, _ in true }, "approved": { request, _ in request.status == .approved },
        "pending": { request, _ in request.status == .pending },
        "failed": { request, _ in request.status == .failed },
        "completed": { request, _ in request.status == .completed },
        "available": { _, media in media == .available },
        "processing": { request, media in request.status == .approved && (media == .processing || media == .partial) },
        "unavailable": { _, media in media != .available && media != .partial },
        "deleted": { _, media in media == .deleted },
    ]

    private func counts() -> Answer {
        service.engine.with { state in
            let all = state.requests.filter { !$0.isDeleted }
            func count(_ status: FlowRequest.Status) -> JSON { .integer(all.count { $0.status == status }) }
            return .json([
                "total": .integer(all.count), "movie": .integer(all.count { state.title($0.title).isFilm }),
                "tv": .integer(all.count { !state.title($0.title).isFilm }), "pending": count(.pending),
                "approved": count(.approved), "declined": count(.declined), "processing": count(.approved),
                "available": count(.completed), "completed": count(.completed),
            ])
        }
    }
}

extension FlowState {
    /// Deletes a request; its medium stays known, as unknown when nobody else asks for it.
    mutating func delete(request place: Int) {
        agenda.remove { $0 == .approve(request: place) || $0 == .addToArr(request: place) }
        requests[place].isDeleted = true
        let (title, is4K) = (requests[place].title, requests[place].is4K)
        guard !isAsked(title, is4K: is4K), mediaStatus(title, is4K).rawValue < 4 else { return }
        setMedia(title, is4K, .unknown)
    }

    /// Whether an open or fulfilled request for the title exists.
    func isAsked(_ title: Int, is4K: Bool) -> Bool {
        requests.contains {
            $0.title == title && $0.is4K == is4K && !$0.isDeleted && $0.status != .declined
                && ($0.status != .completed || mediaStatus(title, is4K) == .available)
        }
    }

    /// The seasons of these nobody asked for yet.
    func open(_ seasons: [Int], of title: Int, is4K: Bool) -> [Int] {
        let asked = requests.filter {
            $0.title == title && $0.is4K == is4K && !$0.isDeleted && $0.status != .declined && $0.status != .completed
        }.flatMap(\.seasons)
        let known = self.title(title).seasons
        return seasons.filter { !asked.contains($0) && known.contains($0) }
    }
}
