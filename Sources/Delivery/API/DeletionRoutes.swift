import Accounts
import Database
import Deletion
import HTTPServer
import Jobs
import Media
import Shapes
import Store

extension API {
    func addDeletions(to routes: inout RouteTable) {
        routes.get("api", "requests", .id, "delete-preview", permission: .operate(), doc: .previewDeletion) { request in
            let id = try request.id("request")
            return try await preview([id], try DeletionParameters(request).options(), isBulk: false)
        }
        routes.post("api", "requests", .id, "delete", permission: .operate(), doc: .deleteRequest) { request in
            try await delete([try request.id("request")], request)
        }
        routes.post("api", "requests", "bulk-delete", permission: .operate(), doc: .deleteRequests) { request in
            try await delete(try DeletionParameters(request).requests(), request, isBulk: true)
        }
        routes.get("api", "deletion-logs", permission: .operate(), doc: .listDeletions) { try await listDeletions($0) }
        routes.get("api", "deletion-logs", .id, permission: .operate(), doc: .getDeletion) { request in
            let id = try request.id("deletion log")
            guard let log = try await store.read({ try $0.deletionLog(id) }) else {
                throw Problem.notFound("deletion log \(id)")
            }
            return .conditional(DeletionLogDetailShape(log, links: links).jsonBytes, request)
        }
        routes.post("api", "deletion-logs", .id, "retry", permission: .operate(), doc: .retryDeletion) {
            try await retryDeletion($0)
        }
    }

    /// The plan, with nothing done.
    private func preview(
        _ requests: [Int64], _ options: DeletionOptions, isBulk: Bool
    ) async throws -> Response {
        let plan = try await deletions.plan(requests, options)
        if !isBulk, let unknown = plan.unknownIDs.first { throw Problem.notFound("request \(unknown)") }
        let count = try await deletions.confirmCount(of: plan)
        return Response.json(DeletionPlanShape(plan, confirmCount: count).jsonBytes).secured
    }

    private func delete(_ requests: [Int64], _ request: Request, isBulk: Bool = false) async throws -> Response {
        let parameters = try DeletionParameters(request)
        let order = try parameters.order(requests)
        if try parameters.parameters.flag("dry_run", default: false) {
            return try await preview(requests, order.options, isBulk: isBulk)
        }
        let start = try await deletions.start(order, by: request.deleter(access.forwarding.client(request)))
        let isForm = parameters.parameters.isForm && !request.prefersAsync
        if isForm { return seeOther(isBulk ? "/deletions" : "/request/\(requests[0])") }
        if isBulk || request.prefersAsync { return try await accepted(start.job) }
        return try await deletionAnswer(start, request)
    }

    /// The log as it stands after the calls; the job where those take longer than the caller waits.
    private func deletionAnswer(_ start: DeletionStart, _ request: Request) async throws -> Response {
        guard try await finished(start.job, within: min(request.wait, .seconds(30))) != nil, let id = start.logs.first,
            let log = try await store.read({ try $0.deletionLog(id) })
        else { return try await accepted(start.job) }
        return Response.json(DeletionLogShape(log, links: links).jsonBytes).secured
    }

    private func listDeletions(_ request: Request) async throws -> Response {
        let parameters = try Parameters(request)
        var query = try deletionQuery(parameters)
        query.status = try parameters.choice("status", DeletionStatus.self)
        let wanted = query
        var (logs, total) = try await store.read { reader in
            (try reader.deletionLogs(wanted), try reader.deletionLogCount(wanted))
        }
        let hasMore = logs.count > query.limit
        if hasMore { logs.removeLast() }
        let list = ListShape(
            "logs", logs.map { DeletionLogShape($0, links: links) },
            next: hasMore ? logs.last.map { String($0.id) } : nil, total: min(total, 10_000),
            totalIsMinimum: total > 10_000)
        return .conditional(list.jsonBytes, request)
    }

    /// The page of the list of deletions that parameters ask for, of any status.
    func deletionQuery(_ parameters: Parameters) throws -> DeletionQuery {
        var query = DeletionQuery()
        query.source = try parameters.choice("source", DeletionSource.self)
        query.mediaType = try parameters.choice("media_type", MediaType.self)
        query.search = parameters.text("q")
        query.before = try parameters.integer("after")
        query.limit = try parameters.limit()
        return query
    }

    private func retryDeletion(_ request: Request) async throws -> Response {
        let id = try request.id("deletion log")
        let parameters = try Parameters(request)
        var retry = DeletionRetry()
        retry.includesSkipped = try parameters.flag("include_skipped", default: false)
        retry.acceptsLeftovers = try parameters.flag("accept_leftovers", default: false)
        retry.answer = try parameters.choice("answer", DeletionAnswer.self)
        let job = try await deletions.retry(id, retry, by: request.deleter(access.forwarding.client(request)))
        if parameters.isForm && !request.prefersAsync { return seeOther("/deletions?log=\(id)") }
        if let job {
            if request.prefersAsync { return try await accepted(job) }
            return try await deletionAnswer(DeletionStart(job: job, logs: [id]), request)
        }
        guard let log = try await store.read({ try $0.deletionLog(id) }) else {
            throw Problem.notFound("deletion log \(id)")
        }
        return Response.json(DeletionLogShape(log, links: links).jsonBytes).secured
    }

    func problem(_ refusal: DeletionRefusal) -> Problem {
        let status =
            switch refusal.code {
            case .notFound: 404
            case .capExceeded, .confirmationRequired, .invalid: 422
            case .planExpired, .targetChanged, .ambiguousTarget, .disabled, .notRetryable, .underWay: 409
            }
        var problem = Problem(status, refusal.code.rawValue, refusal.detail)
        problem.deletionLog = refusal.log
        return problem
    }
}

extension Request {
    /// Who deletes, as the log names them (deletion.md §9).
    func deleter(_ address: String?) -> Deleter {
        guard let caller else { return Deleter(name: callerName, address: address) }
        if case .key = caller.proof {
            return Deleter(id: caller.user, name: "API key: \(caller.name)", address: address)
        }
        return Deleter(id: caller.user, name: caller.name, address: address)
    }
}
