import Database
import HTTPServer
import Media
import Shapes
import Store

extension API {
    func addFindings(to routes: inout RouteTable) {
        routes.get("api", "admin", "findings", permission: .operate(reads: true), doc: .listFindings) { request in
            let parameters = try Parameters(request)
            let limit = try parameters.limit()
            let state = try parameters.choice("state", Finding.State.self) ?? .open
            let kind = parameters.text("kind")
            let after = try parameters.integer("after") ?? 0
            var (findings, total) = try await store.read { reader in
                (
                    try reader.findings(state: state, kind: kind, after: after, limit: limit + 1),
                    try reader.findingCount(state: state, kind: kind)
                )
            }
            let hasMore = findings.count > limit
            if hasMore { findings.removeLast() }
            let next = hasMore ? findings.last.map { String($0.id) } : nil
            let list = ListShape("findings", findings.map { FindingShape($0) }, next: next, total: total)
            return .conditional(list.jsonBytes, request)
        }
        routes.post("api", "admin", "findings", .id, "resolve", permission: .operate(), doc: .resolveFinding) {
            request in
            let id = try request.id("finding")
            let parameters = try Parameters(request)
            guard let choice = try parameters.choice("choice", FindingChoice.self) else {
                throw Problem.invalid("choice", "is missing")
            }
            let user = request.callerName
            let resolved = try await store.write { tx in try tx.settle(finding: id, choice, by: user) }
            switch resolved {
            case .missing: throw Problem.notFound("finding \(id)")
            case .notApplicable(let why): throw Problem(409, "not_applicable", why)
            case .settled(let finding):
                if parameters.isForm && !request.prefersAsync { return seeOther("/library") }
                return Response.json(FindingShape(finding).jsonBytes).secured
            }
        }
    }
}
