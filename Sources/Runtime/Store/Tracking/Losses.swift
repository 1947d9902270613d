public import Database
public import Media

/// A received webhook whose event may tell of a loss; only its body says of which.
public struct InboxLoss: Sendable {
    public var id: Int64
    public var receivedAt: Timestamp
    public var service: String
    public var instance: String
    public var body: [UInt8]
}

extension Reader {
    /// Received webhooks that may tell of losses, in the order they came, so that none is passed over.
    ///
    /// - Parameters:
    ///   - id: the last one that was looked at.
    ///   - limit: how many at most.
    /// - Returns: those whose bodies are kept still.
    /// - Throws: what the database says.
    public func inboxLosses(after id: Int64, limit: Int) throws -> [InboxLoss] {
        try rows(
            """
            SELECT id, received_at, service, instance, body FROM inbox
            WHERE id > $1 AND body IS NOT NULL AND lower(event) IN ('moviedelete', 'seriesdelete', 'moviefiledelete',
                'episodefiledelete', 'itemdeleted', 'itemremoved', '24')
            ORDER BY id LIMIT $2
            """, [.integer(id), .integer(Int64(limit))]
        ) { row in
            InboxLoss(
                id: row.integer(0), receivedAt: Timestamp(milliseconds: row.integer(1)), service: row.text(2),
                instance: row.text(3), body: row.blob(4) ?? [])
        }
    }
}

extension TrackingLedger {
    /// The rows a signal of a loss is about: every one of its medium and variant, available ones included, that is not
    /// deleted.
    ///
    /// Ids that contradict each other are no match (tracking.md §2.1).
    public func requests(of signal: RemovalSignal) throws -> [Int64] {
        let hint = Observation(
            service: signal.service, instance: signal.instance, channel: .webhook, fact: .vanishHint, naturalKey: "",
            observedAt: signal.at, receivedAt: signal.at, keys: signal.keys, units: signal.units)
        let path = signal.keys.path.map { context.commonPath($0, signal.service, signal.instance) }
        return try owners(of: hint, path: path).map(\.id)
    }
}
