public import HTML

/// A Jellyfin user who has signed in here.
public struct UserCard: Component, Sendable {
    /// What is known of them.
    public struct Model: Sendable {
        /// Jellyfin's id.
        public var id: String
        public var name: String
        /// `admin`, `user` or `readonly`.
        public var role: String
        public var isDisabled = false
        /// Unix milliseconds.
        public var lastLogin: Int64?
        public var sessions: [Session] = []

        public init(id: String, name: String, role: String) {
            self.id = id
            self.name = name
            self.role = role
        }
    }

    /// A browser that is signed in.
    public struct Session: Sendable {
        public var address: String
        public var agent: String
        /// Unix milliseconds.
        public var usedAt: Int64

        public init(address: String, agent: String, usedAt: Int64) {
            self.address = address
            self.agent = agent
            self.usedAt = usedAt
        }
    }

    let model: Model
    let page: PageContext

    public init(_ model: Model, _ page: PageContext) {
        self.model = model
        self.page = page
    }

    public var body: Markup {
        section(.class("card"), .id("user-\(model.id)"), .aria("labelledby", "user-\(model.id)-title")) {
            header(.class("card-head")) {
                h2(.id("user-\(model.id)-title")) { bdi { model.name } }
                p(.class("small muted")) {
                    word(model.role)
                    if model.isDisabled { " · " + page[.userDisabled] }
                    if let at = model.lastLogin {
                        " · " + page[.userLastLogin] + " "
                        Moment(at)
                    }
                }
            }
            sessions
            form
        }
    }

    @MarkupBuilder private var sessions: Markup {
        if model.sessions.isEmpty {
            p(.class("muted")) { page[.userNoSessions] }
        } else {
            ul(.class("sessions")) {
                for session in model.sessions {
                    li {
                        bdi { session.agent }
                        span(.class("muted small")) {
                            " " + session.address + " · "
                            Moment(session.usedAt)
                        }
                    }
                }
            }
        }
    }

    private var form: Markup {
        HTML.form(.class("actions"), .method("post"), .action(page.url("/settings/users/\(model.id)"))) {
            if let token = page.csrfToken { input(.type("hidden"), .name("csrf"), .value(token)) }
            if model.role != "admin" {
                label(.class("field")) {
                    span { page[.userRole] }
                    select(.name("role")) {
                        for role in ["user", "readonly"] {
                            option(.value(role), .flag("selected", role == model.role)) { word(role) }
                        }
                    }
                }
                ActionButton(.primary, page[.settingsSave])
            } else {
                p(.class("muted small")) { page[.userAdminHint] }
            }
            if !model.sessions.isEmpty {
                ActionButton(
                    .secondary, page[.userEndSessions], name: "end_sessions", value: "true",
                    label: page[.actionOf, ["action": page[.userEndSessions], "title": model.name]])
            }
        }
    }

    private func word(_ role: String) -> String {
        switch role {
        case "admin": page[.roleAdmin]
        case "readonly": page[.roleReadonly]
        default: page[.roleUser]
        }
    }
}
