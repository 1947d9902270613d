import Database
import HTTPServer
import JSONStream
import Jobs
import LibrarySync
import Media
import Shapes
import Store
import Tracking

extension API {
    func addSyncs(to routes: inout RouteTable) {
        routes.post("api", "admin", "sync", "library", permission: .operate(), doc: .syncLibrary) { request in
            try await startSync(.library, request) { try await syncs.start($0, by: $1) }
        }
        routes.post("api", "admin", "sync", "update-metadata", permission: .operate(), doc: .syncMetadata) { request in
            try await startSync(.metadata, request) { try await syncs.start($0, by: $1) }
        }
        routes.post("api", "admin", "sync", "pending", permission: .operate(), doc: .syncPending) { request in
            try await startSync(.pending, request) { try await pending.start($0, by: $1) }
        }
    }

    private func startSync(
        _ mode: SyncOptions.Mode, _ request: Request, _ begin: (SyncOptions, String) async throws -> SyncStart
    ) async throws -> Response {
        let parameters = try Parameters(request)
        var options = SyncOptions(mode)
        options.isDryRun = try parameters.flag("dry_run", default: false)
        options.updatesExisting = try parameters.flag("update_existing", default: true)
        options.adoptsReplacedIDs = try parameters.flag("adopt_replaced_ids", default: false)
        options.includesDeleted = try parameters.flag("include_deleted", default: false)
        options.writesTimeline = try parameters.flag("timeline", default: false)
        options.plan = try parameters.integer("plan")
        let start = try await begin(options, request.callerName)
        if parameters.isForm && !request.prefersAsync { return seeOther("/library?job=\(start.job)") }
        if request.prefersAsync { return try await accepted(start.job) }
        guard let record = try await finished(start.job, within: request.wait) else {
            return try await accepted(start.job)
        }
        return try await result(of: record, joined: start.joined)
    }

    /// The job's row once it is over; nil when that takes longer than the caller wants to wait.
    func finished(_ job: Int64, within limit: Duration) async throws -> JobRecord? {
        try await withThrowingTaskGroup(of: JobRecord?.self) { group in
            group.addTask { try await jobs.wait(for: job) }
            group.addTask {
                try await Task.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }

    func accepted(_ job: Int64) async throws -> Response {
        guard let record = try await store.read({ try $0.job(job) }) else { throw Problem.notFound("job \(job)") }
        var response = Response.json(JobShape(record, live: jobs.progress(of: job)).jsonBytes, status: 202)
        response.headers.append(("Location", basePath + "/api/jobs/\(job)"))
        return response.secured
    }

    func seeOther(_ path: String) -> Response {
        Response(303, headers: [("Location", basePath + path)]).secured
    }

    /// A finished sync as its SyncResult; a failed one as the problem it met.
    private func result(of record: JobRecord, joined: Bool) async throws -> Response {
        guard record.state.isDone, let json = record.result else {
            var problem = self.problem(
                JobFailure(code: record.errorCode ?? "internal", detail: record.error ?? "The job failed."))
            problem.job = record.id
            throw problem
        }
        let (changes, next) = try await planPage(of: record, after: PlanPosition(raw: 0), limit: 200, action: nil)
        let shape = SyncResultShape(
            record, try SyncReport(json: json), joined: joined, changes: changes, next: next, basePath: basePath)
        return Response.json(shape.jsonBytes).secured
    }

    /// A page of a job's plan, of all actions or one.
    func planPage(
        of record: JobRecord, after position: PlanPosition, limit: Int, action: PlanAction?
    ) async throws -> ([ChangeShape], PlanPosition?) {
        let plan = record.planOf ?? record.id
        let start = action.map { max(position, PlanPosition.start(of: $0)) } ?? position
        let end = action.map { PlanPosition.end(of: $0) } ?? PlanPosition(raw: .max)
        var lines = try await store.read { reader in
            var change = PlannedChange()
            var lines: [ChangeShape] = []
            _ = try reader.planLines(of: plan, after: start, through: end, limit: limit + 1, into: &change) {
                lines.append(ChangeShape($0, at: $1))
            }
            return lines
        }
        guard lines.count > limit else { return (lines, nil) }
        lines.removeLast()
        return (lines, lines.last?.position)
    }
}
