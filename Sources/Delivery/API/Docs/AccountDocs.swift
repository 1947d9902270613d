import OpenAPI
import Shapes
import Store
import Tracking

extension RouteDoc {
    static let logIn = RouteDoc(
        .accounts, "logIn", "Signs in with a Jellyfin account, or with the set-up code of the first start.",
        "The session's cookie comes with the answer.",
        body: Operation.Body([
            "username": .string(1...).sometimes, "password": .string(1...).sometimes,
            "code": .string(1...).sometimes.note("From the log, while nobody can sign in yet; instead of the others."),
        ]),
        answers: .ok(SessionShape.schema), refuses: [401, 404, 429])

    static let logOut = RouteDoc(.accounts, "logOut", "Ends the caller's own session.", answers: .nothing)

    static let getSession = RouteDoc(
        .accounts, "getSession", "Says who is signed in; every field is null for nobody.",
        answers: .ok(SessionShape.schema))

    static let listKeys = RouteDoc(
        .accounts, "listKeys", "Lists API keys.", takes: .paged, answers: .fresh(ListShape<APIKeyShape>.schema("keys")))

    static let createKey = RouteDoc(
        .accounts, "createKey", "Makes an API key; the answer is the only one that holds it.",
        body: Operation.Body([
            "name": .string(1...100),
            "scopes": .array(.choice(scopes), least: 1).note("Never more than the owner's role."),
            "expires_at": .time.orNull.sometimes,
        ]),
        answers: .created(APIKeyShape.schemaOfNew))

    private static let scopes =
        ["read", "operate", "admin", "metrics"] + HookService.allCases.map { "hook:\($0.rawValue)" }

    static let revokeKey = RouteDoc(.accounts, "revokeKey", "Revokes an API key.", answers: .nothing)

    static let listUsers = RouteDoc(
        .accounts, "listUsers", "Lists who has signed in.", takes: .paged,
        answers: .fresh(ListShape<UserShape>.schema("users")))

    static let getUser = RouteDoc(
        .accounts, "getUser", "Shows a user with the sessions that are open.", path: ["id": .string],
        answers: .fresh(UserShape.schemaOfDetail))

    static let changeUser = RouteDoc(
        .accounts, "changeUser", "Gives a user a role, or takes it back.", path: ["id": .string],
        body: Operation.Body([
            "role": .choice(["user", "readonly"]).orNull.sometimes.note("Without it the role that Jellyfin gives."),
            "end_sessions": .boolean.orNull.sometimes,
        ]),
        answers: .ok(UserShape.schemaOfDetail))

    static let listAudit = RouteDoc(
        .accounts, "listAudit", "Lists what was done and refused, newest first.", takes: .paged,
        answers: .fresh(ListShape<AuditShape>.schema("entries")))
}
