/// One step of a scenario: what is done, when, to which title.
struct ScenarioStep: Sendable, Hashable {
    enum Action: String, Sendable, CaseIterable {
        case request, approve, decline, grab, stall, finish, `import`, block, upgrade, rename, move, match, appear
        case delete, expect, mount, unmount
        case failDownload = "fail_download"
        case noMatch = "no_match"
        case userAdded = "user_added"
        case waitFor = "wait_for"
        case setClock = "set_clock"
    }

    /// From the scenario's start.
    let at: Int64
    let action: Action
    /// All its members.
    let json: JSON

    /// - Throws: `OptionError` that names the member it did not understand.
    init(_ json: JSON) throws(OptionError) {
        guard let name = json["do"]?.text, let action = Action(rawValue: name) else {
            throw OptionError("do must be one of \(Action.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        at = try Span.ticks(json["at"] ?? 0)
        self.action = action
        self.json = json
        try check()
    }

    private func check() throws(OptionError) {
        switch action {
        case .request, .userAdded:
            guard Self.media.contains(json["media"]?.text ?? "movie") else {
                throw OptionError("media must be one of \(Self.media.joined(separator: ", "))")
            }
        case .expect, .waitFor:
            guard json["service"]?.text != nil, json["state"]?.text != nil else {
                throw OptionError("\(action.rawValue) needs service and state")
            }
            if let timeout = json["timeout"] { _ = try Span.ticks(timeout) }
        case .mount, .unmount:
            guard json["path"]?.text?.hasPrefix("/") ?? false else {
                throw OptionError("\(action.rawValue) needs a path")
            }
        case .setClock:
            if let advance = json["advance"] { _ = try Span.ticks(advance) }
        default: break
        }
    }

    private static let media = ["movie", "tv", "anime", "anime_movie"]

    /// What the step asks for, as a title.
    var wish: FlowWish {
        let media = json["media"]?.text ?? "movie"
        var wish = FlowWish(isFilm: media == "movie" || media == "anime_movie", isAnime: media.hasPrefix("anime"))
        if let title = json["title"]?.text, title != "auto" { wish.name = title }
        wish.year = json["year"]?.int
        wish.tmdb = json["tmdb"]?.int
        wish.tvdb = json["tvdb"]?.int
        wish.imdb = json["imdb"]?.text
        if let seasons = json["episodes"]?.elements?.compactMap(\.int), !seasons.isEmpty { wish.seasons = seasons }
        if let count = json["episodes"]?.int { wish.seasons = [count] }
        wish.seasons = wish.seasons.map { min(500, max(1, $0)) }
        wish.unaired = min(wish.seasons.reduce(0, +), max(0, json["unaired"]?.int ?? 0))
        if let airs = json["airs_in"], let ticks = try? Span.ticks(airs) {
            wish.airsIn = Double(ticks) / Double(Ticks.perSecond)
        }
        return wish
    }
}
