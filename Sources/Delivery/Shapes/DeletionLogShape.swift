public import JSONStream
import Media
public import OpenAPI
public import Store

/// A deletion as it stands (deletion.md §9).
public struct DeletionLogShape: Shape {
    let log: DeletionLog
    let links: PublicLinks
    let hasEvents: Bool

    static let fields: OpenAPI.Schema = [
        "id": .id, "job_id": .id.orNull, "request_ids": .array(.id), "title": .string, "year": .integer.orNull,
        "media_type": .choice(MediaType.self), "variant": .choice(Variant.self).orNull, "is_anime": .boolean.orNull,
        "poster_url": .string.orNull, "tmdb_id": .integer.orNull, "tvdb_id": .integer.orNull,
        "imdb_id": .string.orNull,
        "source": .choice(DeletionSource.self), "deleted_by_user_id": .string.orNull,
        "deleted_by_username": .string, "delete_files": .boolean, "torrents": .choice(TorrentChoice.self),
        "add_exclusion": .boolean, "scope": DeletionScopeShape.schema.orNull,
        "status": .choice(DeletionStatus.self), "phase": .choice(DeletionPhase.self), "initiated_at": .time,
        "completed_at": .time.orNull, "freed_bytes": .count.orNull.note("Only what is proven."),
        "left_behind": .array(.string).note("Files seen on disk after everything was done."),
        "services": .array(ServiceOutcomeShape.schema),
        "undo": [
            "possible": .boolean, "restores": .array(.choice(DeletionService.self)),
            "cannot": .array(.string), "undone_by": .id.orNull,
        ],
        "actions": .array(.string).note(
            "What `retry` takes now: `retry`, `include_skipped`, `accept_leftovers`, `propagate`, `record`, `dismiss`."),
    ]

    public static let schema = Schema.named("DeletionLog", fields)

    /// `hasEvents`: whether every step of its course is told, as in details.
    public init(_ log: DeletionLog, links: PublicLinks, hasEvents: Bool = false) {
        self.log = log
        self.links = links
        self.hasEvents = hasEvents
    }

    public func write(to json: inout JSONWriter) {
        json.object { json in
            writeSubject(to: &json)
            json.field("source", log.source.rawValue)
            json.field("deleted_by_user_id", log.user)
            json.field("deleted_by_username", log.userName)
            json.field("delete_files", log.options.deletesFiles)
            json.field("torrents", log.options.torrents.rawValue)
            json.field("add_exclusion", log.options.addsExclusion)
            json.field("scope", log.options.scope.map(DeletionScopeShape.init))
            json.field("status", log.status.rawValue)
            json.field("phase", log.phase.rawValue)
            json.field("initiated_at", log.initiatedAt)
            json.field("completed_at", log.completedAt)
            json.field("freed_bytes", log.freedBytes)
            json.array("left_behind") { json in for path in log.leftBehind { json.value(path) } }
            json.field("services", log.services.map(ServiceOutcomeShape.init))
            json.object("undo") { json in
                // Nothing takes a deletion back yet: what could be restored is only told.
                json.field("possible", false)
                json.array("restores") { json in for service in log.undo.restores { json.value(service.rawValue) } }
                json.array("cannot") { json in for what in log.undo.cannot { json.value(what) } }
                json.field("undone_by", log.undoneBy)
            }
            json.array("actions") { json in for action in log.actions { json.value(action) } }
            if hasEvents { json.field("sync_events", log.steps.map(DeletionStepShape.init)) }
        }
    }

    private func writeSubject(to json: inout JSONWriter) {
        json.field("id", log.id)
        json.field("job_id", log.job)
        json.array("request_ids") { json in for request in log.requests { json.value(request) } }
        json.field("title", log.title)
        json.field("year", log.year)
        json.field("media_type", log.mediaType.rawValue)
        json.field("variant", log.variant?.rawValue)
        json.field("is_anime", log.isAnime)
        json.field("poster_url", log.posterURL == nil ? nil : log.requests.first.map { links.poster(of: $0) })
        json.field("tmdb_id", log.tmdb)
        json.field("tvdb_id", log.tvdb)
        json.field("imdb_id", log.imdb)
    }
}

/// A deletion with every step of its course.
public struct DeletionLogDetailShape: Shape {
    let log: DeletionLogShape

    public static let schema = Schema.named(
        "DeletionLogDetail", DeletionLogShape.fields.adding(["sync_events": .array(DeletionStepShape.schema)]))

    public init(_ log: DeletionLog, links: PublicLinks) {
        self.log = DeletionLogShape(log, links: links, hasEvents: true)
    }

    public func write(to json: inout JSONWriter) { log.write(to: &json) }
}

/// What a deletion came to in one instance of a service.
struct ServiceOutcomeShape: Shape {
    let outcome: ServiceOutcome

    static let schema = Schema.named(
        "ServiceOutcome",
        [
            "service": .choice(DeletionService.self), "instance": .string.orNull, "status": .choice(StepStatus.self),
            "details": .string.orNull, "error": .string.orNull, "actions": .array(.string),
        ])

    init(_ outcome: ServiceOutcome) { self.outcome = outcome }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("service", outcome.service.rawValue)
            json.field("instance", outcome.instance)
            json.field("status", outcome.status.rawValue)
            json.field("details", outcome.details)
            json.field("error", outcome.error)
            json.array("actions") { json in for action in outcome.actions { json.value(action) } }
        }
    }
}

/// One change of one target.
struct DeletionStepShape: Shape {
    let step: DeletionStep

    static let schema = Schema.named(
        "DeletionStep",
        [
            "id": .id, "service": .choice(DeletionService.self), "instance": .string.orNull,
            "target": .string.note("Such as `movie:52`; empty for the service as a whole."),
            "status": .choice(StepStatus.self), "details": .string.orNull, "error": .string.orNull, "at": .time,
        ])

    init(_ step: DeletionStep) { self.step = step }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("id", step.id)
            json.field("service", step.service.rawValue)
            json.field("instance", step.instance)
            json.field("target", step.target)
            json.field("status", step.status.rawValue)
            json.field("details", step.details)
            json.field("error", step.error)
            json.field("at", step.at)
        }
    }
}

/// Seasons and episodes that a deletion is bounded to.
struct DeletionScopeShape: Shape {
    let scope: DeletionScope

    static let schema: OpenAPI.Schema = [
        "seasons": .array(.count), "episodes": .array(["season": .count, "episode": .count]),
    ]

    init(_ scope: DeletionScope) { self.scope = scope }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.array("seasons") { json in for season in scope.seasons { json.value(Int64(season)) } }
            json.array("episodes") { json in
                for unit in scope.episodes {
                    json.object { json in
                        json.field("season", Int64(unit.season))
                        json.field("episode", Int64(unit.episode))
                    }
                }
            }
        }
    }
}
