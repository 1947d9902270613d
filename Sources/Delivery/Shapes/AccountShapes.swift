public import JSONStream
import Media
public import OpenAPI
public import Store

/// Who is signed in; every field is null for nobody.
public struct SessionShape: Shape {
    let name: String?
    let id: String?
    let role: Role?
    let formToken: String?

    public static let schema = Schema.named(
        "Session",
        [
            "user": .object(["id": .string.orNull, "name": .string]).orNull,
            "role": .choice(Role.self).orNull,
            "csrf_token": .string.orNull.note("For the header X-CSRF-Token; a new one each time."),
        ])

    public init(name: String?, id: String?, role: Role?, formToken: String?) {
        self.name = name
        self.id = id
        self.role = role
        self.formToken = formToken
    }

    public func write(to json: inout JSONWriter) {
        json.object { json in
            json.key("user")
            if let name {
                json.object { json in
                    json.field("id", id)
                    json.field("name", name)
                }
            } else {
                json.value(String?.none)
            }
            json.field("role", role?.rawValue)
            json.field("csrf_token", formToken)
        }
    }
}

/// A key for programs; its text is there only in the answer that made it.
public struct APIKeyShape: Shape {
    let key: APIKeyRecord
    let text: String?

    public static let schema = Schema.named(
        "APIKey",
        [
            "id": .id, "name": .string, "scopes": .array(.string), "owner": .string.orNull, "created_by": .string,
            "created_at": .time, "expires_at": .time.orNull, "last_used_at": .time.orNull, "revoked_at": .time.orNull,
        ])

    /// With the key itself.
    public static let schemaOfNew = Schema.named("NewAPIKey", schema.adding(["key": .string]))

    public init(_ key: APIKeyRecord, text: String? = nil) {
        self.key = key
        self.text = text
    }

    public func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("id", key.id)
            json.field("name", key.name)
            json.array("scopes") { json in
                for scope in key.scopes { json.value(scope) }
            }
            json.field("owner", key.owner)
            json.field("created_by", key.createdBy)
            json.field("created_at", key.createdAt)
            json.field("expires_at", key.expiresAt)
            json.field("last_used_at", key.usedAt)
            json.field("revoked_at", key.revokedAt)
            if let text { json.field("key", text) }
        }
    }
}

/// A Jellyfin user who has signed in here.
public struct UserShape: Shape {
    let user: UserRecord
    let role: Role
    let sessions: [SessionRecord]?

    public static let schema = Schema.named(
        "User",
        [
            "id": .string, "name": .string, "role": .choice(Role.self), "assigned_role": .choice(Role.self).orNull,
            "disabled": .boolean, "created_at": .time, "last_login_at": .time.orNull, "checked_at": .time.orNull,
        ])

    /// With the sessions that are open.
    public static let schemaOfDetail = Schema.named(
        "UserDetail",
        schema.adding([
            "sessions": .array([
                "id": .id, "created_at": .time, "last_used_at": .time, "address": .string, "agent": .string,
            ])
        ]))

    public init(_ user: UserRecord, role: Role, sessions: [SessionRecord]? = nil) {
        self.user = user
        self.role = role
        self.sessions = sessions
    }

    public func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("id", user.id)
            json.field("name", user.name)
            json.field("role", role.rawValue)
            json.field("assigned_role", user.assignedRole?.rawValue)
            json.field("disabled", user.isDisabled)
            json.field("created_at", user.createdAt)
            json.field("last_login_at", user.lastLoginAt)
            json.field("checked_at", user.checkedAt)
            guard let sessions else { return }
            json.array("sessions") { json in
                for session in sessions {
                    json.object { json in
                        json.field("id", session.id)
                        json.field("created_at", session.createdAt)
                        json.field("last_used_at", session.usedAt)
                        json.field("address", session.address)
                        json.field("agent", session.agent)
                    }
                }
            }
        }
    }
}

/// Something that was done, or refused.
public struct AuditShape: Shape {
    let entry: AuditEntry

    public static let schema = Schema.named(
        "AuditEntry",
        [
            "id": .id, "at": .time, "who": .string, "address": .string.orNull, "action": .string,
            "object": .string.orNull, "before": .string.orNull, "after": .string.orNull,
        ])

    public init(_ entry: AuditEntry) { self.entry = entry }

    public func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("id", entry.id)
            json.field("at", entry.at)
            json.field("who", entry.who)
            json.field("address", entry.address)
            json.field("action", entry.action)
            json.field("object", entry.object)
            json.field("before", entry.before)
            json.field("after", entry.after)
        }
    }
}
