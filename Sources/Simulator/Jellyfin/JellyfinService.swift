/// Jellyfin: its listings, and what clients need to detect it and to log in.
struct JellyfinService: SimulatedService {
    let name = "jellyfin"
    let version: JellyfinVersion
    let accounts: JellyfinAccounts
    let serverID: String

    init(version: JellyfinVersion, dice: Dice) {
        self.version = version
        accounts = JellyfinAccounts(dice: dice)
        serverID = dice.hex(1, .user)
    }

    func environment(url: String) -> [String] {
        ["JELLYFIN_URL=\(url)", "JELLYFIN_API_KEY=\(accounts.apiKey)"]
    }

    func answer(_ call: Call, in view: WorldView) -> Answer {
        let route = call.segments.map { $0.lowercased() }  // ASP.NET routes without regard to case
        switch (call.method, route) {
        case ("GET", ["system", "info", "public"]): return .json(publicInfo(call))
        case ("GET", ["system", "ping"]), ("POST", ["system", "ping"]): return .json("Jellyfin Server")
        case ("POST", ["users", "authenticatebyname"]): return logIn(call)
        case ("GET", ["users", "public"]): return .json([])
        default: break
        }
        if call.method == "GET", route.count == 4, route[0] == "items", route[2] == "images" {
            return image(route[1], type: route[3], view)
        }
        let credentials = JellyfinCredentials(call, version: version)
        guard let token = credentials.token, let caller = accounts.caller(token) else { return .unauthorized }
        if call.method == "POST" && route == ["sessions", "logout"] {
            accounts.logOut(token)
            return Answer(204)
        }
        if let answer = WebhookPlugin(engine: view.world.flow, version: version).answer(route, call) { return answer }
        if call.method == "POST", let answer = scan(route, call, view) { return answer }
        if call.method == "DELETE" && route.first == "items" && route.count <= 2 {
            return delete(route, call, caller, view)
        }
        guard call.method == "GET" else { return known(route) ? Answer(405) : Answer(404) }
        return read(route, call, caller, view)
    }

    private func read(_ route: [String], _ call: Call, _ caller: JellyfinAccounts.Caller, _ view: WorldView) -> Answer {
        let catalogue = JellyfinCatalogue(view)
        switch route {
        case ["system", "info"]: return .json(systemInfo(call))
        case ["library", "virtualfolders"]: return .json(virtualFolders(catalogue))
        case ["users"]: return .json(.array(accounts.users.map(userBody)))
        case ["users", "me"]:
            guard case .user(let user) = caller else { return .badRequest }
            return .json(userBody(user))
        case ["items"]: return items(call, caller, catalogue)
        case ["userviews"]:
            guard let user = user(call.parameter("userId"), caller) else { return .badRequest }
            return views(user, catalogue)
        case ["scheduledtasks"]: return .json([libraryScan(view)])
        default: break
        }
        if route.count == 2 && route[0] == "items" { return item(route[1], call, caller, catalogue) }
        guard route.count >= 2, route[0] == "users" else { return Answer(404) }
        guard let user = accounts.users.first(where: { $0.id == route[1].filter { $0 != "-" } }) else {
            return .notFound
        }
        switch route.dropFirst(2) {
        case []: return .json(userBody(user))
        case ["views"]: return views(user, catalogue)
        case ["items"]: return items(call, .user(user), catalogue)
        default:
            guard route.count == 4, route[2] == "items" else { return Answer(404) }
            return item(route[3], call, .user(user), catalogue)
        }
    }

    /// The user a call is made for: the one named, else the caller; nil for a key that names none.
    func user(_ id: String?, _ caller: JellyfinAccounts.Caller) -> JellyfinAccounts.User? {
        if let id, let named = accounts.users.first(where: { $0.id == id.lowercased().filter { $0 != "-" } }) {
            return named
        }
        if case .user(let user) = caller { return user }
        return nil
    }

    private func known(_ route: [String]) -> Bool {
        ["system", "items", "users", "library"].contains(route.first ?? "")
    }
}

extension Answer {
    /// Jellyfin's body for most errors: plain text that says nothing.
    static func jellyfinError(_ status: Int) -> Answer { .text("Error processing request.", status: status) }
    static let badRequest = jellyfinError(400)
    static let unauthorized = jellyfinError(401)
    static let notFound = jellyfinError(404)
}
