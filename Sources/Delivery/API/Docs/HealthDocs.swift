import OpenAPI
import Shapes

/// Health, backups, and the description itself.
extension RouteDoc {
    static let healthz = RouteDoc(
        .health, "isAlive", "Says whether the process works, in one word.",
        answers: .content("text/plain", "`ok`.") + [Answer(503, "`stuck`.", "text/plain")])

    static let readyz = RouteDoc(
        .health, "isReady", "Says whether the process can take work, in one word.",
        answers: .content("text/plain", "`ready`.") + [Answer(503, "Why not.", "text/plain")])

    static let getHealth = RouteDoc(
        .health, "getHealth", "Says how Marquee and its services are.",
        "Nobody in particular learns the status; users which services answer; admins the rest.",
        answers: .ok(HealthShape.schema))

    static let getMetrics = RouteDoc(
        .health, "getMetrics", "Shows figures for Prometheus.",
        answers: .content("text/plain", "The text format, version 0.0.4."))

    static let getDescription = RouteDoc(
        .health, "getDescription", "This description.", answers: .fresh(.map(.any)))

    static let showDocs = RouteDoc(
        .health, "showDocs", "This description as a page.", answers: .content("text/html", "The page."))

    static let listBackups = RouteDoc(
        .backups, "listBackups", "Lists the backups, newest first.", takes: .paged,
        answers: .fresh(ListShape<BackupShape>.schema("backups")))

    static let createBackup = RouteDoc(
        .backups, "createBackup", "Makes a backup while everything runs.", answers: .created(BackupShape.schema),
        refuses: [409])

    static let verifyBackup = RouteDoc(
        .backups, "verifyBackup", "Checks sums, opens the copy, compares counts.", path: ["id": .string],
        answers: .ok(BackupVerificationShape.schema), refuses: [409])
}
