import Media
import Observability
import Store

/// Looks into Jellyfin for what waits: due checks at once, everything open at the reconciler's pace (tracking.md §5).
struct Reconciliation: Sendable {
    let tracking: Tracking
    /// nil where no Jellyfin is configured.
    let librarian: Librarian?
    var scans: LibraryScans?

    /// Requests looked up in one go.
    private static let batch = 500

    /// Looks for every open request whose title the index holds, and for those that wait for nothing else.
    func reconcile() async throws {
        guard let librarian else { return }
        try await librarian.readChanges()
        let open = try await tracking.store.read { try $0.lookedFor() }
        let promising = await librarian.promising(open)
        for part in promising.inParts(of: Self.batch) { _ = try await librarian.examine(Array(part)) }
    }

    /// Makes the checks that are due.
    ///
    /// - Returns: when the next one is.
    func makeDueChecks() async throws -> Timestamp? {
        let ended = tracking.reach.takeEnded()
        if !ended.isEmpty { try await tracking.store.write { try $0.addOutages(ended) } }
        if tracking.reach.takeChange() { try await deriveOpen() }
        let now = tracking.store.now()
        let due = try await tracking.store.read { try $0.dueChecks(by: now, limit: Self.batch) }
        let clocks = due.filter { $0.cause == "derive" }
        if !clocks.isEmpty {
            try await tracking.book([]) { ledger in
                for check in clocks {
                    try ledger.tx.endCheck(check)
                    try ledger.request(check.request)?.touch()
                }
            }
        }
        for check in due where check.cause == "scan" {
            try await tracking.store.write { try $0.endCheck(check) }
            do {
                try await scans?.run(for: check.request)
            } catch {
                tracking.log.warn("scan_failed", "Jellyfin could not be asked to look: \(error)")
            }
        }
        let looks = due.filter { $0.cause != "derive" && $0.cause != "scan" }
        if !looks.isEmpty { try await look(looks, now) }
        return try await tracking.store.read { try $0.nextCheck() }
    }

    /// An outage began or ended: what waits for that service may need attention, or no longer does.
    private func deriveOpen() async throws {
        let open = try await tracking.store.read { try $0.openRequests() }
        for part in open.inParts(of: Self.batch) {
            try await tracking.book([]) { ledger in
                for request in part { try ledger.request(request.id)?.touch() }
            }
        }
    }

    /// Many triggers of one request are one look.
    private func look(_ checks: [DueCheck], _ now: Timestamp) async throws {
        let requests = Array(Set(checks.map(\.request)))
        let answers = await librarian?.look(for: requests) ?? [:]
        try await tracking.store.write { tx in
            for check in checks {
                let isDone = answers[check.request] == .playable
                if let next = Self.next(after: check, isDone: isDone) {
                    try tx.repeatCheck(check, at: now.advanced(by: next))
                } else {
                    try tx.endCheck(check)
                }
            }
        }
    }

    /// 10, 25 and 40 seconds after the cause; then the reconciler goes on.
    private static func next(after check: DueCheck, isDone: Bool) -> Duration? {
        if isDone { return nil }
        let startsAtOnce = !["imported", "file_matched", "path_changed"].contains(check.cause)
        let waits: [Duration] =
            startsAtOnce ? [.seconds(10), .seconds(15), .seconds(15)] : [.seconds(15), .seconds(15)]
        return check.attempt < Int64(waits.count) ? waits[Int(check.attempt)] : nil
    }
}
