import HTML

/// Installs a webhook in its service: a button that shows the change, then what would change with a button that does it.
struct WebhookInstallForm: Component {
    let model: WebhookCard.Model
    let installation: WebhookCard.Installation?
    let page: PageContext

    init(_ model: WebhookCard.Model, _ installation: WebhookCard.Installation?, _ page: PageContext) {
        self.model = model
        self.installation = installation
        self.page = page
    }

    /// Whether Marquee can install the webhook of this service; the others have their address to copy.
    static func knows(_ service: String) -> Bool { ["sonarr", "radarr", "jellyseerr", "jellyfin"].contains(service) }

    var body: Markup {
        if let installation {
            Notice(installation.level, title: installation.sentence)
            if !installation.changes.isEmpty {
                ul {
                    for change in installation.changes { li { change } }
                }
            }
        }
        HTML.form(.class("actions"), .method("post"), .action(page.url("/settings/webhooks/install"))) {
            if let token = page.csrfToken { input(.type("hidden"), .name("csrf"), .value(token)) }
            input(.type("hidden"), .name("service"), .value(model.service))
            input(.type("hidden"), .name("instance"), .value(model.instance))
            if let installation {
                label {
                    page[.webhookInstallBase]
                    input(.type("url"), .name("url"), .value(installation.base))
                }
                if installation.isPlan {
                    ActionButton(.primary, page[.webhookInstallNow], name: "do", value: "install")
                }
                ActionButton(.quiet, page[.webhookInstallOther], name: "do", value: "preview")
            } else {
                ActionButton(.secondary, page[.webhookInstall], name: "do", value: "preview")
                small(.class("muted")) { page[.webhookInstallHint] }
            }
        }
    }
}
