public import HTML

/// The keys of programs: those in force, and a form for a new one.
public struct KeysTab: Component, Sendable {
    /// One key.
    public struct Key: Sendable {
        public var id: Int64
        public var name: String
        public var scopes: [String]
        public var owner: String?
        /// Unix milliseconds, as all times here.
        public var createdAt: Int64
        public var expiresAt: Int64?
        public var usedAt: Int64?
        public var revokedAt: Int64?

        public init(id: Int64, name: String, scopes: [String], createdAt: Int64) {
            self.id = id
            self.name = name
            self.scopes = scopes
            self.createdAt = createdAt
        }
    }

    /// The part's model.
    public struct Model: Sendable {
        public var keys: [Key] = []
        /// What a key may be for.
        public var scopes: [String] = []
        /// The text of the key just made: the only time it is shown.
        public var made: String?
        /// The name as entered before.
        public var name: String?

        public init() {}
    }

    let model: Model
    let page: PageContext

    public init(_ model: Model, _ page: PageContext) {
        self.model = model
        self.page = page
    }

    public var body: Markup {
        if let made = model.made {
            Notice(.good, title: page[.keyMade], text: page[.keyOnce])
            p(.class("copyable")) {
                code(.id("new-key"), .data("copy", page[.copyLabel, ["what": page[.settingsKeys]]])) { made }
            }
        }
        if model.keys.isEmpty { EmptyState(.shield, page[.keysEmpty]) } else { list }
        newKey
    }

    private var list: Markup {
        div(.class("table-frame")) {
            table(.class("requests")) {
                caption(.class("hidden")) { page[.settingsKeys] }
                thead {
                    tr {
                        th(.scope("col")) { page[.keyName] }
                        th(.scope("col")) { page[.keyScopes] }
                        th(.scope("col")) { page[.keyExpires] }
                        th(.scope("col")) { page[.keyUsed] }
                        th(.scope("col")) { page[.unmatchedAction] }
                    }
                }
                tbody { for key in model.keys { row(key) } }
            }
        }
    }

    private func row(_ key: Key) -> Markup {
        tr(.id("key-\(key.id)"), .flag("data-row")) {
            th(.scope("row")) { span(.class("media-title")) { bdi { key.name } } }
            td(.data("label", page[.keyScopes])) { code { key.scopes.joined(separator: " ") } }
            td(.data("label", page[.keyExpires])) { if let at = key.expiresAt { Moment(at) } else { page[.keyNever] } }
            td(.data("label", page[.keyUsed])) { if let at = key.usedAt { Moment(at) } else { page[.keyNever] } }
            td {
                if let at = key.revokedAt {
                    span(.class("muted")) {
                        page[.keyRevoked] + " "
                        Moment(at)
                    }
                } else {
                    HTML.form(.method("post"), .action(page.url("/settings/keys/\(key.id)/revoke"))) {
                        if let token = page.csrfToken { input(.type("hidden"), .name("csrf"), .value(token)) }
                        ActionButton(
                            .secondary, page[.keyRevoke], icon: .cross,
                            label: page[.actionOf, ["action": page[.keyRevoke], "title": key.name]])
                    }
                }
            }
        }
    }

    private var newKey: Markup {
        section(.class("card"), .aria("labelledby", "new-key-title")) {
            h2(.id("new-key-title")) { page[.keyNew] }
            HTML.form(.class("settings-form"), .method("post"), .action(page.url("/settings/keys"))) {
                if let token = page.csrfToken { input(.type("hidden"), .name("csrf"), .value(token)) }
                div(.class("setting-grid")) {
                    label(.class("field")) {
                        span { page[.keyName] }
                        input(
                            .type("text"), .name("name"), .flag("required"), .named("maxlength", "100"),
                            .value(model.name ?? ""), .named("autocomplete", "off"))
                    }
                    label(.class("field")) {
                        span { page[.keyExpires] }
                        input(.type("date"), .name("expires_on"))
                    }
                }
                fieldset(.class("choices")) {
                    legend { page[.keyScopes] }
                    for scope in model.scopes {
                        label(.class("check")) {
                            input(.type("checkbox"), .name("scopes"), .value(scope), .flag("checked", scope == "read"))
                            span { scope }
                        }
                    }
                }
                div(.class("actions")) { ActionButton(.primary, page[.keyMake]) }
            }
        }
    }
}
