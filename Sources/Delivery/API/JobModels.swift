import Dashboard
import FoundationEssentials
import Jobs
import LibrarySync
import Media
import Shapes
import Store

extension API {
    /// A job as pages show it; nil for kinds that have no place there.
    func jobModel(_ shape: JobShape, version: Int64) -> JobModel? {
        let record = shape.record
        guard let kind = JobModel.Kind(rawValue: record.kind),
            let state = JobModel.State(rawValue: record.state.rawValue)
        else { return nil }
        var model = JobModel(
            id: record.id, kind: kind, state: state, isDryRun: record.isDryRun, startedBy: record.startedBy,
            createdAt: record.createdAt.milliseconds)
        model.startedAt = record.startedAt?.milliseconds
        model.finishedAt = record.finishedAt?.milliseconds
        model.phase = JobModel.Phase(rawValue: shape.progress.phase)
        model.done = shape.progress.done
        model.total = shape.progress.total
        model.rate = shape.progress.rate
        model.etaSeconds = shape.progress.etaSeconds
        model.counters = Self.liveCounters(shape.progress.counts)
        model.canCancel = shape.canCancel
        model.canUndo = record.canUndo
        model.undoOf = record.undoOf
        model.planOf = record.planOf
        model.error = record.error
        model.version = version
        return model
    }

    private static func liveCounters(_ json: String) -> [(counter: JobModel.Counter, value: Int64)] {
        let counts = (try? JSONDecoder().decode([String: Int64].self, from: Data(json.utf8))) ?? [:]
        return JobModel.Counter.allCases.compactMap { counter in counts[counter.rawValue].map { (counter, $0) } }
    }

    /// The counters of a finished run, in the order to be shown.
    func counters(_ report: SyncReport) -> [(counter: JobModel.Counter, value: Int64)] {
        let all: [(JobModel.Counter, Int)] = [
            (.scanned, report.totalScanned), (.added, report.added), (.updated, report.updated),
            (.skipped, report.skipped), (.errors, report.errors), (.becameAvailable, report.becameAvailable),
            (.conflicts, report.conflicts), (.drift, report.drift), (.stale, report.stale),
        ]
        let always: Set<JobModel.Counter> = [.scanned, .added, .updated, .skipped]
        return all.filter { $0.1 > 0 || always.contains($0.0) }.map { (counter: $0.0, value: Int64($0.1)) }
    }
}
