public import Media
import Observability
import Store

extension Deletions {
    /// Takes up a deletion that is proven to have been made elsewhere (deletion.md §8).
    ///
    /// - Parameters:
    ///   - request: the row whose title is gone there.
    ///   - source: where it was removed.
    ///   - deletedFiles: whether the files went along there.
    ///   - isAuthenticated: whether who told it showed a secret: nothing is called on the word of others.
    /// - Returns: its log; nil where the row is deleted already, or a deletion of it is under way.
    /// - Throws: `DatabaseError`.
    public func recordExternal(
        _ request: Int64, source: DeletionSource, deletedFiles: Bool, isAuthenticated: Bool
    ) async throws -> Int64? {
        guard let row = try await store.read({ try $0.request(request) }), row.state != .deleted, row.deletion == nil
        else { return nil }
        var options = DeletionOptions()
        options.deletesFiles = deletedFiles
        options.torrents = .keep
        let asks = settings.external == .ask || (settings.external == .propagate && !isAuthenticated)
        let calls = settings.isEnabled && settings.external != .record
        guard let facts = try await gatherer.facts(of: request, options, calls: calls) else { return nil }
        let mode = DeletionPlanner.Mode.external(origin: source.origin, propagates: calls)
        let item = DeletionPlanner(facts, options, mode, commonPath: settings.commonPath).item()
        var new = try NewDeletion(item, options, try DeletionItem.digest(of: [item], options), source, nil)
        new.phase = asks ? .asked : .confirmed
        let begun = new
        let id: Int64
        do {
            id = try await store.write { tx in
                let id = try tx.beginDeletion(begun)
                // Only noted: there is nothing to call, nor to wait for.
                if !asks && !calls { try tx.endDeletion(id, endsRows: true) }
                return id
            }
        } catch is DeletionUnderWay {
            return nil
        } catch is NothingToDelete {
            return nil
        }
        if !asks && calls { _ = try await launch([id], by: source.defaultName) }
        log.info("deletion_elsewhere", "\(row.title) was deleted elsewhere (\(source.rawValue))")
        return id
    }

    /// The title is there again: a log that still waits for an answer closes by itself, and the row goes on.
    public func withdrawAsked(_ request: Int64) async throws {
        try await store.write { tx in
            guard let deletion = try tx.raw.request(request)?.deletion,
                try tx.raw.deletionLog(deletion.log)?.phase == .asked
            else { return }
            try tx.closeDeletion(deletion.log, as: .withdrawn, endsRows: false)
        }
    }

    /// Answers a deletion that was made elsewhere.
    func answer(_ answer: DeletionAnswer, _ held: DeletionLog, _ deleter: Deleter) async throws -> Int64? {
        let id = held.id
        switch answer {
        case .dismiss:
            try await store.write { try $0.closeDeletion(id, as: .withdrawn, endsRows: false) }
            return nil
        case .record:
            let endsRows = try DeletionItem(json: held.plan).endsRows
            try await store.write { tx in
                for step in held.steps.newest where step.status.isOpen || step.status == .failed {
                    try tx.step(step.key, .skipped, details: DeletionLog.recordedOnly, log: id)
                }
                try tx.endDeletion(id, endsRows: endsRows)
            }
            return nil
        case .propagate:
            guard settings.isEnabled else {
                throw DeletionRefusal(
                    .disabled, "Deletion sync is disabled (ENABLE_DELETION_SYNC): no service would be called.", log: id)
            }
            try await store.write { try $0.move(deletion: id, to: .confirmed) }
            return try await launch([id], by: deleter.name)
        }
    }
}

extension DeletionSource {
    /// The service that has done its part already.
    fileprivate var origin: DeletionService {
        switch self {
        case .radarr: .radarr
        case .sonarr: .sonarr
        case .shoko: .shoko
        case .jellyfin, .external, .dashboard: .jellyfin
        }
    }
}
