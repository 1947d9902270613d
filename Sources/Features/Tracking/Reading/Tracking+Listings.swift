import Media
import Observability
import Store

extension Tracking {
    /// Whether a complete listing of so many records proves that what it lacks is absent, or has shrunk too much to be
    /// believed yet.
    func believes(_ total: Int, of service: String, _ instance: String) async throws -> Bool {
        let name = ListingSize.name(service, instance)
        let now = store.now()
        let sizes = try await store.read { try ListingSize($0, name) }
        let isBelieved = sizes.isBelieved(total, at: now, gap: settings.rules.sightingGap)
        if !isBelieved {
            log.warn(
                "listing_shrunken",
                "\(service) lists \(total) titles, last time \(sizes.last ?? 0): what it lacks is not taken for gone yet",
                ["instance": .string(instance)])
        }
        if sizes.last != total || !isBelieved {
            try await store.write { try ListingSize.remember(total, believed: isBelieved, name, in: $0) }
        }
        return isBelieved
    }
}
