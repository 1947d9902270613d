/// Seerr (Jellyseerr, Overseerr): requests, what it knows of their media, and its one webhook (upstreams.md §1).
struct SeerrService: SimulatedService {
    let name = "seerr"
    let apiKey: String
    let users: [SeerrUser]
    let engine: FlowEngine

    init(dice: Dice, engine: FlowEngine) {
        apiKey = dice.hex(300, .key)
        users = ["admin", "user1", "user2"].enumerated().map { index, name in
            SeerrUser(id: index + 1, name: name, jellyfinID: dice.hex(10 + index, .user))
        }
        self.engine = engine
    }

    func environment(url: String) -> [String] { ["JELLYSEERR_URL=\(url)", "JELLYSEERR_API_KEY=\(apiKey)"] }

    func answer(_ call: Call, in view: WorldView) -> Answer {
        guard call.segments.starts(with: ["api", "v1"]) else { return Answer(404) }
        let route = Array(call.segments.dropFirst(2))
        if call.method == "GET" && route == ["status"] { return .json(status) }
        guard call.header("x-api-key") == apiKey, let user = user(call) else { return .seerrForbidden }
        if let unknown = Self.unknownParameter(route, call) {
            return .json(
                [
                    "message": .string("Unknown query parameter '\(unknown)'"),
                    "errors": [["path": .string("/query/\(unknown)"), "message": "Unknown query parameter"]],
                ], status: 400)
        }
        switch route.first {
        case "request": return SeerrRequests(service: self, user: user).answer(Array(route.dropFirst()), call)
        case "media": return SeerrMedia(service: self).answer(Array(route.dropFirst()), call)
        case "settings": return settings(Array(route.dropFirst()), call)
        case "movie", "tv": return SeerrDetails(service: self, view: view).answer(route, call)
        case "user" where route.count == 1 && call.method == "GET":
            return .json([
                "pageInfo": ["pages": 1, "pageSize": 10, "results": .integer(users.count), "page": 1],
                "results": .array(users.map { $0.json(requests: 0) }),
            ])
        case "user" where route.count == 2 && call.method == "GET":
            guard let found = users.first(where: { String($0.id) == route[1] }) else {
                return .json(["message": "User not found."], status: 404)
            }
            return .json(found.json(requests: 0))
        case "auth" where route == ["auth", "me"]: return .json(user.json(requests: 0))
        default: return .seerrNotFound
        }
    }

    private var status: JSON {
        [
            "version": "3.0.1", "commitTag": "v3.0.1", "updateAvailable": false, "commitsBehind": 0,
            "restartRequired": false,
        ]
    }

    // The key acts as user 1, or as whom `X-API-User` names.
    private func user(_ call: Call) -> SeerrUser? {
        guard let text = call.header("x-api-user") else { return users.first }
        return users.first { String($0.id) == text }
    }

    private static func unknownParameter(_ route: [String], _ call: Call) -> String? {
        let known: [String]
        switch (route.first, route.count) {
        case ("request", 1) where call.method == "GET":
            known = ["take", "skip", "filter", "sort", "sortDirection", "requestedBy", "mediaType"]
        case ("media", 1): known = ["take", "skip", "filter", "sort"]
        case ("media", 3): known = ["is4k"]
        case ("movie", _), ("tv", _): known = ["language"]
        case ("user", 1): known = ["take", "skip", "sort"]
        default: known = []
        }
        return call.query.first { !known.contains($0.name) }?.name
    }

    private func settings(_ route: [String], _ call: Call) -> Answer {
        switch (call.method, route) {
        case (_, ["notifications", "webhook"]), (_, ["notifications", "webhook", "test"]):
            return SeerrNotifications(engine: engine).answer(call.method, isTest: route.count == 3, call)
        case ("POST", let route) where route.count == 3 && route[0] == "jobs" && route[2] == "run":
            guard Self.jobs.contains(route[1]) else { return .seerrNotFound }
            if ["availability-sync", "jellyfin-recently-added-scan", "jellyfin-full-scan"].contains(route[1]) {
                engine.with { state in
                    state.agenda.remove { $0 == .seerrScan }
                    state.seerrScan()
                }
            }
            return .json([
                "id": .string(route[1]), "type": "process", "interval": "minutes", "cronSchedule": "0 */5 * * * *",
                "name": .string(route[1]), "nextExecutionTime": .string(SeerrDate.text(engine.now)), "running": false,
            ])
        default: return .seerrNotFound
        }
    }

    private static let jobs = [
        "radarr-scan", "sonarr-scan", "availability-sync", "jellyfin-recently-added-scan", "jellyfin-full-scan",
        "download-sync",
    ]
}

/// Somebody who may ask for things.
struct SeerrUser: Sendable {
    let id: Int
    let name: String
    let jellyfinID: String

    func json(requests: Int) -> JSON {
        [
            "permissions": id == 1 ? 2 : 160, "warnings": [], "id": .integer(id),
            "email": .string("\(name)@example.com"), "plexUsername": nil, "jellyfinUsername": .string(name),
            "username": nil, "recoveryLinkExpirationDate": nil, "userType": 3, "plexId": nil,
            "jellyfinUserId": .string(jellyfinID), "avatar": .string("/avatarproxy/\(jellyfinID)"),
            "movieQuotaLimit": nil, "movieQuotaDays": nil, "tvQuotaLimit": nil, "tvQuotaDays": nil,
            "createdAt": "2025-09-11T20:41:53.000Z", "updatedAt": "2025-09-11T20:41:53.000Z",
            "requestCount": .integer(requests), "displayName": .string(name),
        ]
    }
}

/// Moments as Seerr writes them: milliseconds, `Z`.
enum SeerrDate {
    static func text(_ ticks: Int64) -> String {
        let milliseconds = Int(((ticks % Ticks.perSecond + Ticks.perSecond) % Ticks.perSecond) / 10_000)
        let digits = String(1_000 + milliseconds).dropFirst()
        return "\(ArrDate.text(ticks).dropLast()).\(digits)Z"
    }
}

extension Answer {
    static let seerrForbidden = Answer.json(
        ["status": 403, "error": "You do not have permission to access this endpoint"], status: 403)
    static let seerrNotFound = Answer.json(["message": "not found", "errors": []], status: 404)
}
