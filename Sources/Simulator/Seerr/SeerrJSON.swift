/// Writes requests and media as Seerr does.
struct SeerrJSON {
    let service: SeerrService
    let state: FlowState

    func request(_ place: Int) -> JSON {
        let request = state.requests[place]
        let count = state.requests.count { $0.user == request.user && !$0.isDeleted }
        let user = service.users[request.user].json(requests: count)
        let title = state.title(request.title)
        let created = JSON.string(SeerrDate.text(request.created))
        let updated = JSON.string(SeerrDate.text(request.updated))
        let seasons = request.seasons.map { number -> JSON in
            [
                "id": .integer(request.id * 100 + number), "seasonNumber": .integer(number),
                "status": .integer(request.status.rawValue), "createdAt": created, "updatedAt": updated,
            ]
        }
        return [
            "id": .integer(request.id), "status": .integer(request.status.rawValue), "createdAt": created,
            "updatedAt": updated, "type": title.isFilm ? "movie" : "tv", "is4k": .bool(request.is4K), "serverId": 0,
            "profileId": request.is4K ? 5 : 4, "rootFolder": title.isFilm ? "/media/movies" : "/media/tv",
            "languageProfileId": nil, "tags": [], "isAutoRequest": false, "media": media(request.title),
            "seasons": .array(title.isFilm ? [] : seasons),
            "modifiedBy": request.status == .pending ? nil : service.users[0].json(requests: 0), "requestedBy": user,
            "seasonCount": .integer(title.isFilm ? 0 : request.seasons.count), "canRemove": true,
        ]
    }

    func media(_ number: Int, withRequests: Bool = false) -> JSON {
        guard let media = state.media[number] else { return nil }
        let title = state.title(number)
        let updated = JSON.string(SeerrDate.text(media.updated))
        let external = media.externalID.map { JSON.integer($0) } ?? .null
        let slug = media.externalID == nil ? JSON.null : .string(title.slug)
        let json: JSON = [
            "downloadStatus": .array(downloads(title, is4K: false)),
            "downloadStatus4k": .array(downloads(title, is4K: true)), "id": .integer(media.id),
            "mediaType": title.isFilm ? "movie" : "tv", "tmdbId": .integer(title.tmdb),
            "tvdbId": title.tvdb.map { .integer($0) } ?? .null, "imdbId": title.isFilm ? .string(title.imdb) : .null,
            "status": .integer(media.status.rawValue), "status4k": .integer(media.status4K.rawValue),
            "createdAt": .string(SeerrDate.text(media.created)), "updatedAt": updated, "lastSeasonChange": updated,
            "mediaAddedAt": media.added.map { .string(SeerrDate.text($0)) } ?? .null,
            "serviceId": media.externalID == nil ? .null : 0, "serviceId4k": media.externalID4K == nil ? .null : 1,
            "externalServiceId": external, "externalServiceId4k": media.externalID4K.map { .integer($0) } ?? .null,
            "externalServiceSlug": slug,
            "externalServiceSlug4k": media.externalID4K == nil ? .null : .string(title.slug), "ratingKey": nil,
            "ratingKey4k": nil, "jellyfinMediaId": jellyfinID(title, is4K: false, media.status),
            "jellyfinMediaId4k": jellyfinID(title, is4K: true, media.status4K),
        ]
        guard withRequests else { return json }
        let places = state.requests.indices.filter {
            state.requests[$0].title == number && !state.requests[$0].isDeleted
        }
        return json.with("requests", .array(places.map { request($0).with("media", nil) }))
    }

    // Films and series are known by their own item, once Seerr has seen it.
    private func jellyfinID(_ title: FlowTitle, is4K: Bool, _ status: FlowMedia.Status) -> JSON {
        let item = state.items.first {
            $0.title == title.number && ($0.kind == .film || $0.kind == .series) && !$0.isGone
                && $0.path.hasPrefix("/media/movies-4k/") == is4K
        }
        guard let item, status == .available || status == .partial else { return .null }
        return .string(ItemIDs(dice: state.dice).text(ItemRef(.flow, item.slot), generation: 0))
    }

    private func downloads(_ title: FlowTitle, is4K: Bool) -> [JSON] {
        state.downloads.filter {
            let entry = state.entries[$0.entry]
            return entry.title == title.number && $0.isInQueue && entry.service.hasSuffix("/4k") == is4K
        }.map { download in
            let left = download.release.size - download.bytes(at: state.now)
            return [
                "mediaType": title.isFilm ? "movie" : "tv",
                "externalId": .integer(state.entries[download.entry].id), "size": .integer(Int(download.release.size)),
                "sizeLeft": .integer(Int(left)), "status": .string(download.state.rawValue),
                "timeLeft": .string(ArrQueue.clock(Int(left / max(1, download.rate)))),
                "estimatedCompletionTime": .string(SeerrDate.text(state.now)),
                "title": .string(download.release.title), "downloadId": .string(download.hash.uppercased()),
            ]
        }
    }

    /// One page of a list.
    static func page(_ places: [Int], _ call: Call, standard: Int, _ write: (Int) -> JSON) -> Answer {
        let take = min(1_000, max(1, call.parameter("take").flatMap { Int($0) } ?? standard))
        let skip = max(0, call.parameter("skip").flatMap { Int($0) } ?? 0)
        return .json([
            "pageInfo": [
                "pages": .integer((places.count + take - 1) / take), "pageSize": .integer(take),
                "results": .integer(places.count), "page": .integer(skip / take + 1),
            ], "results": .array(places.dropFirst(skip).prefix(take).map(write)),
        ])
    }
}

extension FlowTitle {
    /// The name in an address.
    var slug: String {
        name.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
    }
}
