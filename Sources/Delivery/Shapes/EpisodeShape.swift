public import JSONStream
public import Media
public import OpenAPI
import Store

/// One episode of a request (api.md §3).
public struct EpisodeShape: Shape, Sendable {
    let episode: Episode
    let download: Download?
    let now: Timestamp

    public var id: Int64 { episode.id }

    public static let schema = Schema.named(
        "Episode",
        [
            "id": .id, "season": .count, "episode": .count, "title": .string.orNull, "state": .choice(Stage.self),
            "air_date": .string.orNull, "aired": .boolean, "monitored": .boolean.orNull, "requested": .boolean,
            "torrent_hash": .string.orNull, "progress": ProgressShape.schema.orNull, "jellyfin_id": .string.orNull,
            "path": .string.orNull,
        ])

    /// Every episode of a request beside the newest download that carries it.
    public static func all(_ episodes: [Episode], _ downloads: [Download], now: Timestamp) -> [EpisodeShape] {
        episodes.map { episode in
            let own = downloads.filter { $0.units.contains(episode.number) }
            return EpisodeShape(episode: episode, download: own.max { $0.grabbedAt < $1.grabbedAt }, now: now)
        }
    }

    public func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("id", episode.id)
            json.field("season", Int64(episode.number.season))
            json.field("episode", Int64(episode.number.episode))
            json.field("title", episode.title)
            json.field("state", episode.stage.rawValue)
            json.field("air_date", episode.airDate)
            json.field("aired", episode.class != .unaired)
            json.field("monitored", episode.monitored)
            json.field("requested", episode.class != .notRequested)
            json.field("torrent_hash", download?.downloadID)
            json.key("progress")
            ProgressShape.write(isMoving ? download.flatMap { progress(of: $0, episode.number) } : nil, to: &json)
            json.field("jellyfin_id", episode.proof.isPlayable ? episode.proof.item?.text : nil)
            json.field("path", episode.path)
        }
    }

    private var isMoving: Bool { episode.stage == .downloading || episode.stage == .downloadDone }
}
