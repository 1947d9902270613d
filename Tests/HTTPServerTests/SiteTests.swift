import HTTPServer
import Lifecycle
import Testing

@Suite("Another site", .timeLimit(.minutes(1)))
struct SiteTests {
    private static func site(_ word: String) -> Site {
        var routes = Routes<Permission, Void>()
        routes.get("word", permission: .open) { _ in .text(word) }
        routes.get(PathPart(stringLiteral: word), permission: .open) { _ in .text("only here") }
        return Site(routes: routes, authorize: { _, _ in nil })
    }

    @Test("answers from the next request on, over connections that were open before")
    func replaced() async throws {
        try await withServer(simpleRoutes()) { server in
            let client = try server.client()
            #expect(try await client.get("/plain").text == "hello")
            server.server.replace(Self.site("first"))
            #expect(try await client.get("/word").text == "first")
            server.server.replace(Self.site("second"))
            #expect(try await client.get("/word").text == "second")
            #expect(try await client.get("/plain").status == 404)
            #expect(try await client.get("/second").text == "only here")
        }
    }
}
