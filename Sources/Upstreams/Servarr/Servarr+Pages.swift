import HTTPClient
import JSONStream

extension Servarr {
    /// Reads all pages of a paged list.
    ///
    /// Records move between pages while they are read, so the different ones must add up to the program's total; where
    /// they do not, everything is read once more.
    /// - Throws: `UpstreamError`; `.truncated` when even the second pass does not add up.
    func allPages<Record>(
        _ path: String, query: [(String, String)], size: Int, _ read: (JSONNode) -> Record?
    ) async throws(UpstreamError) -> [Record] {
        var detail = ""
        for _ in 0..<2 {
            var pass = PagePass<Record>()
            repeat {
                pass.page += 1
                let paging = [("page", String(pass.page)), ("pageSize", String(size))]
                let call = request(path, query: paging + query, timeout: .seconds(120))
                let root = try await answer(to: call)
                guard let total = root["totalRecords"].integer, root["records"].kind == .array else {
                    throw call.failure(.undecodable(field: "totalRecords"), cause: "this is no page of a list")
                }
                pass.total = total
                pass.take(root["records"].elements, read)
            } while pass.goesOn
            if pass.count == pass.total { return pass.records }
            detail = "\(kind.rawValue) counts \(pass.total) records, its pages held \(pass.count) different ones"
        }
        throw request(path, timeout: .zero).failure(.truncated, cause: detail)
    }

    /// `queue` and `wanted/missing` are paths of one or two parts.
    private func request(_ path: String, query: [(String, String)], timeout: Duration) -> HTTPRequest {
        let parts = path.split(separator: "/").map(String.init)
        return parts.count == 2
            ? request(parts[0], parts[1], query: query, method: "GET", timeout: timeout)
            : request(path, query: query, method: "GET", timeout: timeout)
    }
}

/// The pages of one pass, and what they add up to.
private struct PagePass<Record> {
    var page = 0
    var total: Int64 = 0
    private(set) var records: [Record] = []
    private var ids: Set<Int64> = []
    private var nameless: Int64 = 0
    private var position: Int64 = 0
    private(set) var goesOn = true

    /// How many different records the pages held.
    var count: Int64 { Int64(ids.count) + nameless }

    mutating func take(_ page: [JSONNode], _ read: (JSONNode) -> Record?) {
        let known = count
        for node in page {
            if let id = node["id"].integer {
                guard ids.insert(id).inserted else { continue }
            } else {
                nameless += 1
            }
            if let record = read(node) { records.append(record) }
        }
        position += Int64(page.count)
        // A program that ignores the page's number would repeat itself for ever.
        goesOn = position < total && count > known
    }
}
