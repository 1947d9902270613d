import HTTPClient
import Jellyfin
import Media
import TestSupport
import Testing

@Suite("Jellyfin, scans")
struct ScanTests {
    private func sent(_ run: (Jellyfin) async throws -> Void) async throws -> HTTPRequest {
        let transport = StubTransport { _ in .response(HTTPResponse(status: 204)) }
        try await run(try Jellyfin.test(transport))
        #expect(transport.requests.count == 1)
        let request = try #require(transport.requests.first)
        #expect(request.method == "POST" && request.body != nil && !request.url.contains("key"))
        return request
    }

    @Test("a changed folder is reported as the server sees it")
    func updated() async throws {
        let request = try await sent { try await $0.mediaUpdated(path: #"D:\Filme\Ä "x""#) }
        #expect(request.operation == "POST /jellyfin/Library/Media/Updated")
        #expect(
            String(decoding: request.body ?? [], as: UTF8.self)
                == #"{"Updates":[{"Path":"D:\\Filme\\Ä \"x\"","UpdateType":"Created"}]}"#)
    }

    @Test("all libraries, or one item with what is below it, are refreshed")
    func refreshes() async throws {
        #expect(try await sent { try await $0.refreshLibrary() }.operation == "POST /jellyfin/Library/Refresh")
        let id = try #require(JellyfinItemID("0123-456789ABCDEF0123456789abcdef"))
        let request = try await sent { try await $0.refresh(id) }
        #expect(request.operation == "POST /jellyfin/Items/0123456789abcdef0123456789abcdef/Refresh")
        #expect(PageServer.query(request.url)["recursive"] == "true")
    }

    @Test("a refusal is an error", arguments: [(401, UpstreamError.Reason.refusedAuth), (503, .status(503))])
    func refused(status: Int, reason: UpstreamError.Reason) async throws {
        let transport = StubTransport { _ in .response(HTTPResponse(status: status)) }
        await #expect {
            try await Jellyfin.test(transport).refreshLibrary()
        } throws: {
            ($0 as? UpstreamError)?.reason == reason
        }
    }

    @Test("libraries are listed with their folders")
    func folders() async throws {
        func list(_ body: String) async throws -> [LibraryFolder] {
            let transport = StubTransport { _ in .response(HTTPResponse(status: 200, body: Array(body.utf8))) }
            return try await Jellyfin.test(transport).virtualFolders()
        }
        let found = try await list(
            #"""
            [{"Name":"Films","Locations":["/films","/4k"],"CollectionType":"Movies","ItemId":"aa"},
            {"Name":null,"ItemId":"bb","Locations":null},{"Name":"no id"}]
            """#)
        #expect(found.map(\.id.text) == ["aa", "bb"] && found[0].locations == ["/films", "/4k"])
        #expect(found[0].collectionType == "movies" && found[1].collectionType == nil && found[1].locations.isEmpty)
        #expect(try await list("[]").isEmpty)
        await #expect(throws: UpstreamError.self) { try await list("{}") }
        await #expect(throws: UpstreamError.self) { try await list("<html>") }
    }
}
