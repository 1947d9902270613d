/// What Radarr and Sonarr have in common: keys, status, profiles, folders, errors.
struct ServarrService: SimulatedService {
    enum Application: Sendable { case radarr, sonarr }

    /// `radarr`, `radarr/4k`, `sonarr`.
    let name: String
    let application: Application
    let apiKey: String
    let engine: FlowEngine

    init(_ application: Application, instance: String = "default", dice: Dice, engine: FlowEngine) {
        self.engine = engine
        self.application = application
        let family = application == .radarr ? "radarr" : "sonarr"
        name = instance == "default" ? family : "\(family)/\(instance)"
        apiKey = dice.hex(100 + name.utf8.reduce(0) { $0 &* 31 &+ Int($1) }, .key)
    }

    func environment(url: String) -> [String] {
        let prefix = name.uppercased().split(separator: "/").joined(separator: "__")
        let separator = name.contains("/") ? "__" : "_"
        return ["\(prefix)\(separator)URL=\(url)", "\(prefix)\(separator)API_KEY=\(apiKey)"]
    }

    func answer(_ call: Call, in view: WorldView) -> Answer {
        if call.segments == ["ping"] { return .json(["status": "OK"]) }
        guard call.segments.count >= 3, call.segments[0] == "api", call.segments[1] == "v3" else { return .arrNotFound }
        guard isAuthorized(call) else { return Answer(401) }
        let route = call.segments.dropFirst(2).map { $0.lowercased() }
        let life = ArrLife(service: name, application: application, engine: engine)
        if let answer = life.answer(route, call) { return answer }
        if call.method == "DELETE" && route.count == 2 { return delete(route, call, view) }
        guard call.method == "GET" else { return Answer(405) }
        switch route {
        case ["system", "status"]: return .json(status(call))
        case ["qualityprofile"]: return .json(profiles)
        case ["rootfolder"]: return .json(rootFolders)
        case ["tag"]:
            return .json([["label": "demo", "id": 1], ["label": "kids", "id": 2], ["label": "anime", "id": 3]])
        default: break
        }
        switch application {
        case .radarr: return RadarrLibrary(service: name, view: view).answer(route, call)
        case .sonarr: return SonarrLibrary(service: name, view: view).answer(route, call)
        }
    }

    // A title of the library, which has been there since long: its files go at once.
    private func delete(_ route: [String], _ call: Call, _ view: WorldView) -> Answer {
        guard route[0] == (application == .radarr ? "movie" : "series"), let id = Int(route[1]) else {
            return Answer(405)
        }
        let number =
            application == .radarr
            ? RadarrLibrary(service: name, view: view).titleNumber(ofID: id)
            : SonarrLibrary(service: name, view: view).titleNumber(ofID: id)
        guard let number else { return .arrNotFound }
        view.world.delete(number, in: name, files: call.flag("deleteFiles") ?? false)
        return .json([:])
    }

    private func isAuthorized(_ call: Call) -> Bool {
        if let key = call.header("x-api-key") { return key == apiKey }
        if let key = call.parameter("apikey") { return key == apiKey }
        let parts = (call.header("authorization") ?? "").split(separator: " ")
        return parts.count == 2 && parts[0].lowercased() == "bearer" && parts[1] == apiKey
    }

    private func status(_ call: Call) -> JSON {
        let title = application == .radarr ? "Radarr" : "Sonarr"
        return [
            "appName": .string(title),
            "instanceName": .string(name.contains("/") ? "\(title) \(name.split(separator: "/")[1])" : title),
            "version": application == .radarr ? "5.27.5.10198" : "4.0.15.2941", "buildTime": "2025-05-30T20:30:57Z",
            "isDebug": false, "isProduction": true, "isAdmin": false, "isUserInteractive": false,
            "startupPath": "/app/bin", "appData": "/config", "osName": "debian", "osVersion": "12", "isNetCore": true,
            "isLinux": true, "isOsx": false, "isWindows": false, "isDocker": true, "mode": "console", "branch": "main",
            "databaseType": "sqLite", "databaseVersion": "3.40.1", "authentication": "forms", "migrationVersion": 242,
            "urlBase": .string(call.basePath), "runtimeVersion": "6.0.35", "runtimeName": ".NET",
            "startTime": "2025-07-01T00:00:00Z",
        ]
    }

    private var profiles: JSON {
        .array(
            [(4, "HD-1080p", 1_080), (5, "Ultra-HD", 2_160)].map { id, name, resolution in
                [
                    "name": .string(name), "upgradeAllowed": true, "cutoff": 7,
                    "items": [
                        [
                            "quality": [
                                "id": 7, "name": .string("Bluray-\(resolution)p"), "source": "bluray",
                                "resolution": .integer(resolution),
                            ], "items": [], "allowed": true,
                        ]
                    ], "minFormatScore": 0, "cutoffFormatScore": 0, "minUpgradeFormatScore": 1, "formatItems": [],
                    "id": .integer(id),
                ]
            })
    }

    private var rootFolders: JSON {
        let paths =
            application == .sonarr
            ? ["/media/tv", "/media/anime"] : [name == "radarr/4k" ? "/media/movies-4k" : "/media/movies"]
        return .array(
            paths.enumerated().map { index, path in
                [
                    "path": .string(path), "accessible": .bool(!engine.with { $0.isGone(path) }),
                    "freeSpace": 4_000_000_000_000, "unmappedFolders": [],
                    "id": .integer(index + 1),
                ]
            })
    }
}

extension Answer {
    /// The *arrs' 404.
    static let arrNotFound = Answer.json(["message": "NotFound"], status: 404)
    /// The *arrs' answer to a value they cannot read.
    static func arrInvalid(_ property: String, _ text: String) -> Answer {
        .json([["propertyName": .string(property), "errorMessage": .string(text), "severity": "error"]], status: 400)
    }
}
