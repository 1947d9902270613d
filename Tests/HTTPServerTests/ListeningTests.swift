import HTTPServer
import Testing

@Suite("Listening", .timeLimit(.minutes(1)))
struct ListeningTests {
    private func server(_ options: ServerOptions) -> HTTPServer {
        HTTPServer(options, routes: simpleRoutes(), authorize: { _, _ in nil })
    }

    @Test("on an address in use fails and names it", arguments: [("127.0.0.1", "127.0.0.1:"), ("::1", "[::1]:")])
    func inUse(host: String, name: String) async throws {
        try await withServer(simpleRoutes(), ServerOptions(host: host)) { first in
            let error = await #expect(throws: ServerError.self) {
                try await server(ServerOptions(host: host, port: first.port)).start()
            }
            #expect(error?.reason == .inUse)
            #expect(
                error?.description
                    == "Cannot listen on \(name)\(first.port): another program is already listening there.")
        }
    }

    @Test("on what is no address fails and says so", arguments: [("example.org", 0), ("127.0.0.1", 70_000), ("", 80)])
    func noAddress(host: String, port: Int) async throws {
        let error = await #expect(throws: ServerError.self) {
            try await server(ServerOptions(host: host, port: port)).start()
        }
        #expect(error?.reason == .notAnAddress)
    }

    @Test("on another machine's address fails and says so")
    func notLocal() async throws {
        let error = await #expect(throws: ServerError.self) {
            try await server(ServerOptions(host: "192.0.2.1")).start()
        }
        #expect(error?.reason == .notLocal)
    }

    @Test("can begin again on the same port right after a stop")
    func restart() async throws {
        let first = server(ServerOptions())
        let port = try await first.start()
        #expect(try await RawClient(port: port).get("/plain").status == 200)
        await first.stop()
        let second = server(ServerOptions(host: "localhost", port: port))
        #expect(try await second.start() == port)
        #expect(try await RawClient(port: port).get("/plain").status == 200)
        await second.stop()
    }
}
