public import JSONStream
import Media
public import OpenAPI
public import Store

/// A request as lists and details show it (api.md §3).
public struct RequestShape: Shape {
    let row: RequestRecord
    let links: PublicLinks
    let seerrIDs: [InstanceID<Int64>]

    public static let schema = Schema.named(
        "Request",
        [
            "id": .id, "title": .string, "original_title": .string.orNull, "year": .integer.orNull,
            "overview": .string.orNull, "media_type": .choice(MediaType.self), "jellyfin_id": .string.orNull,
            "variant": .choice(Variant.self).orNull, "origin": .choice(Origin.self), "is_anime": .boolean.orNull,
            "state": .choice(Stage.self), "uncertain": .boolean, "partially_available": .boolean,
            "attention": AttentionShape.schema.orNull, "progress": ProgressShape.schema.orNull,
            "note": .string.orNull, "quality": .string.orNull, "indexer": .string.orNull,
            "release_group": .string.orNull, "requested_by": .string.orNull, "requested_seasons": .array(.count),
            "episodes_available": .count, "episodes_aired": .count, "episodes_total": .count.orNull,
            "ids": [
                "tmdb": .integer.orNull, "tvdb": .integer.orNull, "imdb": .string.orNull,
                "jellyfin": .map(.string).note("By instance, as the following."), "radarr": .map(.integer),
                "sonarr": .map(.integer), "jellyseerr": .map(.integer), "shoko_series": .integer.orNull,
            ],
            "poster_url": .string.orNull,
            "links": [
                "jellyfin": .string.orNull, "radarr": .string.orNull, "sonarr": .string.orNull,
                "jellyseerr": .string.orNull,
            ],
            "created_at": .time, "updated_at": .time, "state_changed_at": .time, "available_at": .time.orNull,
            "deletion": OpenAPI.Schema.object(["log_id": .id, "status": .choice(DeletionStatus.self)]).orNull,
        ])

    public init(_ row: RequestRecord, links: PublicLinks, seerrIDs: [InstanceID<Int64>] = []) {
        self.row = row
        self.links = links
        self.seerrIDs = seerrIDs
    }

    public func write(to json: inout JSONWriter) { json.object { writeFields(to: &$0) } }

    func writeFields(to json: inout JSONWriter) {
        json.field("id", row.id)
        json.field("title", row.title)
        json.field("original_title", row.originalTitle)
        json.field("year", row.year)
        json.field("overview", row.overview)
        json.field("media_type", row.mediaType.rawValue)
        json.field("jellyfin_id", row.jellyfin?.id.text)
        json.field("variant", row.variant?.rawValue)
        json.field("origin", row.origin.rawValue)
        json.field("is_anime", row.isAnime)
        json.field("state", row.state.rawValue)
        json.field("uncertain", row.isUncertain)
        let available = row.episodesAvailable ?? 0
        json.field("partially_available", available > 0 && available < (row.episodesAired ?? 0))
        json.key("attention")
        AttentionShape.write(row.attention, to: &json)
        json.key("progress")
        ProgressShape.write(row.progress, to: &json)
        json.field("note", row.note)
        json.field("quality", row.quality)
        json.field("indexer", row.indexer)
        json.field("release_group", row.releaseGroup)
        json.field("requested_by", row.requestedBy)
        json.array("requested_seasons") { json in
            for season in row.seasons { json.value(Int64(season)) }
        }
        writeEpisodes(to: &json)
        writeIDs(to: &json)
        json.field("poster_url", row.posterURL == nil ? nil : links.poster(of: row.id))
        writeLinks(to: &json)
        json.field("created_at", row.createdAt)
        json.field("updated_at", row.updatedAt)
        json.field("state_changed_at", row.stateChangedAt)
        json.field("available_at", row.availableAt)
        json.key("deletion")
        guard let deletion = row.deletion else { return json.null() }
        json.object { json in
            json.field("log_id", deletion.log)
            json.field("status", deletion.status.rawValue)
        }
    }

    /// A film, or a row that nobody requested, is one unit.
    private func writeEpisodes(to json: inout JSONWriter) {
        if row.mediaType == .tv && row.origin == .request {
            json.field("episodes_available", row.episodesAvailable ?? 0)
            json.field("episodes_aired", row.episodesAired ?? 0)
            json.field("episodes_total", row.episodesTotal)
            return
        }
        let isUnit = row.mediaType == .movie || row.origin == .librarySync
        json.field("episodes_available", isUnit && row.state == .available ? 1 : 0)
        json.field("episodes_aired", isUnit ? 1 : 0)
        json.field("episodes_total", isUnit ? 1 : nil)
    }

    private func writeIDs(to json: inout JSONWriter) {
        json.object("ids") { json in
            json.field("tmdb", row.tmdb)
            json.field("tvdb", row.tvdb)
            json.field("imdb", row.imdb)
            json.object("jellyfin") { json in
                guard let jellyfin = row.jellyfin else { return }
                json.key(string: jellyfin.instance)
                json.value(jellyfin.id.text)
            }
            Self.writeInstances("radarr", row.radarr, to: &json)
            Self.writeInstances("sonarr", row.sonarr, to: &json)
            json.object("jellyseerr") { json in
                for key in seerrIDs {
                    json.key(string: key.instance)
                    json.value(key.id)
                }
            }
            json.field("shoko_series", Int64?.none)
        }
    }

    private static func writeInstances(_ key: StaticString, _ id: InstanceID<Int64>?, to json: inout JSONWriter) {
        json.object(key) { json in
            guard let id else { return }
            json.key(string: id.instance)
            json.value(id.id)
        }
    }

    private func writeLinks(to json: inout JSONWriter) {
        json.object("links") { json in
            json.field("jellyfin", row.jellyfin.flatMap { links.jellyfin($0.instance, item: $0.id.text) })
            json.field("radarr", row.radarr.flatMap { links.radarr($0.instance, tmdb: row.tmdb) })
            json.field("sonarr", row.sonarr.flatMap { links.sonarr($0.instance) })
            let seerr =
                row.origin == .request || !seerrIDs.isEmpty
                ? links.jellyseerr(seerrIDs.first?.instance, row.mediaType, tmdb: row.tmdb) : nil
            json.field("jellyseerr", seerr)
        }
    }
}

/// A request with its episodes and its story.
public struct RequestDetailShape: Shape, Sendable {
    let request: RequestShape
    let episodes: [EpisodeShape]
    let timeline: [TimelineEntryShape]

    public static let schema = Schema.named(
        "RequestDetail",
        RequestShape.schema.adding([
            "episodes": .array(EpisodeShape.schema), "timeline": .array(TimelineEntryShape.schema),
        ]))

    public init(_ request: RequestShape, episodes: [EpisodeShape], timeline: [TimelineEntryShape]) {
        self.request = request
        self.episodes = episodes
        self.timeline = timeline
    }

    public func write(to json: inout JSONWriter) {
        json.object { json in
            request.writeFields(to: &json)
            json.field("episodes", episodes)
            json.field("timeline", timeline)
        }
    }
}
