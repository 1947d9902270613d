import Database
import HTTPServer
import JSONStream
import Jobs
import LibrarySync
import Media
import Shapes
import Store

extension API {
    func addJobs(to routes: inout RouteTable) {
        routes.get("api", "jobs", permission: .operate(reads: true), doc: .listJobs) { try await listJobs($0) }
        routes.get("api", "jobs", .id, permission: .operate(reads: true), doc: .getJob) { request in
            .conditional(try await jobShape(try request.id("job")).jsonBytes, request)
        }
        routes.get("api", "jobs", .id, "changes", permission: .operate(reads: true), doc: .listJobChanges) {
            try await listChanges($0)
        }
        routes.post("api", "jobs", .id, "cancel", permission: .operate(), doc: .cancelJob) { request in
            let id = try request.id("job")
            guard try await store.read({ try $0.job(id) }) != nil else { throw Problem.notFound("job \(id)") }
            guard try await jobs.cancel(id) else {
                throw Problem(409, "too_late", "Job \(id) is over, or writing its result: it cannot be cancelled now.")
            }
            if try Parameters(request).isForm && !request.prefersAsync { return seeOther("/library?job=\(id)") }
            return try await accepted(id)
        }
        routes.post("api", "jobs", .id, "undo", permission: .operate(), doc: .undoJob) { request in
            let id = try request.id("job")
            let undo = try await syncs.undo(id, by: request.callerName)
            if try Parameters(request).isForm && !request.prefersAsync { return seeOther("/library?job=\(undo)") }
            if request.prefersAsync { return try await accepted(undo) }
            guard let record = try await finished(undo, within: request.wait) else { return try await accepted(undo) }
            guard record.state.isDone, let result = record.result else {
                throw problem(JobFailure(code: record.errorCode ?? "internal", detail: record.error ?? "Undo failed."))
            }
            return Response.json(Array(result.utf8)).secured
        }
    }

    func jobShape(_ id: Int64) async throws -> JobShape {
        guard let record = try await store.read({ try $0.job(id) }) else { throw Problem.notFound("job \(id)") }
        return JobShape(record, live: jobs.progress(of: id))
    }

    private func listJobs(_ request: Request) async throws -> Response {
        let parameters = try Parameters(request)
        let kind = parameters.text("kind")
        let state = try parameters.choice("state", JobState.self)
        let limit = try parameters.limit()
        let before = try parameters.integer("after")
        var (records, total) = try await store.read { reader in
            (
                try reader.jobs(kind: kind, state: state, before: before, limit: limit + 1),
                try reader.jobCount(kind: kind, state: state)
            )
        }
        let hasMore = records.count > limit
        if hasMore { records.removeLast() }
        let shapes = records.map { JobShape($0, live: jobs.progress(of: $0.id)) }
        let next = hasMore ? records.last.map { String($0.id) } : nil
        return .conditional(ListShape("jobs", shapes, next: next, total: total).jsonBytes, request)
    }

    private func listChanges(_ request: Request) async throws -> Response {
        let id = try request.id("job")
        let parameters = try Parameters(request)
        guard let record = try await store.read({ try $0.job(id) }) else { throw Problem.notFound("job \(id)") }
        let limit = try parameters.limit()
        let after = PlanPosition(raw: try parameters.integer("after") ?? 0)
        var action: PlanAction?
        if let name = parameters.text("action") {
            guard let known = PlanAction(name: name) else {
                let all = PlanAction.allCases.map(\.name).joined(separator: ", ")
                throw Problem.invalid("action", "must be one of \(all)")
            }
            action = known
        }
        let (changes, next) = try await planPage(of: record, after: after, limit: limit, action: action)
        let total = try await planTotal(record.planOf ?? id, action)
        let list = ListShape("changes", changes, next: next.map { String($0.raw) }, total: total)
        return .conditional(list.jsonBytes, request)
    }

    private func planTotal(_ plan: Int64, _ action: PlanAction?) async throws -> Int64 {
        try await store.read { reader in
            let actions = action.map { [$0] } ?? PlanAction.allCases
            return try actions.reduce(0) { $0 + (try reader.planLineCount(of: plan, $1)) }
        }
    }
}
