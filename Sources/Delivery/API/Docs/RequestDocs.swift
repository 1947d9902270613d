import Media
import OpenAPI
import Shapes
import Store
import Tracking

extension RouteDoc {
    static let listRequests = RouteDoc(
        .requests, "listRequests", "Lists requests.",
        "Deleted ones are left out unless `state` asks for them. Users see their own, unless the administrator lets "
            + "them see all.",
        takes: [
            .query("state", .array(.choice(Stage.self)), "May be repeated."),
            .query("media_type", .choice(MediaType.self)),
            .query("q", .string, "Words of the title, in any language it is known by."),
            .query("requested_by", .string),
            .query("instance", .string, "A service that knows it, or one of its instances, as in `radarr/4k`."),
            .query("whose", .choice(["mine", "all"]), "`mine` are those of the caller, where all are visible."),
            .query("attention", .choice(["true", "false"] + Attention.Code.allCases.map(\.rawValue))),
            .query("anime", .boolean), .query("origin", .choice(Origin.self)),
            .query("sort", .choice(RequestQuery.Sort.self).otherwise("\"updated\"")),
        ] + .paged,
        answers: .fresh(ListShape<RequestShape>.schema("requests")))

    static let getRequest = RouteDoc(
        .requests, "getRequest", "Shows one request with its episodes and its story.",
        answers: .fresh(RequestDetailShape.schema))

    static let listEpisodes = RouteDoc(
        .requests, "listEpisodes", "Lists the episodes of a request.", takes: .paged,
        answers: .fresh(ListShape<EpisodeShape>.schema("episodes")))

    static let listTimeline = RouteDoc(
        .requests, "listTimeline", "Tells the story of a request, oldest line first.", takes: .paged,
        answers: .fresh(ListShape<TimelineEntryShape>.schema("timeline")))

    static let getStats = RouteDoc(
        .requests, "getStats", "Counts requests, and says how long stages last.", answers: .fresh(StatsShape.schema))

    static let getPoster = RouteDoc(
        .requests, "getPoster", "Shows the poster of a request.",
        answers: .content("image/*", "JPEG, PNG or WebP.") + [Answer(204, "It cannot be fetched now.")],
        refuses: [502])

    static let verifyRequest = RouteDoc(
        .requests, "verifyRequest", "Asks Jellyfin now whether it plays.", "Users may once a minute for each request.",
        answers: .ok([
            "request": RequestDetailShape.schema, "result": .choice(Tracking.VerifyResult.self),
        ]),
        refuses: [409, 502])

    static let retryRequest = RouteDoc(
        .requests, "retryRequest", "Does what may get a stuck request going again.", "It verifies first.",
        answers: .ok(["request": RequestDetailShape.schema, "action": .string.note("What was done.")]),
        refuses: [409, 502])

    static let overrideRequest = RouteDoc(
        .requests, "overrideRequest", "Sets by hand what Marquee cannot know, or takes that back.",
        body: Operation.Body([
            "state": .choice(["available", "declined", "failed"]).orNull.sometimes,
            "jellyfin_id": .string.orNull.sometimes,
            "is_anime": .boolean.orNull.sometimes,
            "clear": .boolean.orNull.sometimes.note("Takes back what was set by hand."),
            "reason": .string(1...).note("For the story, and for whoever comes later."),
        ]),
        answers: .ok(["request": RequestDetailShape.schema]), refuses: [409])
}
