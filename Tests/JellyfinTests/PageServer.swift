import HTTPClient
import Jellyfin
import Media
import Synchronization
import TestSupport

/// A Jellyfin that answers `GET /Items` page by page, with faults on demand; synthetic.
final class PageServer: Sendable {
    /// What one answer does that an honest one would not.
    struct Page: Sendable {
        var start: Int
        var limit: Int
        /// The listing as it is now; a fault may put in another.
        var ids: [Int]
        /// Counted from 1.
        var call: Int
        var isCounted: Bool
    }

    typealias Fault = @Sendable (inout Page) -> StubTransport.Answer?

    private let calls = Mutex(0)
    private let total: Int
    private let fault: Fault

    init(_ total: Int, _ fault: @escaping Fault = { _ in nil }) {
        self.total = total
        self.fault = fault
    }

    func transport(pieceSize: Int = 977) -> StubTransport {
        StubTransport(pieceSize: pieceSize) { request in self.answer(request) }
    }

    private func answer(_ request: HTTPRequest) -> StubTransport.Answer? {
        let query = Self.query(request.url)
        let call = calls.withLock { count in
            count += 1
            return count
        }
        var page = Page(
            start: Int(query["startIndex"] ?? "") ?? 0, limit: Int(query["limit"] ?? "") ?? total,
            ids: Array(0..<total), call: call, isCounted: query["enableTotalRecordCount"] != "false")
        if let answer = fault(&page) { return answer }
        return .response(Self.response(page))
    }

    static func response(_ page: Page) -> HTTPResponse {
        let start = min(page.start, page.ids.count)
        let shown = page.ids[start..<min(page.ids.count, start + page.limit)]
        let items = shown.map { #"{"Name":"Film \#($0)","Id":"\#(id($0))","Type":"Movie","Path":"/f/\#($0).mkv"}"# }
        let count = page.isCounted ? page.ids.count : shown.count
        let body = #"{"Items":[\#(items.joined(separator: ","))],"TotalRecordCount":\#(count),"StartIndex":\#(start)}"#
        return HTTPResponse(status: 200, headers: ["Content-Type": "application/json"], body: Array(body.utf8))
    }

    static func id(_ number: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 32 - digits.count) + digits
    }

    static func query(_ url: String) -> [String: String] {
        var query: [String: String] = [:]
        for pair in (url.split(separator: "?").dropFirst().first ?? "").split(separator: "&") {
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            query[sides[0]] = sides.count > 1 ? sides[1] : ""
        }
        return query
    }
}

/// Collects what a listing yields.
final class Collector: LibraryReceiver {
    var items: [LibraryItem] = []
    var rejected: [RejectedItem] = []
    var restarts = 0
    var pages: [(read: Int, total: Int)] = []

    func restart() {
        items = []
        rejected = []
        restarts += 1
    }

    func receive(_ item: borrowing LibraryItem) throws { items.append(copy item) }
    func reject(_ item: RejectedItem) { rejected.append(item) }
    func pageDone(read: Int, of total: Int) throws { pages.append((read, total)) }

    var ids: [String] { items.compactMap { $0.id?.text } }
}

extension Jellyfin {
    static func test(_ transport: any HTTPTransport, url: String = "http://jf.test/jellyfin", key: String = "key")
        throws -> Jellyfin
    {
        Jellyfin(base: try BaseURL(url), key: key, transport: transport)
    }
}
