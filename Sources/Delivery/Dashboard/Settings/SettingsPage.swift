public import HTML

/// What an admin sets: services, webhooks, keys, users, and everything else, each part at an address of its own.
public struct SettingsPage: Component, Sendable {
    /// A part of the page.
    public enum Tab: String, Sendable, CaseIterable {
        case services, webhooks, general, keys, users, backups, audit, about

        /// Its address below the base path.
        public var path: String { self == .services ? "/settings" : "/settings/" + rawValue }
    }

    /// What the part shows.
    public enum Content: Sendable {
        case services([ServiceSettingsCard.Model])
        case webhooks([WebhookCard.Model])
        case general([SettingsGroup.Model])
        case keys(KeysTab.Model)
        case users([UserCard.Model])
        case backups(BackupsTab.Model)
        case audit(AuditTab.Model)
        case about(AboutTab.Model)

        /// The part it belongs to.
        public var tab: Tab {
            switch self {
            case .services: .services
            case .webhooks: .webhooks
            case .general: .general
            case .keys: .keys
            case .users: .users
            case .backups: .backups
            case .audit: .audit
            case .about: .about
            }
        }
    }

    /// The page's model.
    public struct Model: Sendable {
        public var content: Content
        /// What came of the last form.
        public var outcome: SettingsOutcome?
        /// Whether the viewer came in with the set-up code, and may see the services only.
        public var isSettingUp = false

        public init(_ content: Content, outcome: SettingsOutcome? = nil) {
            self.content = content
            self.outcome = outcome
        }
    }

    let model: Model
    let page: PageContext

    public init(_ model: Model, _ page: PageContext) {
        self.model = model
        self.page = page
    }

    public var body: Markup {
        header(.class("page-head")) {
            h1 { page[.settingsTitle] }
            p(.class("lead")) { lead }
        }
        if !model.isSettingUp { tabs }
        if let outcome = model.outcome { outcome.notice(page) }
        content
    }

    private var tabs: Markup {
        nav(.class("tabs"), .aria("label", page[.settingsTitle])) {
            ul {
                for tab in Tab.allCases {
                    li {
                        a(.href(page.url(tab.path)), .aria("current", tab == model.content.tab ? "page" : nil)) {
                            Self.title(tab, page)
                        }
                    }
                }
            }
        }
    }

    @MarkupBuilder private var content: Markup {
        switch model.content {
        case .services(let cards): for card in cards { ServiceSettingsCard(card, page) }
        case .webhooks(let cards): for card in cards { WebhookCard(card, page) }
        case .general(let groups): for group in groups { SettingsGroup(group, page) }
        case .keys(let keys): KeysTab(keys, page)
        case .users(let users):
            if users.isEmpty { EmptyState(.person, page[.usersEmpty]) }
            for user in users { UserCard(user, page) }
        case .backups(let backups): BackupsTab(backups, page)
        case .audit(let audit): AuditTab(audit, page)
        case .about(let about): AboutTab(about, page)
        }
    }

    private var lead: String {
        switch model.content.tab {
        case .services: page[.settingsLeadServices]
        case .webhooks: page[.settingsLeadWebhooks]
        case .general: page[.settingsLeadGeneral]
        case .keys: page[.settingsLeadKeys]
        case .users: page[.settingsLeadUsers]
        case .backups: page[.settingsLeadBackups]
        case .audit: page[.settingsLeadAudit]
        case .about: page[.settingsLeadAbout]
        }
    }

    static func title(_ tab: Tab, _ page: PageContext) -> String {
        switch tab {
        case .services: page[.settingsServices]
        case .webhooks: page[.settingsWebhooks]
        case .general: page[.settingsGeneral]
        case .keys: page[.settingsKeys]
        case .users: page[.settingsUsers]
        case .backups: page[.settingsBackups]
        case .audit: page[.settingsAudit]
        case .about: page[.settingsAbout]
        }
    }

    /// The whole page.
    public func whole(_ frame: Frame) -> Markup {
        Layout(page, frame, active: .settings, title: page[.settingsTitle], view: nil) { body }.body
    }
}
