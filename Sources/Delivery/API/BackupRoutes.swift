import HTTPServer
import Shapes
import Store

extension API {
    func addBackups(to routes: inout Routes<Permission>) {
        routes.get("api", "admin", "backups", permission: .admin) { request in
            let all = try await backups.list()
            let list = ListShape("backups", all.map { BackupShape($0) }, next: nil, total: Int64(all.count))
            return .conditional(list.jsonBytes, request)
        }
        routes.post("api", "admin", "backups", permission: .admin) { _ in
            let backup = try await backups.create(reason: .manual)
            return Response.json(BackupShape(backup).jsonBytes, status: 201).secured
        }
        routes.post("api", "admin", "backups", .id, "verify", permission: .admin) { request in
            let verification = try await backups.verify(request.parameters["id"] ?? "")
            return Response.json(BackupVerificationShape(verification).jsonBytes).secured
        }
    }
}
