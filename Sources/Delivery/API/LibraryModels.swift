import Dashboard
import Database
import FoundationEssentials
import HTTPServer
import Jobs
import LibrarySync
import Media
import Shapes
import Store

extension API {
    /// Everything the library page shows, in one go.
    func libraryModel(_ request: Request) async throws -> LibraryPage.Model {
        let parameters = try Parameters(request)
        let read = try await store.read { reader in
            (
                version: try reader.lastEventID(), sync: try reader.lastFinished(kind: "library_sync"),
                update: try reader.lastFinished(kind: "metadata_update"),
                pending: try reader.lastFinished(kind: "pending_sync"), newest: try reader.jobs(limit: 1).first,
                running: try reader.job(inLane: Jobs.syncLane)
            )
        }
        var model = LibraryPage.Model()
        model.version = read.version
        model.lastSync = read.sync.flatMap { lastRun($0) }
        model.lastUpdate = read.update.flatMap { lastRun($0) }
        model.lastPending = read.pending.flatMap { lastRun($0) }
        model.running = read.running.flatMap {
            jobModel(JobShape($0, live: jobs.progress(of: $0.id)), version: read.version)
        }
        if let id = try parameters.integer("job") { try await addRun(id, parameters, to: &model) }
        if model.report == nil, let last = read.newest, isOpenPlan(last) {
            model.openPlan = jobModel(JobShape(last, live: nil), version: read.version)
        }
        model.findings = try await findingsModel(parameters)
        return model
    }

    private func lastRun(_ record: JobRecord) -> LibraryPage.LastRun? {
        guard let job = jobModel(JobShape(record, live: nil), version: 0) else { return nil }
        let report = record.result.flatMap { try? SyncReport(json: $0) }
        return LibraryPage.LastRun(job: job, counters: report.map { counters($0) } ?? [])
    }

    private func isOpenPlan(_ record: JobRecord) -> Bool {
        guard record.isDryRun, record.state.isDone, let planned = record.plannedAt else { return false }
        return now() <= planned.advanced(by: .seconds(3_600))
    }

    /// The run that `?job=` names, with its plan.
    private func addRun(_ id: Int64, _ parameters: Parameters, to model: inout LibraryPage.Model) async throws {
        guard let record = try await store.read({ try $0.job(id) }),
            let job = jobModel(JobShape(record, live: jobs.progress(of: id)), version: model.version)
        else { throw Problem.notFound("job \(id)") }
        guard job.state.isFinal else { return }
        model.report = try await runReport(record, job)
        guard record.undoOf == nil, record.plannedAt != nil || record.planOf != nil else { return }
        model.plan = try await planModel(record, parameters)
    }

    private func runReport(_ record: JobRecord, _ job: JobModel) async throws -> RunReport.Model {
        var model = RunReport.Model(job: job)
        model.durationMilliseconds = job.finishedAt.flatMap { end in job.startedAt.map { end - $0 } }
        model.updatesExisting = SyncOptions(json: record.params)?.updatesExisting ?? true
        model.undoneBy = record.undoneBy
        model.planState = try await planState(of: record)
        guard let json = record.result else { return model }
        if record.undoOf != nil {
            let undo = try? JSONDecoder().decode(UndoReport.self, from: Data(json.utf8))
            model.undone = undo.map { (Int64($0.reverted), Int64($0.kept)) }
            return model
        }
        guard let report = try? SyncReport(json: json) else { return model }
        model.counters = counters(report)
        model.skipped = report.skippedByReason.sorted { $0.value > $1.value }.compactMap { reason, count in
            RunReport.Model.SkipReason(rawValue: reason).map { ($0, Int64(count)) }
        }
        model.itemErrors = report.errorDetails.map {
            RunReport.Model.ItemError(item: $0.item, title: $0.title, detail: $0.detail)
        }
        model.warnings = report.allWarnings.map {
            RunReport.Model.Warning(service: $0.service, code: $0.code, detail: $0.detail)
        }
        model.upstreamCalls = Int64(report.upstreamCalls)
        return model
    }

    private func planState(of record: JobRecord) async throws -> RunReport.Model.PlanState {
        guard record.isDryRun, record.state.isDone, let planned = record.plannedAt else { return .none }
        let later = try await store.read { try $0.jobs(kind: record.kind, limit: 20) }
        if later.contains(where: { $0.planOf == record.id && $0.state.isDone }) { return .applied }
        return now() <= planned.advanced(by: .seconds(3_600)) ? .applicable : .expired
    }

    private func planModel(_ record: JobRecord, _ parameters: Parameters) async throws -> PlanTable.Model {
        let plan = record.planOf ?? record.id
        var model = PlanTable.Model(jobID: record.id, isApplied: !record.isDryRun && record.state.isDone)
        let filter = parameters.text("action").flatMap { PlanAction(name: $0) }
        model.filter = filter.flatMap { PlanTable.Action(rawValue: $0.name) }
        model.counts = try await store.read { reader in
            try PlanTable.Action.allCases.compactMap { shown in
                guard let action = PlanAction(name: shown.rawValue) else { return nil }
                let count = try reader.planLineCount(of: plan, action)
                return count > 0 ? (shown, count) : nil
            }
        }
        let after = Int64(parameters.text("after") ?? "") ?? 0
        let (lines, next) = try await planPage(of: record, after: PlanPosition(raw: after), limit: 50, action: filter)
        model.entries = lines.compactMap { planEntry($0.change) }
        model.after = after > 0 ? String(after) : nil
        model.next = next.map { String($0.raw) }
        return model
    }

    private func planEntry(_ change: PlannedChange) -> PlanTable.Entry? {
        guard let action = PlanTable.Action(rawValue: change.action.name),
            let kind = MediaLabel.Kind(rawValue: change.mediaType.rawValue)
        else { return nil }
        var entry = PlanTable.Entry(
            action: action, requestID: change.requestID, kind: kind, title: change.title, year: change.year)
        entry.fields = FillableField.allCases.filter { change.fills.contains($0) && $0 != .overview }.map { field in
            PlanTable.Field(
                name: field.name, before: change.action == .drift ? change.storedItem?.text : nil,
                after: change.value(of: field), source: change.source(of: field))
        }
        let isPending = change.kind == PlannedChange.pendingKind
        if let stage = change.stage, change.action == .fill || isPending {
            entry.fields.append(
                PlanTable.Field(
                    name: "state", before: change.stageBefore?.rawValue, after: stage.rawValue,
                    source: change.stageSource))
        }
        entry.conflicts = Differences(change.record.text(PlannedChange.Slot.conflicts)).all.map {
            PlanTable.Conflict(name: $0.field, stored: $0.stored, found: $0.found, source: "jellyfin")
        }
        if change.action == .drift {
            entry.drift = change.kind.flatMap { PlanTable.Drift(rawValue: $0) }
        } else if !isPending {
            entry.reason = change.kind
        }
        return entry
    }
}
