import HTTPClient
import Media
import Shoko
import TestSupport
import Testing

@Suite("Shoko, removing")
struct RemovalTests {
    private func shoko(
        version: String = "5.3.3.0", state: String = "Started",
        _ answer: @escaping @Sendable (HTTPRequest) -> StubTransport.Answer
    ) throws -> (Shoko, StubTransport) {
        let stub = StubTransport { request in
            switch request.operation {
            case "GET /api/v3/Init/Status": Self.json(#"{"State":"\#(state)"}"#)
            case "GET /api/v3/Init/Version": Self.json(#"{"Server":{"Version":"\#(version)"}}"#)
            default: answer(request)
            }
        }
        return (Shoko(base: try BaseURL("http://nas"), key: "k-1", transport: stub), stub)
    }

    private static func json(_ text: String, status: Int = 200) -> StubTransport.Answer {
        .response(HTTPResponse(status: status, body: Array(text.utf8)))
    }

    private func reason(_ run: () async throws -> some Any) async -> UpstreamError.Reason? {
        do {
            _ = try await run()
            return nil
        } catch {
            return (error as? UpstreamError)?.reason
        }
    }

    @Test("missing files are dropped without touching AniDB's list; taking long is no failure")
    func sweep() async throws {
        let (quick, stub) = try shoko { _ in Self.json("") }
        #expect(try await quick.removeMissingFiles() == .done)
        #expect(stub.requests.map(\.operation) == ["GET /api/v3/Action/RemoveMissingFiles/false"])
        #expect(stub.requests.allSatisfy { !$0.isRetried && $0.timeout >= .seconds(120) })
        let slow = try shoko { _ in .failure(.timedOut(after: .seconds(300))) }.0
        #expect(try await slow.removeMissingFiles() == .underWay)
        for (answer, expected) in [
            (Self.json("", status: 401), UpstreamError.Reason.refusedAuth), (Self.json("", status: 503), .status(503)),
            (Self.json("", status: 404), .status(404)), (Self.json("<html>"), .html),
            (.failure(.unreachable), .unreachable),
        ] {
            #expect(await reason { try await shoko { _ in answer }.0.removeMissingFiles() } == expected)
        }
    }

    @Test("a file or series is gone only where a running Shoko says so")
    func proven() async throws {
        let file = try #require(ShokoFileID(42))
        let series = try #require(ShokoSeriesID(7))
        let none = try shoko { request in
            request.operation.contains("Folder") ? Self.json("[]") : Self.json("Not found.", status: 404)
        }.0
        #expect(try await none.provenFile(file) == nil)
        #expect(try await none.provenSeries(series) == nil)
        for (state, folders) in [("Starting", "[]"), ("Started", "<html>")] {
            let odd = try shoko(state: state) { request in
                request.operation.contains("Folder") ? Self.json(folders) : Self.json("", status: 404)
            }.0
            await #expect(throws: UpstreamError.self) { try await odd.provenFile(file) }
            await #expect(throws: UpstreamError.self) { try await odd.provenSeries(series) }
        }
        for body in ["{}", #"{"ID":43}"#, #"{"IDs":{"ID":8}}"#, "<html>", "["] {
            let odd = try shoko { _ in Self.json(body) }.0
            await #expect(throws: UpstreamError.self, "\(body)") { try await odd.provenFile(file) }
            await #expect(throws: UpstreamError.self, "\(body)") { try await odd.provenSeries(series) }
        }
    }

    @Test("a file tells whether the server sees it on its disk")
    func accessible() async throws {
        let id = try #require(ShokoFileID(42))
        let (server, _) = try shoko { _ in
            Self.json(
                #"{"ID":42,"Locations":[{"ImportFolderID":1,"RelativePath":"a","IsAccessible":true},{"ImportFolderID":1,"RelativePath":"b","IsAccessible":false},{"ImportFolderID":1,"RelativePath":"c"}]}"#
            )
        }
        #expect(try await server.provenFile(id)?.locations.map(\.isAccessible) == [true, false, nil])
    }

    /// One folder of 5 bytes at `/anime` and an empty one for drops.
    private func storage(
        version: String = "5.3.3.0", subfolders: StubTransport.Answer, files: StubTransport.Answer
    ) throws -> Shoko {
        try shoko(version: version) { request in
            switch request.operation {
            case "GET /api/v3/ImportFolder", "GET /api/v3/ManagedFolder":
                Self.json(
                    #"[{"ID":1,"Name":"Anime","Path":"/anime/","FileSize":5},{"ID":2,"Path":"/drop/","FileSize":0}]"#)
            case "GET /api/v3/Folder": request.url.contains("anime") ? subfolders : Self.json("", status: 404)
            case "GET /api/v3/ImportFolder/1/File" where version.hasPrefix("5"): files
            case "GET /api/v3/ManagedFolder/1/File" where version.hasPrefix("6"): files
            default: Self.json("", status: 404)
            }
        }.0
    }

    private static func file(_ id: Int, _ isAccessible: Bool, total: Int = 1) -> StubTransport.Answer {
        json(
            #"{"Total":\#(total),"List":[{"ID":\#(id),"Locations":[{"ImportFolderID":1,"RelativePath":"a","IsAccessible":\#(isAccessible)}]}]}"#
        )
    }

    @Test("a folder is sound of which another file is seen, or from which nothing is left to lose")
    func sound() async throws {
        let filled = Self.json(#"[{"Path":"/anime/A"}]"#)
        let (empty, none) = (Self.json("[]"), Self.json("", status: 404))
        let expected: Set<ShokoFileID> = [try #require(ShokoFileID(42))]
        #expect(try await storage(subfolders: filled, files: none).unsoundFolders(besides: []).isEmpty)
        #expect(try await storage(subfolders: empty, files: Self.file(7, true)).unsoundFolders(besides: []).isEmpty)
        #expect(
            try await storage(subfolders: empty, files: Self.file(42, false)).unsoundFolders(besides: expected).isEmpty)
        #expect(
            try await storage(version: "6.0.0", subfolders: empty, files: Self.file(7, true))
                .unsoundFolders(besides: []).isEmpty)
    }

    @Test("a folder that is not mounted, or mounted empty, would lose all its records")
    func unsound() async throws {
        let expected: Set<ShokoFileID> = [try #require(ShokoFileID(42))]
        let (empty, none) = (Self.json("[]"), Self.json("", status: 404))
        for (subfolders, files) in [
            (Self.json(#"[{"Path":"/anime/lost+found"}]"#), Self.file(7, false)), (none, Self.file(7, true)),
            (none, none), (empty, none), (empty, Self.file(7, false)), (none, Self.file(7, false)),
            (empty, Self.file(42, false, total: 2)), (empty, Self.json(#"{"Total":0,"List":[]}"#)),
        ] {
            let found = try await storage(subfolders: subfolders, files: files).unsoundFolders(besides: expected)
            #expect(found.map(\.path) == ["/anime/"])
        }
        let failing = try storage(subfolders: Self.json("", status: 500), files: none)
        await #expect(throws: UpstreamError.self) { try await failing.unsoundFolders(besides: []) }
    }
}
