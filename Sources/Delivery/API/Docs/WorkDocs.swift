import Jobs
import Media
import OpenAPI
import Shapes
import Store

/// Syncs, jobs and what they leave to people.
extension RouteDoc {
    static let syncLibrary = sync(
        "syncLibrary", "Compares the libraries with what is held, and fills what is missing.",
        [
            .query("update_existing", .boolean.otherwise("true"), "Whether known rows are filled too."),
            .query(
                "adopt_replaced_ids", .boolean.otherwise("false"), "Whether replaced Jellyfin items are taken over."),
            .query("include_deleted", .boolean.otherwise("false")),
        ])

    static let syncMetadata = sync(
        "syncMetadata", "Fills what is missing in known rows; adds none.",
        [
            .query("adopt_replaced_ids", .boolean.otherwise("false"), "Whether replaced Jellyfin items are taken over.")
        ])

    static let syncPending = sync(
        "syncPending", "Reads the request manager and brings open requests up to date.", [])

    private static func sync(_ id: String, _ summary: String, _ more: [Parameter]) -> RouteDoc {
        RouteDoc(
            .syncs, id, summary,
            "Waits for the job unless told otherwise. An identical sync that is under way is joined.",
            takes: [
                .query("dry_run", .boolean.otherwise("false"), "Plans, and writes nothing."),
                .query("plan", .id, "The job of a dry run whose plan is applied."),
                .query("timeline", .boolean.otherwise("false"), "Whether fills enter the stories of requests."),
                .prefer,
            ] + more,
            answers: .ok(SyncResultShape.schema) + .job, refuses: [404, 409, 502])
    }

    static let listJobs = RouteDoc(
        .jobs, "listJobs", "Lists jobs, newest first.",
        takes: [.query("kind", .string), .query("state", .choice(JobState.self))] + .paged,
        answers: .fresh(ListShape<JobShape>.schema("jobs")))

    static let getJob = RouteDoc(.jobs, "getJob", "Shows one job.", answers: .fresh(JobShape.schema))

    static let listJobChanges = RouteDoc(
        .jobs, "listJobChanges", "Lists what a job's plan changes, in the order of the plan.",
        takes: [.query("action", .choice(PlanAction.allCases.map(\.name)))] + .paged,
        answers: .fresh(ListShape<ChangeShape>.schema("changes")))

    static let cancelJob = RouteDoc(
        .jobs, "cancelJob", "Cancels a job that has written nothing yet.", answers: .job, refuses: [409])

    static let undoJob = RouteDoc(
        .jobs, "undoJob", "Takes back what a job wrote; values touched since stay.", takes: [.prefer],
        answers: .ok(
            .named(
                "UndoResult",
                [
                    "reverted": .count, "kept": .count,
                    "kept_details": .array(["request_id": .id, "field": .string, "reason": .string]),
                ])) + .job,
        refuses: [409])

    static let listFindings = RouteDoc(
        .findings, "listFindings", "Lists conflicts, drift and what was set apart.",
        takes: [.query("state", .choice(Finding.State.self).otherwise("\"open\"")), .query("kind", .string)] + .paged,
        answers: .fresh(ListShape<FindingShape>.schema("findings")))

    static let resolveFinding = RouteDoc(
        .findings, "resolveFinding", "Settles a finding.",
        body: Operation.Body(["choice": .choice(FindingChoice.self)]), answers: .ok(FindingShape.schema),
        refuses: [409])
}
