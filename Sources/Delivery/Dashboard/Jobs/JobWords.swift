import HTML

/// The words of a job: what it is called, and how its state reads.
struct JobWords {
    let page: PageContext

    init(_ page: PageContext) {
        self.page = page
    }

    func title(_ job: JobModel) -> String {
        if let undone = job.undoOf { return page[.jobUndoOf, ["id": String(undone)]] }
        return job.isDryRun ? page[.jobPreviewOf, ["job": kind(job.kind)]] : kind(job.kind)
    }

    func kind(_ kind: JobModel.Kind) -> String {
        switch kind {
        case .librarySync: page[.jobLibrarySync]
        case .metadataUpdate: page[.jobMetadataUpdate]
        case .pendingSync: page[.jobPendingSync]
        }
    }

    func phase(_ phase: JobModel.Phase) -> String {
        switch phase {
        case .gather: page[.phaseGather]
        case .match: page[.phaseMatch]
        case .plan: page[.phasePlan]
        case .apply: page[.phaseApply]
        case .undo: page[.phaseUndo]
        }
    }

    func counter(_ counter: JobModel.Counter) -> String {
        switch counter {
        case .scanned: page[.counterScanned]
        case .added: page[.counterAdded]
        case .updated: page[.counterUpdated]
        case .skipped: page[.counterSkipped]
        case .errors: page[.counterErrors]
        case .conflicts: page[.counterConflicts]
        case .drift: page[.counterDrift]
        case .stale: page[.counterStale]
        case .becameAvailable: page[.counterBecameAvailable]
        }
    }

    func tone(_ counter: JobModel.Counter) -> Badge.Tone {
        switch counter {
        case .added, .becameAvailable: .good
        case .updated: .active
        case .errors: .bad
        case .conflicts, .drift, .stale: .attention
        case .scanned, .skipped: .plain
        }
    }

    func figures(_ counters: [(counter: JobModel.Counter, value: Int64)]) -> [Figures.Figure] {
        counters.map {
            Figures.Figure(name: counter($0.counter), value: NumberText.grouped($0.value), tone: tone($0.counter))
        }
    }

    func state(_ state: JobModel.State) -> String {
        switch state {
        case .queued: page[.stateQueued]
        case .running: page[.stateRunning]
        case .succeeded: page[.stateSucceeded]
        case .partial: page[.statePartial]
        case .failed: page[.stateFailed]
        case .cancelled: page[.stateCancelled]
        case .interrupted: page[.stateInterrupted]
        }
    }

    func badge(_ state: JobModel.State) -> Badge {
        let word = self.state(state)
        switch state {
        case .queued: return Badge(.waiting, .clock, word)
        case .running: return Badge(.active, .sync, word)
        case .succeeded: return Badge(.good, .check, word)
        case .partial: return Badge(.attention, .alert, word)
        case .failed: return Badge(.bad, .alert, word)
        case .cancelled: return Badge(.waiting, .cross, word)
        case .interrupted: return Badge(.attention, .alert, word)
        }
    }
}
