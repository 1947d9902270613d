import HTTPClient
import JSONStream
public import Media

extension Jellyfin {
    static let pageSize = 500
    static let smallestPage = 50
    /// A server's count is believed so far and no further when memory is set aside.
    static let largestReserve = 2_000_000

    /// Reads every film and series, page by page, into `receiver`.
    ///
    /// The server's total is asked again after the last page. Where it has grown, the listing is read on from its end;
    /// where the distinct items still do not add up, everything is read once more (library-sync.md §1).
    /// - Returns: `.incomplete` when even the second pass does not add up: unknown, never "gone".
    /// - Throws: `UpstreamError` when the server gave no usable answer, or what `receiver` throws.
    public func library(into receiver: any LibraryReceiver) async throws -> Completeness {
        var verdict = Completeness.incomplete(detail: "")
        for _ in 0..<2 {
            var pass = LibraryPass()
            receiver.restart()
            try await readPages(&pass, into: receiver)
            var last = try await currentTotal()
            if last > pass.firstTotal {
                try await readPages(&pass, into: receiver)
                last = try await currentTotal()
            }
            // Items that went while the pages were read moved others out of sight: the counts may agree all the same.
            if pass.count == last && last >= pass.firstTotal { return .complete(total: last) }
            verdict = .incomplete(
                detail: "Jellyfin counts \(last) items, its pages held \(pass.count) different ones")
        }
        return verdict
    }

    /// Reads from the pass's position until a short or empty page.
    private func readPages(_ pass: inout LibraryPass, into receiver: any LibraryReceiver) async throws {
        var limit = Self.pageSize
        var failures = 0
        while true {
            do {
                let known = pass.count
                let count = try await readPage(&pass, limit: limit, into: receiver)
                failures = 0
                // A server that ignores where a page starts would repeat itself for ever.
                if count < limit || pass.count == known { return }
            } catch let error as UpstreamError {
                failures += 1
                guard let smaller = Self.pageAfter(error, limit: limit, failures: failures) else { throw error }
                limit = smaller
            }
        }
    }

    /// The page size to try again with after a failed page; nil when it is time to give up.
    ///
    /// Slow servers answer smaller pages in time; a body cut short is worth one more try.
    static func pageAfter(_ error: UpstreamError, limit: Int, failures: Int) -> Int? {
        switch error.reason {
        case .timedOut where limit > smallestPage: max(smallestPage, limit / 2)
        case .truncated where failures < 2: limit
        default: nil
        }
    }

    /// - Returns: the number of records in this page, known or new.
    private func readPage(
        _ pass: inout LibraryPass, limit: Int, into receiver: any LibraryReceiver
    ) async throws -> Int {
        let isFirst = pass.position == 0
        var query = Self.libraryQuery + [("startIndex", String(pass.position)), ("limit", String(limit))]
        if !isFirst { query.append(("enableTotalRecordCount", "false")) }
        let listing = request(["Items"], query, timeout: .seconds(120))
        var records = RecordStream(
            shape: LibraryItemReader.shape, arrayKey: "Items", totals: ["TotalRecordCount"])
        var reader = LibraryItemReader(images: base.appending(["Items"], query: []))
        var count = 0
        // Told when the page is whole: a page that fails comes again, and nothing tells these items apart.
        var nameless: [RejectedItem] = []
        try await transport.records(of: listing, &records) { records in
            count += 1
            let outcome = reader.read(records)
            if case .nameless(let rejected) = outcome { return nameless.append(rejected) }
            guard pass.distinct.insert(reader.identity, 0).isNew else { return }
            switch outcome {
            case .item: try receiver.receive(reader.item)
            case .unusable(let rejected): receiver.reject(rejected)
            case .dropped, .nameless: break
            }
        }
        for rejected in nameless { receiver.reject(rejected) }
        pass.nameless += nameless.count
        if isFirst {
            pass.firstTotal = records.total("TotalRecordCount").map(Int.init) ?? count
            pass.distinct.reserve(min(pass.firstTotal, Self.largestReserve))
        }
        pass.position += count
        try receiver.pageDone(read: pass.position, of: max(pass.firstTotal, pass.position))
        return count
    }

    private func currentTotal() async throws -> Int {
        let query = Self.libraryQuery.filter { $0.0 != "fields" } + [("startIndex", "0"), ("limit", "1")]
        var records = RecordStream(
            shape: LibraryItemReader.shape, arrayKey: "Items", totals: ["TotalRecordCount"])
        let count = request(["Items"], query, timeout: .seconds(120))
        try await transport.records(of: count, &records) { _ in }
        guard let total = records.total("TotalRecordCount") else {
            throw UpstreamError(
                service: Self.service, operation: "GET /Items", reason: .undecodable(field: "TotalRecordCount"))
        }
        return Int(total)
    }

    /// Exactly the parameters of library-sync.md §1; films collapse into box sets unless told not to.
    private static let libraryQuery: [(String, String)] = [
        ("recursive", "true"), ("includeItemTypes", "Movie,Series"),
        ("fields", "ProviderIds,Path,Overview,DateCreated,MediaSources"), ("collapseBoxSetItems", "false"),
        ("enableUserData", "false"), ("sortBy", "DateCreated,SortName"), ("sortOrder", "Ascending"),
    ]
}
