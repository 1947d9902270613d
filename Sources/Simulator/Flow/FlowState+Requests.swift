// From the wish to the *arr's search.
extension FlowState {
    /// The title a wish means: one known by its number at TMDB, else a new one.
    mutating func title(for wish: FlowWish) -> Int {
        if let tmdb = wish.tmdb, let known = titles.first(where: { $0.tmdb == tmdb && $0.isFilm == wish.isFilm }) {
            return known.number
        }
        let title = FlowTitle(titles.count + 1, wish, now: now, dice: dice)
        titles.append(title)
        for unit in title.episodes.indices where title.episodes[unit].airs > now {
            agenda.add(.air(title: title.number, unit: unit), at: title.episodes[unit].airs)
        }
        return title.number
    }

    /// Asks for a title in Seerr; a user who may approve has it approved at once.
    ///
    /// - Returns: the place of the request.
    @discardableResult
    mutating func request(
        _ title: Int, seasons: [Int]? = nil, is4K: Bool = false, user: Int = 0, approval: FlowApproval = .automatic
    ) -> Int {
        let place = requests.count
        let all = self.title(title).seasons
        requests.append(
            FlowRequest(
                id: place + 1, title: title, is4K: is4K, seasons: seasons ?? all, user: user, status: .pending,
                created: now, updated: now))
        if media[title] == nil {
            lastMediaID += 1
            media[title] = FlowMedia(id: lastMediaID, title: title, created: now, updated: now)
        }
        setMedia(title, is4K, atLeast: .pending)
        if user == 0 && approval == .automatic {
            tell(.autoApproved, place)
            approve(place, silently: true)
        } else {
            tell(.pending, place)
            if approval == .automatic { plan(.approve(request: place), after: delays.approve, salt: salt(place, 1)) }
        }
        return place
    }

    mutating func approve(_ place: Int, silently: Bool = false) {
        guard requests[place].status != .approved, !requests[place].isDeleted else { return }
        setRequest(place, .approved)
        if !silently { tell(.approved, place) }
        setMedia(requests[place].title, requests[place].is4K, atLeast: .processing)
        plan(.addToArr(request: place), after: delays.add, salt: salt(place, 2))
    }

    mutating func decline(_ place: Int) {
        guard !requests[place].isDeleted else { return }
        agenda.remove { $0 == .approve(request: place) || $0 == .addToArr(request: place) }
        setRequest(place, .declined)
        tell(.declined, place)
        let (title, is4K) = (requests[place].title, requests[place].is4K)
        if mediaStatus(title, is4K) == .pending { setMedia(title, is4K, .unknown) }
    }

    /// The *arr gets the title and looks for it; without such an *arr the request fails.
    mutating func addToArr(_ place: Int) {
        let request = requests[place]
        guard request.status == .approved, !request.isDeleted else { return }
        let title = title(request.title)
        let service = title.isFilm ? (request.is4K ? "radarr/4k" : "radarr") : request.is4K ? "sonarr/4k" : "sonarr"
        guard services.contains(service), !refusing.contains(service) else {
            setRequest(place, .failed)
            tell(.failed, place)
            return
        }
        let wanted = title.units(ofSeasons: request.seasons)
        let entry = entry(for: title, in: service, wanted: wanted)
        if request.is4K {
            media[title.number]?.externalID4K = entries[entry].id
        } else {
            media[title.number]?.externalID = entries[entry].id
        }
        let seconds = draw(delays.search, salt: salt(place, 3))
        plan(.search(entry: entry, units: wanted), after: seconds, salt: salt(place, 4))
    }

    /// The title's entry in an *arr, made when missing; the units wanted are monitored from now on.
    mutating func entry(for title: FlowTitle, in service: String, wanted: [Int]) -> Int {
        if let known = entries.firstIndex(where: {
            $0.service == service && $0.title == title.number && !$0.isDeleted
        }) {
            for unit in wanted { entries[known].monitored[unit] = true }
            entries[known].isMonitored = true
            return known
        }
        var monitored = Array(repeating: false, count: title.units.count)
        for unit in wanted { monitored[unit] = true }
        let place = entries.count
        let root: String =
            switch service {
            case "radarr/4k": "/media/movies-4k"
            case "radarr": title.isAnime ? "/media/movies/anime" : "/media/movies"
            default: title.isAnime ? "/media/anime" : "/media/tv"
            }
        entries.append(
            ArrEntry(
                place: place, service: service, title: title.number, id: 1_000_000 + place + 1, added: now,
                monitored: monitored, root: root, folder: title.folder,
                qualityProfile: service == "radarr/4k" ? 5 : 4, tags: title.isAnime ? [3] : []))
        if let path = folders[title.number], let slash = path.lastIndex(of: "/") {
            entries[place].root = String(path[..<slash])
            entries[place].folder = String(path[path.index(after: slash)...])
        }
        tellAdded(place)
        return place
    }

    mutating func setRequest(_ place: Int, _ status: FlowRequest.Status) {
        requests[place].status = status
        requests[place].updated = now
    }

    func mediaStatus(_ title: Int, _ is4K: Bool) -> FlowMedia.Status {
        (is4K ? media[title]?.status4K : media[title]?.status) ?? .unknown
    }

    mutating func setMedia(_ title: Int, _ is4K: Bool, _ status: FlowMedia.Status) {
        guard mediaStatus(title, is4K) != status else { return }
        if is4K { media[title]?.status4K = status } else { media[title]?.status = status }
        media[title]?.updated = now
        if status == .available || status == .partial, media[title]?.added == nil { media[title]?.added = now }
    }

    // `deleted` counts as less than everything that may follow it.
    private mutating func setMedia(_ title: Int, _ is4K: Bool, atLeast status: FlowMedia.Status) {
        let present = mediaStatus(title, is4K)
        if present == .deleted || present.rawValue < status.rawValue { setMedia(title, is4K, status) }
    }

    /// A number for the seeded spread of one hop of one thing.
    func salt(_ thing: Int, _ hop: Int) -> Int { thing &* 64 &+ hop }
}

/// Whether a request waits for somebody.
enum FlowApproval: String, Sendable, Hashable {
    /// Approved at once for the administrator, soon for everybody else.
    case automatic = "auto"
    /// Until a step or a call approves or declines it.
    case never
}
