import Dashboard
import HTTPServer
import Media
import Store

// The backups as the Settings page shows them.

extension API {
    func addBackupPages(to routes: inout RouteTable) {
        routes.get("settings", "backups", permission: .admin, doc: .page) { request in
            let made = request.query.first("made")
            let isThere = try await backups.list().contains { $0.id == made }
            return try await backupPage(isThere ? made.map { .made($0) } : nil, request)
        }
        routes.post("settings", "backups", permission: .admin, doc: .page) { request in
            do {
                let made = try await backups.create(reason: .manual)
                return seeOther("/settings/backups?made=" + made.id)
            } catch let error as BackupError {
                return try await backupPage(.failed("\(error)"), status: 500, request)
            }
        }
        routes.post("settings", "backups", .id, "verify", permission: .admin, doc: .page) { request in
            let id = request.parameters["id"] ?? ""
            do {
                let found = try await backups.verify(id)
                let outcome: BackupsTab.Outcome =
                    found.isSound ? .sound(id) : .damaged(id, problems: found.problems)
                return try await backupPage(outcome, request)
            } catch let error as BackupError {
                return try await backupPage(.failed("\(error)"), status: 404, request)
            }
        }
    }

    private func backupPage(
        _ outcome: BackupsTab.Outcome?, status: Int = 200, _ request: Request
    ) async throws -> Response {
        let shown = try await backups.list().map { info in
            var backup = BackupsTab.Backup(id: info.id, rows: info.rows, bytes: info.bytes)
            backup.createdAt = info.createdAt?.milliseconds
            backup.reason = info.reason.map(Self.reason)
            backup.version = info.version
            backup.damage = info.damage
            return backup
        }
        return try await settingsPage(.backups(BackupsTab.Model(shown, outcome: outcome)), status: status, request)
    }

    private static func reason(_ reason: BackupReason) -> BackupsTab.Reason {
        switch reason {
        case .manual: .manual
        case .schedule: .schedule
        case .migration: .migration
        case .restore: .restore
        }
    }
}
