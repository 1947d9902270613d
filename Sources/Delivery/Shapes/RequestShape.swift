public import JSONStream
import Media
public import Store

/// A request as lists and details show it (api.md §3).
public struct RequestShape: Shape {
    let row: RequestRecord
    let links: PublicLinks

    public init(_ row: RequestRecord, links: PublicLinks) {
        self.row = row
        self.links = links
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
        json.field("partially_available", false)
        json.field("attention", String?.none)
        json.field("progress", String?.none)
        json.field("quality", String?.none)
        json.field("indexer", String?.none)
        json.field("release_group", String?.none)
        json.field("requested_by", row.requestedBy)
        json.array("requested_seasons") { _ in }
        writeEpisodes(to: &json)
        writeIDs(to: &json)
        json.field("poster_url", row.posterURL == nil ? nil : "/images/poster/\(row.id)")
        writeLinks(to: &json)
        json.field("created_at", row.createdAt)
        json.field("updated_at", row.updatedAt)
        json.field("state_changed_at", row.stateChangedAt)
        json.field("available_at", row.availableAt)
        json.field("deletion", String?.none)
    }

    /// A row that nobody requested is one unit; episodes of requests arrive with their list.
    private func writeEpisodes(to json: inout JSONWriter) {
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
            json.object("jellyseerr") { _ in }
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
            json.field("jellyseerr", String?.none)
        }
    }
}

/// A request with its story.
public struct RequestDetailShape: Shape {
    let request: RequestShape
    let timeline: [TimelineEntryShape]

    public init(_ request: RequestShape, timeline: [TimelineEntryShape]) {
        self.request = request
        self.timeline = timeline
    }

    public func write(to json: inout JSONWriter) {
        json.object { json in
            request.writeFields(to: &json)
            json.array("episodes") { _ in }
            json.field("timeline", timeline)
        }
    }
}
