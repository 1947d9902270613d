import HTTPServer
import Shapes
import Store

extension API {
    func addBackups(to routes: inout RouteTable) {
        routes.get("api", "admin", "backups", permission: .admin, doc: .listBackups) { request in
            let all = try await backups.list()
            let page = try Parameters(request).page(all) { $0.id }
            let list = ListShape(
                "backups", page.elements.map { BackupShape($0) }, next: page.next, total: Int64(all.count))
            return .conditional(list.jsonBytes, request)
        }
        routes.post("api", "admin", "backups", permission: .admin, doc: .createBackup) { _ in
            let backup = try await backups.create(reason: .manual)
            return Response.json(BackupShape(backup).jsonBytes, status: 201).secured
        }
        routes.post("api", "admin", "backups", .id, "verify", permission: .admin, doc: .verifyBackup) { request in
            let verification = try await backups.verify(request.parameters["id"] ?? "")
            return Response.json(BackupVerificationShape(verification).jsonBytes).secured
        }
    }
}
