import Dashboard

extension Samples {
    /// The parts of the Settings page, by the name of their snapshot.
    static let settings: [(name: String, model: SettingsPage.Model)] = [
        ("services", SettingsPage.Model(.services(services), outcome: .saved)),
        ("services-setting-up", settingUp),
        ("services-removed", SettingsPage.Model(.services([]), outcome: .removed)),
        ("webhooks", SettingsPage.Model(.webhooks(hooks))),
        ("general", SettingsPage.Model(.general([tracking]), outcome: .refused("backup_keep must be a number"))),
        ("keys", SettingsPage.Model(.keys(keys))),
        ("keys-empty", SettingsPage.Model(.keys(KeysTab.Model()))),
        ("users", SettingsPage.Model(.users(users), outcome: .userSaved)),
        ("users-empty", SettingsPage.Model(.users([]))),
        ("backups", SettingsPage.Model(.backups(backups))),
        ("backups-empty", SettingsPage.Model(.backups(BackupsTab.Model([], outcome: .failed("The disk is full."))))),
        ("audit", SettingsPage.Model(.audit(audit))),
        ("audit-empty", SettingsPage.Model(.audit(AuditTab.Model(entries: [], next: nil)))),
        (
            "about",
            SettingsPage.Model(
                .about(
                    AboutTab.Model(
                        version: "0.1.0", database: "sqlite:///config/marquee.db", dataDirectory: "/config",
                        configurationFile: nil, warnings: ["Unknown setting is ignored."])))
        ),
    ]

    private static var backups: BackupsTab.Model {
        var sound = BackupsTab.Backup(id: "2026-11-20T12-00-00Z-manual", rows: 12_345, bytes: 5_000_000)
        sound.createdAt = noon
        sound.reason = .manual
        sound.version = "0.1.0"
        var damaged = BackupsTab.Backup(id: "2026-11-19T12-00-00Z-schedule", rows: 0, bytes: 0)
        damaged.damage = "Its manifest is missing <b>"
        return BackupsTab.Model(
            [sound, damaged], outcome: .damaged(damaged.id, problems: ["The file marquee.db is missing."]))
    }

    private static var settingUp: SettingsPage.Model {
        var model = SettingsPage.Model(.services(services))
        model.isSettingUp = true
        return model
    }

    private static func field(
        _ key: String, _ variable: String, value: String? = nil, _ change: (inout SettingField.Model) -> Void = { _ in }
    ) -> SettingField.Model {
        var field = SettingField.Model(key: key, meaning: "Radarr's \(key)", variable: variable)
        field.value = value
        change(&field)
        return field
    }

    private static var services: [ServiceSettingsCard.Model] {
        var main = ServiceSettingsCard.Instance(name: "default")
        main.fields = [
            field("url", "RADARR_URL", value: "http://radarr:7878"),
            field("api_key", "RADARR_API_KEY") {
                $0.isSecret = true
                $0.isSet = true
                $0.savedAt = noon
            },
            field("public_base_url", "RADARR_PUBLIC_BASE_URL") { $0.trouble = "must be an address" },
            field("variant", "RADARR_VARIANT", value: "4k") {
                $0.choices = ["hd", "4k"]
                $0.fallback = "hd beside one"
            },
        ]
        main.canRemove = true
        main.isReachable = true
        main.state = "Radarr 5.27"
        main.result = .answers(application: "Radarr", version: "5.27", millis: 8)
        var second = ServiceSettingsCard.Instance(name: "4k")
        second.fields = [
            field("url", "RADARR__4K__URL", value: "http://uhd") { $0.master = .environment },
            field("api_key", "RADARR__4K__API_KEY") {
                $0.isSecret = true
                $0.isSet = true
                $0.master = .environment
            },
        ]
        second.isReachable = false
        second.state = "radarr: GET: unreachable"
        var fresh = ServiceSettingsCard.Instance(name: "")
        fresh.fields = [
            field("username", "RADARR_USERNAME"), field("password", "RADARR_PASSWORD") { $0.isSecret = true },
            field("api_key", "RADARR_API_KEY") {
                $0.isSecret = true
                $0.isSet = true
            },
        ]
        fresh.result = .failed("Radarr refuses this name or password.")
        var card = ServiceSettingsCard.Model(service: "radarr", title: "Radarr")
        card.instances = [main, second, fresh]
        return [card]
    }

    private static var tracking: SettingsGroup.Model {
        SettingsGroup.Model(
            name: "tracking",
            fields: [
                field("scan_delay", "MARQUEE_SCAN_DELAY") { $0.fallback = "60s" },
                field("bind", "MARQUEE_BIND", value: "127.0.0.1:8100") { $0.master = .process },
            ])
    }

    private static var hooks: [WebhookCard.Model] {
        var heard = WebhookCard.Model(
            service: "radarr", instance: "4k", title: "Radarr 4k", url: "http://marquee/hooks/radarr/4k",
            header: "X-Marquee-Token")
        heard.events = ["On Grab", "On File Import"]
        heard.lastHeard = noon
        heard.accepted = 12
        heard.secretMadeAt = noon
        heard.newSecret = "0123456789abcdef"
        var silent = heard
        silent.instance = "default"
        silent.lastHeard = nil
        silent.newSecret = nil
        silent.secretMadeAt = nil
        var shared = silent
        shared.service = "sonarr"
        shared.hasOneForAll = true
        var planned = silent
        planned.service = "jellyseerr"
        planned.installation = WebhookCard.Installation(
            base: "http://marquee", level: .info, sentence: "Nothing is changed yet <b>.",
            changes: ["Seerr gets a webhook to http://marquee/hooks/jellyseerr <i>."], isPlan: true)
        return [heard, silent, shared, planned]
    }

    private static var keys: KeysTab.Model {
        var model = KeysTab.Model()
        model.scopes = ["read", "operate"]
        model.made = "mq_0123456789abcdef"
        model.name = "widget"
        var used = KeysTab.Key(id: 1, name: "dashboard <b>", scopes: ["read"], createdAt: noon)
        used.usedAt = noon
        used.expiresAt = noon
        var revoked = KeysTab.Key(id: 2, name: "old", scopes: ["operate"], createdAt: noon)
        revoked.revokedAt = noon
        model.keys = [used, revoked]
        return model
    }

    private static var users: [UserCard.Model] {
        var admin = UserCard.Model(id: "aa11", name: "ada", role: "admin")
        admin.lastLogin = noon
        admin.sessions = [UserCard.Session(address: "192.0.2.7", agent: "Firefox <script>", usedAt: noon)]
        var reader = UserCard.Model(id: "bb22", name: "bob", role: "readonly")
        reader.isDisabled = true
        return [admin, reader]
    }

    private static var audit: AuditTab.Model {
        var entry = AuditTab.Entry(id: 9, at: noon, who: "ada", action: "setting_changed")
        entry.address = "192.0.2.7"
        entry.object = "RADARR_API_KEY"
        entry.after = "set"
        var login = AuditTab.Entry(id: 8, at: noon, who: "bob", action: "login_refused")
        login.before = "before"
        return AuditTab.Model(entries: [entry, login], next: "8")
    }
}
