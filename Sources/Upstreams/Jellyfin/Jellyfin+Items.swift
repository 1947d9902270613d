import HTTPClient
import JSONStream
public import Media

/// Takes the items of a listing, in the order of its pages.
public protocol ItemReceiver: AnyObject {
    /// The listing begins again from its first page: forget what came so far.
    func restart()
    /// One film, series or episode.
    func receive(_ item: ItemReading) throws
}

extension Jellyfin {
    /// Reads every item of some kinds, page by page, into `receiver`.
    ///
    /// - Returns: how many records the server counts, of which `receiver` got those of the wanted kinds.
    /// - Throws: `UpstreamError`, `.truncated` where the pages do not add up even the second time: then nothing may be
    ///   called absent; else what `receiver` throws.
    @discardableResult
    public func items(_ kinds: [ItemReading.Kind], into receiver: any ItemReceiver) async throws -> Int {
        try await whole(Self.query(kinds), kinds, into: receiver)
    }

    /// Reads the films, series and episodes saved since a time by the server's clock.
    ///
    /// A server that ignores the filter gives everything, which costs only time. Deletions are not among them.
    /// - Parameters:
    ///   - since: by the server's clock; nothing tells when an item was saved, so an overlap is wise.
    ///   - version: as `identify()` gives it: up to 10.10 the filter has another name, and sending both fails.
    ///   - receiver: takes the items.
    /// - Returns: as `items(_:into:)`.
    /// - Throws: as `items(_:into:)`.
    @discardableResult
    public func changedItems(
        since: Timestamp, version: String?, into receiver: any ItemReceiver
    ) async throws -> Int {
        let kinds: [ItemReading.Kind] = [.movie, .series, .episode]
        let filter = Self.filtersForUser(version) ? "minDateLastSavedForUser" : "minDateLastSaved"
        return try await whole(Self.query(kinds) + [(filter, since.rfc3339)], kinds, into: receiver)
    }

    /// Reads the episodes of one series, virtual ones included.
    ///
    /// Of a show in two libraries the server gives both series' episodes; any others are left out.
    /// - Throws: as `items(_:into:)`.
    public func episodes(ofSeries series: JellyfinItemID) async throws -> [ItemReading] {
        let found = ItemList()
        try await whole(Self.query([.episode]) + [("parentId", series.text)], [.episode], into: found)
        let names = Set(found.items.lazy.filter { $0.series == series }.compactMap(\.seriesName))
        return found.items.filter { item in
            item.series == series || item.series == nil || item.seriesName.map { names.contains($0) } ?? false
        }
    }

    /// Reads items by id, a hundred a call.
    ///
    /// - Returns: those that exist; an id without an item is not there.
    /// - Throws: `UpstreamError`, also when the answer holds an item nobody asked for: then the ids were ignored.
    public func items(ids: [JellyfinItemID]) async throws -> [ItemReading] {
        let distinct = Array(Set(ids))
        var found: [JellyfinItemID: ItemReading] = [:]
        for start in stride(from: 0, to: distinct.count, by: 100) {
            let asked = Set(distinct[start..<min(start + 100, distinct.count)])
            let query = Self.fields + [("ids", asked.map(\.text).joined(separator: ","))]
            let call = request(["Items"], query, timeout: .seconds(120))
            var records = RecordStream(shape: ItemReader.shape, arrayKey: "Items")
            try await transport.records(of: call, &records) { record in
                guard let id = ItemReader.id(record), asked.contains(id) else {
                    throw call.failure(.undecodable(field: "Items"), cause: "an item came that was not asked for")
                }
                found[id] = ItemReader.read(record)
            }
        }
        return ids.compactMap { found.removeValue(forKey: $0) }
    }

    @discardableResult
    private func whole(
        _ query: [(String, String)], _ kinds: [ItemReading.Kind], into receiver: any ItemReceiver
    ) async throws -> Int {
        switch try await listing(query, into: ItemPages(receiver, Set(kinds))) {
        case .complete(let total): return total
        case .incomplete(let detail):
            throw UpstreamError(service: Self.service, operation: "GET /Items", reason: .truncated, cause: detail)
        }
    }

    /// Films collapse into box sets unless told not to; there is no filter by provider id (upstreams.md §6.5).
    private static let fields: [(String, String)] = [
        ("fields", "ProviderIds,Path,MediaSources,OriginalTitle"), ("collapseBoxSetItems", "false"),
        ("enableUserData", "false"),
    ]

    private static func query(_ kinds: [ItemReading.Kind]) -> [(String, String)] {
        [("recursive", "true"), ("includeItemTypes", kinds.map(\.type).joined(separator: ","))] + fields
            + [("sortBy", "DateCreated,SortName"), ("sortOrder", "Ascending")]
    }

    /// Whether the server is at most 10.10; an unknown version counts as a new one.
    static func filtersForUser(_ version: String?) -> Bool {
        let parts = (version ?? "").split(separator: ".").compactMap { Int($0.prefix { $0.isNumber }) }
        guard parts.count >= 2 else { return false }
        return parts[0] < 10 || (parts[0] == 10 && parts[1] <= 10)
    }
}

/// Brings an item listing's pages to its receiver.
private final class ItemPages: ListingReader {
    static let shape = ItemReader.shape

    private let receiver: any ItemReceiver
    /// A server that does not know the parameter lists every kind.
    private let kinds: Set<ItemReading.Kind>
    private var item: ItemReading?

    init(_ receiver: any ItemReceiver, _ kinds: Set<ItemReading.Kind>) {
        self.receiver = receiver
        self.kinds = kinds
    }

    func restart() { receiver.restart() }
    func pageBegins() {}
    func pageDone(read: Int, of total: Int) {}

    func examine(_ record: borrowing RecordStream) -> UInt64? {
        item = ItemReader.read(record)
        return (item?.id ?? ItemReader.id(record)).map { ProviderKey.item($0).code }
    }

    func accept() throws {
        if let item, kinds.contains(item.kind) { try receiver.receive(item) }
    }
}

/// A listing small enough to be held.
private final class ItemList: ItemReceiver {
    private(set) var items: [ItemReading] = []

    func restart() { items = [] }
    func receive(_ item: ItemReading) { items.append(item) }
}
