import HTTPClient
import JSONStream
import Media

/// Takes the records of a listing that is read page by page.
protocol ListingReader: AnyObject {
    static var shape: RecordShape { get }
    /// The listing begins again from its first page: forget what came so far.
    func restart()
    /// A page begins, perhaps once more after it failed.
    func pageBegins()
    /// Looks at a record.
    ///
    /// - Returns: what tells it from every other record; nil when nothing does.
    func examine(_ record: borrowing RecordStream) -> UInt64?
    /// Takes the record just examined, which is a new one.
    func accept() throws
    /// The page is whole.
    func pageDone(read: Int, of total: Int) throws
}

extension Jellyfin {
    static let pageSize = 500
    static let smallestPage = 50
    /// A server's count is believed so far and no further when memory is set aside.
    static let largestReserve = 2_000_000

    /// Reads every record of a listing, page by page, into `reader`.
    ///
    /// The server's total is asked again after the last page. Where it has grown, the listing is read on from its end;
    /// where the distinct items still do not add up, everything is read once more (library-sync.md §1).
    /// - Returns: `.incomplete` when even the second pass does not add up: unknown, never "gone".
    /// - Throws: `UpstreamError` when the server gave no usable answer, or what `reader` throws.
    func listing<Reader: ListingReader>(
        _ query: [(String, String)], into reader: Reader
    ) async throws -> Completeness {
        var verdict = Completeness.incomplete(detail: "")
        for _ in 0..<2 {
            var pass = ListingPass(query: query)
            reader.restart()
            try await readPages(&pass, into: reader)
            var last = try await currentTotal(query, Reader.shape)
            if last > pass.firstTotal {
                try await readPages(&pass, into: reader)
                last = try await currentTotal(query, Reader.shape)
            }
            // Items that went while the pages were read moved others out of sight: the counts may agree all the same.
            if pass.count == last && last >= pass.firstTotal { return .complete(total: last) }
            verdict = .incomplete(
                detail: "Jellyfin counts \(last) items, its pages held \(pass.count) different ones")
        }
        return verdict
    }

    /// Reads from the pass's position until a short or empty page.
    private func readPages(_ pass: inout ListingPass, into reader: some ListingReader) async throws {
        var limit = Self.pageSize
        var failures = 0
        while true {
            do {
                let known = pass.count
                let count = try await readPage(&pass, limit: limit, into: reader)
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
    private func readPage<Reader: ListingReader>(
        _ pass: inout ListingPass, limit: Int, into reader: Reader
    ) async throws -> Int {
        let isFirst = pass.position == 0
        var query = pass.query + [("startIndex", String(pass.position)), ("limit", String(limit))]
        if !isFirst { query.append(("enableTotalRecordCount", "false")) }
        let page = request(["Items"], query, timeout: .seconds(120))
        var records = RecordStream(shape: Reader.shape, arrayKey: "Items", totals: ["TotalRecordCount"])
        var count = 0
        var nameless = 0
        reader.pageBegins()
        try await transport.records(of: page, &records) { record in
            count += 1
            guard let identity = reader.examine(record) else { return nameless += 1 }
            if pass.distinct.insert(identity, 0).isNew { try reader.accept() }
        }
        pass.nameless += nameless
        if isFirst {
            pass.firstTotal = records.total("TotalRecordCount").map(Int.init) ?? count
            pass.distinct.reserve(min(pass.firstTotal, Self.largestReserve))
        }
        pass.position += count
        try reader.pageDone(read: pass.position, of: max(pass.firstTotal, pass.position))
        return count
    }

    private func currentTotal(_ query: [(String, String)], _ shape: RecordShape) async throws -> Int {
        let query = query.filter { $0.0 != "fields" } + [("startIndex", "0"), ("limit", "1")]
        var records = RecordStream(shape: shape, arrayKey: "Items", totals: ["TotalRecordCount"])
        let count = request(["Items"], query, timeout: .seconds(120))
        try await transport.records(of: count, &records) { _ in }
        guard let total = records.total("TotalRecordCount") else {
            throw UpstreamError(
                service: Self.service, operation: "GET /Items", reason: .undecodable(field: "TotalRecordCount"))
        }
        return Int(total)
    }
}

/// The pages of one pass over a listing, and what they add up to.
private struct ListingPass {
    /// What is listed, without the page.
    let query: [(String, String)]
    /// Ids seen, whatever became of the items.
    var distinct = KeyTable()
    /// Items without an id, which nothing tells apart.
    var nameless = 0
    /// How many different items the pages held.
    var count: Int { distinct.count + nameless }
    /// Where the next page starts: the number of records read.
    var position = 0
    var firstTotal = 0

    init(query: [(String, String)]) { self.query = query }
}
