import HTTPServer
import Testing

@testable import API

/// Pages of other origins (security.md §5).
@Suite struct CORSTests {
    private let wall = "https://wall.example"

    private func request(_ method: String, _ headers: [(String, String)]) -> Request {
        Request(method, path: "/api/requests", segments: ["api", "requests"], headers: Headers(headers))
    }

    private func fields(_ response: Response) -> [String] {
        response.headers.map(\.0).filter { $0.hasPrefix("Access-Control") || $0 == "Vary" }
    }

    @Test("without a list no answer says a word of it, and no preflight is answered")
    func off() {
        let cors = CORS([])
        let ask = [("Origin", wall), ("Access-Control-Request-Method", "GET")]
        #expect(cors.preflight(request("OPTIONS", ask)) == nil)
        #expect(fields(cors.dressed(Response(200), request("GET", [("Origin", wall)]))).isEmpty)
    }

    @Test(
        "only the exact origin is answered",
        arguments: [
            "https://wall.example.evil", "https://evil-wall.example", "http://wall.example",
            "https://wall.example:8443",
            "null", "https://WALL.example", "",
        ])
    func exact(origin: String) {
        let cors = CORS([wall])
        let ask = [("Origin", origin), ("Access-Control-Request-Method", "GET")]
        #expect(cors.preflight(request("OPTIONS", ask)) == nil)
        #expect(fields(cors.dressed(Response(200), request("GET", [("Origin", origin)]))) == ["Vary"])
    }

    @Test("a listed origin may call and read, never with credentials")
    func listed() {
        let cors = CORS([wall])
        let ask = [("Origin", wall), ("Access-Control-Request-Method", "POST")]
        let preflight = cors.preflight(request("OPTIONS", ask))
        #expect(preflight?.status == 204)
        #expect(preflight?.header("Access-Control-Allow-Headers")?.contains("Authorization") == true)
        #expect(preflight?.header("Access-Control-Allow-Methods")?.contains("DELETE") == true)
        let dressed = cors.dressed(Response(401), request("GET", [("Origin", wall)]))
        #expect(dressed.header("Access-Control-Allow-Origin") == wall)
        #expect(dressed.header("Vary") == "Origin")
        for answer in [preflight, dressed] {
            #expect(answer?.header("Access-Control-Allow-Credentials") == nil)
        }
        #expect(cors.preflight(request("OPTIONS", [("Origin", wall)])) == nil, "that is no preflight")
    }
}
