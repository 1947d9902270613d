import Jellyfin
import Media
import Store

/// Which items of Jellyfin carry which provider numbers: Jellyfin has no such look-up (deletion.md §3).
///
/// At most fifteen minutes old; an item it names is read again before anything is decided by it.
actor ProviderShelf {
    private let jellyfin: Jellyfin
    private let now: @Sendable () -> Timestamp
    private var held: Listing?

    private static let freshness = Duration.seconds(15 * 60)

    init(_ jellyfin: Jellyfin, now: @escaping @Sendable () -> Timestamp) {
        self.jellyfin = jellyfin
        self.now = now
    }

    /// Every film or series that carries one of the numbers.
    ///
    /// - Throws: what the listing throws; an incomplete one is no listing.
    func items(_ type: MediaType, tmdb: Int64?, tvdb: Int64?, imdb: String?) async throws -> [JellyfinItemID] {
        let listing = try await listing()
        let kind: ItemReading.Kind = type == .movie ? .movie : .series
        return listing.items(Listing.keys(kind, tmdb: tmdb, tvdb: tvdb, imdb: imdb))
    }

    /// Whether a listing made just now has any of these items.
    func lists(anyOf items: [JellyfinItemID]) async throws -> Bool {
        held = nil
        let listing = try await listing()
        return items.contains { listing.all.contains($0) }
    }

    private func listing() async throws -> Listing {
        if let held, held.at.advanced(by: Self.freshness) > now() { return held }
        let fresh = Listing(at: now())
        try await jellyfin.items([.movie, .series], into: fresh)
        held = fresh
        return fresh
    }

    /// One complete listing of films and series.
    private final class Listing: ItemReceiver {
        let at: Timestamp
        private var places: [String: [JellyfinItemID]] = [:]
        private(set) var all: Set<JellyfinItemID> = []

        init(at: Timestamp) { self.at = at }

        func restart() {
            places = [:]
            all = []
        }

        func receive(_ item: ItemReading) {
            all.insert(item.id)
            for key in Self.keys(item.kind, tmdb: item.tmdb, tvdb: item.tvdb, imdb: item.imdb) {
                places[key, default: []].append(item.id)
            }
        }

        func items(_ keys: [String]) -> [JellyfinItemID] {
            var found: [JellyfinItemID] = []
            for item in keys.flatMap({ places[$0] ?? [] }) where !found.contains(item) { found.append(item) }
            return found
        }

        static func keys(_ kind: ItemReading.Kind, tmdb: Int64?, tvdb: Int64?, imdb: String?) -> [String] {
            [
                tmdb.map { "\(kind.rawValue)|tmdb|\($0)" }, tvdb.map { "\(kind.rawValue)|tvdb|\($0)" },
                imdb.map { "\(kind.rawValue)|imdb|\($0.lowercased())" },
            ].compactMap(\.self)
        }
    }
}
