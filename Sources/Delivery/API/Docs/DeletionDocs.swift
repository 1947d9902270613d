import Media
import OpenAPI
import Shapes

extension RouteDoc {
    private static let scope: Schema = Schema.object([
        "seasons": .array(.count).sometimes,
        "episodes": .array(.object(["season": .count, "episode": .count])).sometimes,
    ]).orNull.sometimes.note("Only these seasons or episodes of a series.")

    private static let order: Schema = [
        "delete_files": Schema.boolean.orNull.sometimes.otherwise("false"),
        "dry_run": Schema.boolean.orNull.sometimes.otherwise("false").note("Answers the plan; nothing is changed."),
        "plan_id": Schema.string.orNull.sometimes.note("Does exactly what that preview showed; valid for 15 minutes."),
        "confirm_count": Schema.integer(1...10_000).orNull.sometimes.note("Must be the plan's `confirm_count`."),
        "torrents": Schema.choice(TorrentChoice.self).orNull.sometimes.otherwise("\"auto\""),
        "add_exclusion": Schema.boolean.orNull.sometimes.otherwise("false"),
        "scope": scope,
    ]

    private static let many = Schema.object(["request_ids": .array(.id, least: 1)]).adding(order)

    static let previewDeletion = RouteDoc(
        .deletions, "previewDeletion", "Shows what a deletion would do.", "Nothing is changed.",
        takes: [
            .query("delete_files", .boolean.otherwise("false")),
            .query("torrents", .choice(TorrentChoice.self).otherwise("\"auto\"")),
            .query("add_exclusion", .boolean.otherwise("false")),
            .query("seasons", .array(.count), "Only these seasons, by comma."),
            .query("episodes", .array(.string), "Only these episodes, as `2x5`, by comma."),
        ],
        answers: .ok(DeletionPlanShape.schema))

    static let deleteRequest = RouteDoc(
        .deletions, "deleteRequest", "Deletes a title in every service.",
        "Answers after the calls; what proves it follows. With `dry_run` the plan.", takes: [.prefer],
        body: Operation.Body(order, isRequired: false),
        answers: .ok(.either(DeletionLogShape.schema, DeletionPlanShape.schema)) + .job, refuses: [409])

    static let deleteRequests = RouteDoc(
        .deletions, "deleteRequests", "Deletes many titles in every service.",
        """
        One log for each. Ids that name no request are reported in the job; 404 where none of them does. With `dry_run` \
        the plan.
        """,
        body: Operation.Body(many), answers: .ok(DeletionPlanShape.schema) + .job, refuses: [404, 409])

    static let listDeletions = RouteDoc(
        .deletions, "listDeletions", "Lists deletions, newest first.",
        takes: [
            .query("source", .choice(DeletionSource.self)), .query("status", .choice(DeletionStatus.self)),
            .query("media_type", .choice(MediaType.self)), .query("q", .string, "Words of the title."),
        ] + .paged,
        answers: .fresh(ListShape<DeletionLogShape>.schema("logs")))

    static let getDeletion = RouteDoc(
        .deletions, "getDeletion", "Shows one deletion with every step of its course.",
        answers: .fresh(DeletionLogDetailShape.schema))

    static let retryDeletion = RouteDoc(
        .deletions, "retryDeletion", "Retries what failed, accepts what is left, or answers a deletion made elsewhere.",
        "Without a body it repeats the failed steps, each after it is read again.", takes: [.prefer],
        body: Operation.Body(
            [
                "include_skipped": Schema.boolean.orNull.sometimes.note("Also what was only recorded."),
                "accept_leftovers": Schema.boolean.orNull.sometimes.note("Closes the log as it stands."),
                "answer": Schema.choice(DeletionAnswer.self).orNull.sometimes,
            ], isRequired: false),
        answers: .ok(DeletionLogShape.schema) + .job, refuses: [409])
}
