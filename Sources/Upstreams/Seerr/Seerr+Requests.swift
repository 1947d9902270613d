public import HTTPClient
import JSONStream
public import Media

extension Seerr {
    static let pageSize = 100

    /// Lists requests: those modified since `mark`, newest first, or all of them.
    ///
    /// A complete listing goes by order of creation, which modifications do not disturb, and is read a second time when
    /// the first does not add up.
    /// - Throws: `UpstreamError` when a page cannot be read, or when a complete listing does not add up twice.
    public func requests(modifiedSince mark: Timestamp?) async throws(UpstreamError) -> SeerrListing {
        if let mark { return try await pages(sort: "modified", until: mark) }
        let first = try await pages(sort: "added", until: nil)
        if first.isComplete { return first }
        let second = try await pages(sort: "added", until: nil)
        if second.isComplete { return second }
        throw page(0, sort: "added").failure(
            .undecodable(field: "pageInfo.results"),
            cause: "Seerr counts \(second.total) requests, its pages did not hold as many different ones")
    }

    private func page(_ skip: Int, sort: String) -> HTTPRequest {
        request(
            "GET", "request",
            query: [
                ("take", String(Self.pageSize)), ("skip", String(skip)), ("filter", "all"), ("sort", sort),
            ], timeout: .seconds(120))
    }

    private func pages(sort: String, until mark: Timestamp?) async throws(UpstreamError) -> SeerrListing {
        var listing = SeerrListing(readings: [], isComplete: false, total: 0, clock: nil)
        var known: Set<Int64> = []
        var firstTotal: Int?
        var skip = 0
        while true {
            let call = page(skip, sort: sort)
            let (value, answer) = try await object(call)
            guard let total = value["pageInfo"]["results"].integer.flatMap({ Int(exactly: $0) }),
                value["results"].kind == .array
            else { throw call.failure(.undecodable(field: "pageInfo.results"), cause: "this is no list of requests") }
            if firstTotal == nil { listing.clock = answer.headers.dateMillis.map { Timestamp(milliseconds: $0) } }
            let records = value["results"].elements
            listing.total = total
            // Requests of a kind unknown here count too: only their number is compared.
            let fresh = records.filter { $0["id"].positive.map { known.insert($0).inserted } ?? false }
            listing.readings += fresh.compactMap { SeerrReading($0) }
            skip += records.count
            // A server that ignores where a page starts would repeat itself for ever.
            let isLast = skip >= total || fresh.isEmpty
            if isLast || Self.reaches(mark, records.compactMap { SeerrReading($0) }) {
                // What was deleted meanwhile moved another request out of sight, though the counts may agree.
                listing.isComplete = isLast && known.count == total && total >= firstTotal ?? total
                return listing
            }
            firstTotal = firstTotal ?? total
        }
    }

    /// Whether a page, in order as asked for, ends before the mark; one in another order proves nothing.
    private static func reaches(_ mark: Timestamp?, _ readings: [SeerrReading]) -> Bool {
        guard let mark, let last = readings.last?.updatedAt, last < mark else { return false }
        let times = readings.map(\.updatedAt)
        return zip(times, times.dropFirst()).allSatisfy { earlier, later in
            guard let earlier, let later else { return false }
            return earlier >= later
        }
    }
}
