import Media
import Store

/// What a sender of a webhook is told.
public struct HookReceipt: Sendable {
    /// The number in the inbox.
    public var id: Int64
    public var event: String
    /// The request concerned; nil when there is none yet, or none at all.
    public var request: Int64?
}

extension Tracking {
    /// Takes in a webhook: kept, interpreted, derived and durable when this returns, without any call to a service.
    ///
    /// - Throws: `UnreadableHook` for a body that is no JSON; nothing is kept then.
    public func receive(_ service: HookService, instance: String, body: [UInt8]) async throws -> HookReceipt {
        let reading = try service.read(body, instance: instance, at: store.now())
        let context = context
        let (receipt, learned) = try await store.write { tx in
            let ledger = TrackingLedger(tx, context)
            let id = try tx.reserveIDs(.inbox)
            let request = try ledger.record(reading, inbox: id)
            let outcome: InboxOutcome =
                request != nil ? .applied : reading.observations.isEmpty ? .recorded : .unmatched
            try tx.appendInbox(
                id: id, service: service.rawValue, instance: instance, event: reading.event, body: body,
                outcome: outcome, request: request)
            try ledger.finish()
            return (HookReceipt(id: id, event: reading.event, request: request), Learned(ledger))
        }
        wakes.tell(learned)
        if !reading.observations.isEmpty { wakes.heard(from: service.rawValue, instance: instance) }
        return receipt
    }

    /// Interprets a kept webhook once more, as when a rule has changed since.
    ///
    /// - Returns: nil when its body was let go.
    public func replay(_ id: Int64) async throws -> HookReceipt? {
        guard let (entry, body) = try await store.read({ try $0.inboxEntry(id) }), let body,
            let service = HookService(name: entry.service)
        else { return nil }
        let reading = try service.read(body, instance: entry.instance, at: entry.receivedAt)
        let context = context
        let request = try await store.write { tx in
            let ledger = TrackingLedger(tx, context)
            let request = try ledger.record(reading, inbox: id)
            let outcome: InboxOutcome =
                request != nil ? .applied : reading.observations.isEmpty ? .recorded : .unmatched
            try tx.setInboxOutcome(id, outcome, request: request)
            try ledger.finish()
            return request
        }
        return HookReceipt(id: id, event: entry.event, request: request)
    }
}

extension TrackingLedger {
    /// Records all facts of a webhook.
    ///
    /// - Returns: the first request concerned.
    fileprivate func record(_ reading: HookReading, inbox: Int64) throws -> Int64? {
        var request: Int64?
        for observation in reading.observations {
            let owner = try record(observation, inbox: inbox)
            request = request ?? owner
        }
        return request
    }
}
