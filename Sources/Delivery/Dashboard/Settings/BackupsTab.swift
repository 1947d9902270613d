public import HTML

/// The backups there are, a button for a new one, and a check of each.
public struct BackupsTab: Component, Sendable {
    /// Why one was made.
    public enum Reason: Sendable, CaseIterable {
        case manual, schedule, migration, restore
    }

    /// One backup.
    public struct Backup: Sendable {
        public var id: String
        /// Unix milliseconds.
        public var createdAt: Int64?
        public var reason: Reason?
        public var version: String?
        public var rows: Int64
        public var bytes: Int64
        /// What is wrong with it; nil says nothing about its data before it was checked.
        public var damage: String?

        public init(id: String, rows: Int64, bytes: Int64) {
            self.id = id
            self.rows = rows
            self.bytes = bytes
        }
    }

    /// What came of the last button.
    public enum Outcome: Sendable {
        case made(String)
        case sound(String)
        case damaged(String, problems: [String])
        case failed(String)
    }

    /// The part's model.
    public struct Model: Sendable {
        /// The newest first.
        public var backups: [Backup]
        public var outcome: Outcome?

        public init(_ backups: [Backup], outcome: Outcome? = nil) {
            self.backups = backups
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
        if let outcome = model.outcome { notice(outcome) }
        HTML.form(.class("actions"), .method("post"), .action(page.url("/settings/backups"))) {
            if let token = page.csrfToken { input(.type("hidden"), .name("csrf"), .value(token)) }
            ActionButton(.primary, page[.backupNow])
        }
        if model.backups.isEmpty { EmptyState(.shield, page[.backupsEmpty]) } else { list }
        p(.class("muted")) { page[.backupRestoreHint] }
    }

    @MarkupBuilder private func notice(_ outcome: Outcome) -> Markup {
        switch outcome {
        case .made(let id): Notice(.good, title: page[.backupMade, ["id": id]])
        case .sound(let id): Notice(.good, title: page[.backupSound, ["id": id]])
        case .damaged(let id, let problems):
            Notice(.bad, title: page[.backupDamaged, ["id": id]], text: problems.joined(separator: " "))
        case .failed(let sentence): Notice(.bad, title: sentence)
        }
    }

    private var list: Markup {
        div(.class("table-frame")) {
            table(.class("requests")) {
                caption(.class("hidden")) { page[.settingsBackups] }
                thead {
                    tr {
                        th(.scope("col")) { page[.backupMadeAt] }
                        th(.scope("col")) { page[.backupReason] }
                        th(.scope("col")) { page[.backupHolds] }
                        th(.scope("col")) { page[.unmatchedAction] }
                    }
                }
                tbody { for backup in model.backups { row(backup) } }
            }
        }
    }

    private func row(_ backup: Backup) -> Markup {
        tr(.flag("data-row")) {
            th(.scope("row")) {
                if let at = backup.createdAt { Moment(at) }
                p { code { backup.id } }
            }
            td(.data("label", page[.backupReason])) { backup.reason.map(word) ?? "–" }
            td(.data("label", page[.backupHolds])) {
                if let damage = backup.damage {
                    span(.class("badge failed")) { damage }
                } else {
                    [page[.backupRows, count: backup.rows], BytesText.size(backup.bytes), backup.version]
                        .compactMap(\.self).joined(separator: " · ")
                }
            }
            td {
                HTML.form(.method("post"), .action(page.url("/settings/backups/\(backup.id)/verify"))) {
                    if let token = page.csrfToken { input(.type("hidden"), .name("csrf"), .value(token)) }
                    ActionButton(
                        .secondary, page[.backupCheck], icon: .check,
                        label: page[.actionOf, ["action": page[.backupCheck], "title": backup.id]])
                }
            }
        }
    }

    private func word(_ reason: Reason) -> String {
        switch reason {
        case .manual: page[.backupByHand]
        case .schedule: page[.backupBySchedule]
        case .migration: page[.backupByMigration]
        case .restore: page[.backupByRestore]
        }
    }
}
