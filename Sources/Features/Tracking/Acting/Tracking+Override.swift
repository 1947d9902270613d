import Database
import Jellyfin
public import Media
import Store

/// A decision by hand about a request.
public struct OverrideOrder: Sendable {
    public var state: Stage?
    public var jellyfinID: String?
    public var isAnime: Bool?
    /// Takes an earlier decision back.
    public var clears = false
    public var reason: String

    public init(reason: String) { self.reason = reason }
}

extension Tracking {
    /// Records a decision by hand; it holds until it is cleared.
    public func override(_ id: Int64, _ order: OverrideOrder, by name: String) async throws {
        guard let row = try await store.read({ try $0.request(id) }) else { throw ActionFailure.notFound }
        guard !order.reason.isEmpty else { throw ActionFailure.invalid(field: "reason", reason: "must not be empty") }
        if row.state == .deleted { throw ActionFailure.notApplicable("It is deleted.") }
        let now = store.now()
        var fact = Observation(
            service: "marquee", instance: "", channel: .user, fact: order.clears ? .overrideCleared : .override,
            naturalKey: "override|\(now.milliseconds)", observedAt: now, receivedAt: now)
        fact.details[.name] = name
        fact.details[.reason] = order.reason
        if !order.clears { try await check(order, &fact) }
        let item = fact.details[.item].flatMap { JellyfinItemID($0) }
        let instance = upstreams.jellyfin?.instance ?? "default"
        let recorded = fact
        try await book([]) { ledger in
            guard let tracked = try ledger.request(id) else { throw ActionFailure.notFound }
            tracked.record(recorded)
            if let item { tracked.edit { $0.jellyfin = InstanceID(instance: instance, id: item) } }
            // An item that only the override named goes with it.
            if order.clears && tracked.facts.proof.since == nil && tracked.row.mediaType == .movie {
                tracked.edit { $0.jellyfin = nil }
                try ledger.tx.raw.execute(
                    "DELETE FROM request_keys WHERE request_id = $1 AND kind = 'jellyfin'", [.integer(id)])
            }
        }
    }

    private func check(_ order: OverrideOrder, _ fact: inout Observation) async throws {
        if let state = order.state {
            guard [.available, .declined, .failed].contains(state) else {
                throw ActionFailure.invalid(field: "state", reason: "must be available, declined or failed")
            }
            fact.details[.state] = state.rawValue
        }
        if order.state == .available && order.jellyfinID == nil {
            throw ActionFailure.invalid(field: "jellyfin_id", reason: "is needed to call it available")
        }
        if let text = order.jellyfinID {
            guard let item = JellyfinItemID(text), let jellyfin = upstreams.jellyfin else {
                throw ActionFailure.invalid(field: "jellyfin_id", reason: "is no item id")
            }
            let found: [ItemReading]
            do {
                found = try await jellyfin.items(ids: [item])
            } catch {
                throw ActionFailure.refused(service: "jellyfin", reason: "\(error)")
            }
            guard found.contains(where: { $0.id == item }) else {
                throw ActionFailure.invalid(field: "jellyfin_id", reason: "names no item of Jellyfin")
            }
            fact.details[.item] = item.text
        }
        if let isAnime = order.isAnime { fact.details[.anime] = isAnime ? "1" : "0" }
        guard order.state != nil || order.isAnime != nil || order.jellyfinID != nil else {
            throw ActionFailure.invalid(field: "state", reason: "is needed, or is_anime, or jellyfin_id, or clear")
        }
    }
}
