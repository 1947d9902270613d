import HTTPClient
import Media
import Servarr
import TestSupport

/// Answers of a Radarr or Sonarr by path and query; bodies are synthetic, after upstreams.md §2 and §3.
enum ArrServer {
    static func response(_ text: String, status: Int = 200, type: String = "application/json") -> StubTransport.Answer {
        .response(HTTPResponse(status: status, headers: ["Content-Type": type], body: Array(text.utf8)))
    }

    static func client(_ kind: Servarr.Kind, _ transport: any HTTPTransport) throws -> Servarr {
        Servarr(kind, base: try BaseURL("http://arr.test/base"), key: "secret-key", transport: transport)
    }

    static func client(_ kind: Servarr.Kind, _ body: String, status: Int = 200) throws -> Servarr {
        try client(
            kind,
            StubTransport { $0.operation.hasSuffix("/tag") ? response("[]") : response(body, status: status) })
    }

    static func query(_ request: HTTPRequest) -> [String: String] {
        var query: [String: String] = [:]
        for pair in (request.url.split(separator: "?").dropFirst().first ?? "").split(separator: "&") {
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            query[sides[0]] = sides.count > 1 ? sides[1] : ""
        }
        return query
    }

    /// One page of numbered records, as asked for.
    static func page(_ request: HTTPRequest, of ids: [Int], total: Int? = nil, _ record: (Int) -> String)
        -> StubTransport.Answer
    {
        let query = query(request)
        let size = Int(query["pageSize"] ?? "") ?? 10
        let start = ((Int(query["page"] ?? "") ?? 1) - 1) * size
        let shown = start < ids.count ? ids[start..<min(ids.count, start + size)] : []
        let records = shown.map(record).joined(separator: ",")
        return response(
            #"{"page":1,"pageSize":\#(size),"totalRecords":\#(total ?? ids.count),"records":[\#(records)]}"#)
    }
}
