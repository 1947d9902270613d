import Changes
import Database
import Lifecycle
import Media
import Observability
import Store

/// How a job ended.
struct JobEnd: Sendable {
    var state: JobState
    var result: String?
    var errorCode: String?
    var error: String?
    /// Already stored by the job's own transaction.
    var isStored = false
}

extension Jobs {
    /// Runs a job's work beside its watch, and stores how it ended.
    func supervise(
        _ lease: JobLease, _ progress: Progress,
        _ work: @escaping @Sendable (JobLease, Progress) async throws -> JobEnd
    ) async {
        let watch = Task { await self.watch(lease, progress) }
        let end = await outcome(lease, progress, work)
        watch.cancel()
        await watch.value
        if !end.isStored { await save(end, lease) }
        Memory.giveBack()
        forget(lease.job)
        log.info(
            "job_finished", "Job \(lease.job) \(end.state.rawValue)" + (end.error.map { ": \($0)" } ?? ""),
            ["job_id": .integer(lease.job), "status": .string(end.state.rawValue)])
    }

    /// Stores how a job ended; where that fails, as on a full disk, it is kept in memory and tried again.
    private func save(_ end: JobEnd, _ lease: JobLease) async {
        do {
            let isOurs = try await store.write { tx in
                try tx.finishJob(lease, as: end.state, result: end.result, errorCode: end.errorCode, error: end.error)
            }
            if !isOurs { log.warn("job_lease_lost", "Job \(lease.job) belongs to somebody else now") }
            setUnsaved(nil, lease)
        } catch {
            log.error("job_end_unsaved", "Job \(lease.job) ended but could not be stored: \(error)")
            setUnsaved(end, lease)
        }
    }

    /// Tries again to store the ends that could not be stored.
    public func saveUnsavedEnds() async {
        for (lease, end) in unsavedEnds { await save(end, lease) }
    }

    private func outcome(
        _ lease: JobLease, _ progress: Progress,
        _ work: @Sendable (JobLease, Progress) async throws -> JobEnd
    ) async -> JobEnd {
        do {
            return try await work(lease, progress)
        } catch  where progress.isCancelled {
            return JobEnd(state: .cancelled, errorCode: "cancelled", error: "Cancelled; nothing was written.")
        } catch is CancellationError {
            return JobEnd(
                state: .interrupted, errorCode: "interrupted",
                error: "Marquee stopped while this job ran; nothing was written.")
        } catch let error as DatabaseError where error.reason == .full {
            return JobEnd(state: .failed, errorCode: "disk_full", error: "\(error) Nothing was written.")
        } catch let failure as JobFailure {
            return JobEnd(state: .failed, errorCode: failure.code, error: failure.detail)
        } catch {
            if Task.isCancelled {
                return JobEnd(
                    state: .interrupted, errorCode: "interrupted", error: "Marquee stopped while this job ran.")
            }
            return JobEnd(state: .failed, errorCode: "internal", error: "\(error)")
        }
    }

    /// Tells listeners about progress four times a second, and the store once a second, which renews the lease.
    private func watch(_ lease: JobLease, _ progress: Progress) async {
        var told = progress.snapshot
        var ticks = 0
        while !Task.isCancelled {
            do { try await Task.sleep(for: .milliseconds(250)) } catch { return }
            ticks += 1
            let now = progress.snapshot
            if now != told {
                store.changes.publish([Change(id: nil, topic: .job, object: lease.job)])
                told = now
            }
            if ticks.isMultiple(of: 4) { await save(now, lease, progress) }
        }
    }

    private func save(_ snapshot: Progress.Snapshot, _ lease: JobLease, _ progress: Progress) async {
        do {
            let isCancelled = try await store.write { tx in
                try tx.saveProgress(
                    lease, phase: snapshot.phase, done: snapshot.done, total: snapshot.total,
                    counts: snapshot.counts, renew: Self.lease)
            }
            if isCancelled == true { progress.cancel() }
        } catch {
            log.warn("job_progress_unsaved", "Progress of job \(lease.job) could not be stored: \(error)")
        }
    }
}
