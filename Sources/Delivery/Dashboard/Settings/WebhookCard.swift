public import HTML

/// How one service instance reports to Marquee: what to paste, what to tick, and what came of it.
public struct WebhookCard: Component, Sendable {
    /// One sender.
    public struct Model: Sendable {
        public var service: String
        public var instance: String
        public var title: String
        /// To paste in the service.
        public var url: String
        /// The header that carries the secret.
        public var header: String
        /// What to tick, in the service's own words.
        public var events: [String] = []
        /// Unix milliseconds; nil for never.
        public var lastHeard: Int64?
        public var accepted: Int64 = 0
        /// When the newest secret was made; Unix milliseconds.
        public var secretMadeAt: Int64?
        /// Whether one secret from outside opens all.
        public var hasOneForAll = false
        /// The secret just made: the only time it is shown.
        public var newSecret: String?
        /// What came of installing it, or what installing would change.
        public var installation: Installation?

        public init(service: String, instance: String, title: String, url: String, header: String) {
            self.service = service
            self.instance = instance
            self.title = title
            self.url = url
            self.header = header
        }
    }

    /// What came of installing, or what it would change.
    public struct Installation: Sendable {
        /// Marquee's address as the service reaches it.
        public var base: String
        public var level: Notice.Level
        public var sentence: String
        public var changes: [String]
        /// Whether nothing was changed yet.
        public var isPlan: Bool

        public init(base: String, level: Notice.Level, sentence: String, changes: [String], isPlan: Bool) {
            self.base = base
            self.level = level
            self.sentence = sentence
            self.changes = changes
            self.isPlan = isPlan
        }
    }

    let model: Model
    let page: PageContext

    public init(_ model: Model, _ page: PageContext) {
        self.model = model
        self.page = page
    }

    private var name: String { "hook-\(model.service)-\(model.instance)" }

    public var body: Markup {
        section(.class("card"), .id(name), .aria("labelledby", name + "-title")) {
            header(.class("card-head")) {
                h2(.id(name + "-title")) { bdi { model.title } }
                heard
            }
            if let secret = model.newSecret {
                Notice(.good, title: page[.webhookSecretNew], text: page[.webhookSecretOnce])
                copyable(page[.webhookSecret], secret)
            }
            copyable(page[.webhookURL], model.url)
            dl(.class("facts")) {
                div {
                    dt { page[.webhookHeader] }
                    dd { code { model.header } }
                }
                div {
                    dt { page[.webhookSecret] }
                    dd { secretState }
                }
                div {
                    dt { page[.webhookEvents] }
                    dd { model.events.joined(separator: " · ") }
                }
            }
            if let installation = model.installation {
                WebhookInstallForm(model, installation, page)
            } else if WebhookInstallForm.knows(model.service) {
                WebhookInstallForm(model, nil, page)
            }
            if !model.hasOneForAll { newSecretForm }
        }
    }

    private var heard: Markup {
        p(.class("small muted")) {
            if let lastHeard = model.lastHeard {
                page[.webhookHeard] + " "
                Moment(lastHeard)
                " · " + page[.webhookCount, count: model.accepted]
            } else {
                Badge(.attention, .alert, page[.webhookNever])
            }
        }
    }

    @MarkupBuilder private var secretState: Markup {
        if model.hasOneForAll {
            page[.webhookOneForAll]
        } else if let madeAt = model.secretMadeAt {
            page[.settingSecretSetOn] + " "
            Moment(madeAt)
        } else {
            page[.webhookNoSecret]
        }
    }

    private func copyable(_ what: String, _ text: String) -> Markup {
        p(.class("copyable")) {
            span(.class("muted small")) { what }
            code(.data("copy", page[.copyLabel, ["what": what]])) { text }
        }
    }

    private var newSecretForm: Markup {
        HTML.form(.class("actions"), .method("post"), .action(page.url("/settings/webhooks"))) {
            if let token = page.csrfToken { input(.type("hidden"), .name("csrf"), .value(token)) }
            input(.type("hidden"), .name("service"), .value(model.service))
            input(.type("hidden"), .name("instance"), .value(model.instance))
            ActionButton(.secondary, page[.webhookMakeSecret])
            small(.class("muted")) { page[.webhookMakeSecretHint] }
        }
    }
}
