import HTTPClient
import Media
import Servarr
import TestSupport
import Testing

@Suite("Servarr, failures")
struct FailureTests {
    private func failure(_ answer: StubTransport.Answer) async throws -> (error: UpstreamError?, seen: Int) {
        let stub = StubTransport(pieceSize: 5) { request in
            request.operation.hasSuffix("/tag") ? .response(HTTPResponse(status: 200, body: Array("[]".utf8))) : answer
        }
        let servarr = Servarr(.radarr, base: try BaseURL("http://arr.test"), key: "k", transport: stub)
        var seen = 0
        do {
            try await servarr.catalogue { _ in seen += 1 }
            return (nil, seen)
        } catch {
            return (error as? UpstreamError, seen)
        }
    }

    private func response(_ text: String, status: Int = 200, type: String = "application/json") -> StubTransport.Answer
    {
        .response(HTTPResponse(status: status, headers: ["Content-Type": type], body: Array(text.utf8)))
    }

    @Test(
        "every way to fail has its reason",
        arguments: [
            (401, "application/json", "", UpstreamError.Reason.refusedAuth), (500, "text/plain", "", .status(500)),
            (503, "text/html", "<html>", .status(503)), (200, "text/html", "<html>", .html),
            (200, "application/json", "<!DOCTYPE html>", .undecodable(field: "JSON")),
            (200, "application/json", #"[{"id":1},{"id"#, .truncated), (200, "application/json", "", .truncated),
            (200, "application/json", #"{"message":"NotFound"}"#, .undecodable(field: "JSON")),
        ])
    func reasons(status: Int, type: String, body: String, reason: UpstreamError.Reason) async throws {
        #expect(try await failure(response(body, status: status, type: type)).error?.reason == reason)
    }

    @Test("a list that does not close is never whole, wherever it breaks off")
    func cuts() async throws {
        let body = #"[{"id":1,"tmdbId":5},{"id":2,"movieFile":{"dateAdded":"x"}}]"#
        for length in 0..<body.utf8.count {
            let error = try await failure(response(String(body.prefix(length)))).error
            #expect(error?.reason == .truncated, "\(length)")
        }
        #expect(try await failure(response(body)).error == nil)
        #expect(try await failure(response(body + "]")).error != nil)
    }

    @Test("no answer, a stall and a broken connection keep their reasons")
    func transport() async throws {
        #expect(try await failure(.failure(.unreachable)).error?.reason == .unreachable)
        let part = HTTPResponse(status: 200, body: Array(#"[{"id":1},"#.utf8))
        #expect(
            try await failure(.broken(part, .timedOut(after: .seconds(30)))).error?.reason
                == .timedOut(after: .seconds(30)))
        #expect(try await failure(.broken(part, .truncated)).seen == 1)
    }
}
