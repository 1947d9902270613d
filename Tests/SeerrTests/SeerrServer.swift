import HTTPClient
import Seerr
import TestSupport

/// Answers like Seerr, as far as the client asks; synthetic, after upstreams.md §1.
enum SeerrServer {
    static func client(_ transport: StubTransport) throws -> Seerr {
        Seerr(base: try BaseURL("http://seerr.test/base"), key: "k1", transport: transport)
    }

    static func json(_ text: String, status: Int = 200) -> StubTransport.Answer {
        .response(
            HTTPResponse(
                status: status,
                headers: ["Content-Type": "application/json", "Date": "Tue, 14 Nov 2023 22:13:20 GMT"],
                body: Array(text.utf8)))
    }

    static func refusal() -> StubTransport.Answer {
        json(#"{"status":403,"error":"You do not have permission to access this endpoint"}"#, status: 403)
    }

    static func request(_ id: Int, updated: String = "2024-01-01T00:00:00.000Z", _ more: String = "") -> String {
        #"{"id":\#(id),"status":2,"type":"movie","is4k":false,"createdAt":"2023-12-31T00:00:00.000Z","updatedAt":"\#(updated)","media":{"id":1,"tmdbId":\#(id + 1000),"status":3}\#(more)}"#
    }

    static func page(_ requests: [String], total: Int) -> StubTransport.Answer {
        json(
            #"{"pageInfo":{"pages":1,"pageSize":100,"results":\#(total),"page":1},"results":[\#(requests.joined(separator: ","))]}"#
        )
    }

    /// The value of a query parameter.
    static func parameter(_ name: String, of request: HTTPRequest) -> String? {
        let query = request.url.split(separator: "?").dropFirst().first ?? ""
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            if parts.first ?? "" == name { return parts.count == 2 ? String(parts[1]) : "" }
        }
        return nil
    }
}
