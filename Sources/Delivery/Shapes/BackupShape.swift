public import JSONStream
import Media
public import OpenAPI
public import Store

/// One backup, as its manifest tells it.
public struct BackupShape: Shape {
    let backup: BackupInfo

    public static let schema = Schema.named(
        "Backup",
        [
            "id": .string, "created_at": .time.orNull, "reason": .choice(BackupReason.self).orNull,
            "version": .string.orNull, "schema": .string.orNull.note("The newest migration it holds."),
            "rows": .count, "bytes": .count, "path": .string, "damage": .string.orNull,
        ])

    public init(_ backup: BackupInfo) { self.backup = backup }

    public func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("id", backup.id)
            json.field("created_at", backup.createdAt)
            json.field("reason", backup.reason?.rawValue)
            json.field("version", backup.version)
            json.field("schema", backup.schema.last)
            json.field("rows", backup.rows)
            json.field("bytes", backup.bytes)
            json.field("path", backup.path)
            json.field("damage", backup.damage)
        }
    }
}

/// What a verification found.
public struct BackupVerificationShape: Shape {
    let verification: BackupVerification

    public static let schema = Schema.named(
        "BackupVerification",
        ["backup": BackupShape.schema, "sound": .boolean, "problems": .array(.string)])

    public init(_ verification: BackupVerification) { self.verification = verification }

    public func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("backup", BackupShape(verification.backup))
            json.field("sound", verification.isSound)
            json.array("problems") { json in
                for problem in verification.problems { json.value(problem) }
            }
        }
    }
}
