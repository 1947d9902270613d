import HTTPClient
import Jellyfin
import Media
import TestSupport
import Testing

@Suite("Jellyfin, requests")
struct RequestTests {
    private func requests(url: String = "http://jf.test", key: String = "abc") async throws -> [HTTPRequest] {
        let transport = PageServer(3).transport()
        _ = try await Jellyfin.test(transport, url: url, key: key).library(into: Collector())
        return transport.requests
    }

    @Test("sends exactly the parameters of library-sync.md §1, and no user")
    func parameters() async throws {
        let query = PageServer.query(try await requests()[0].url)
        #expect(
            query == [
                "recursive": "true", "includeItemTypes": "Movie%2CSeries",
                "fields": "ProviderIds%2CPath%2COverview%2CDateCreated%2CMediaSources", "collapseBoxSetItems": "false",
                "enableUserData": "false", "sortBy": "DateCreated%2CSortName", "sortOrder": "Ascending",
                "startIndex": "0", "limit": "500",
            ])
    }

    @Test(
        "keeps the path of its base URL",
        arguments: [
            ("http://jf.test", "http://jf.test/Items"), ("http://jf.test/", "http://jf.test/Items"),
            ("https://host/jellyfin", "https://host/jellyfin/Items"), ("https://host/a/b/", "https://host/a/b/Items"),
            ("http://[::1]:8096/jf", "http://[::1]:8096/jf/Items"),
        ])
    func subPath(base: String, wanted: String) async throws {
        for request in try await requests(url: base) {
            #expect(request.url.prefix { $0 != "?" } == wanted)
            #expect(request.method == "GET")
        }
    }

    @Test(
        "identifies itself by the one header that every version takes, the key percent-encoded",
        arguments: [
            ("abc123", "abc123"), ("a b\"c", "a%20b%22c"), ("ü+/=", "%C3%BC%2B%2F%3D"), ("-._~", "-._~"), ("\n", "%0A"),
        ])
    func authorization(key: String, wanted: String) async throws {
        for request in try await requests(key: key) {
            let headers = request.headers.filter { $0.0.lowercased() != "accept" }
            #expect(headers.map(\.0) == ["Authorization"])
            #expect(headers.map(\.1) == ["MediaBrowser Token=\"\(wanted)\""])
            #expect(!request.url.contains(key) || key == "abc")
            #expect(request.timeout == .seconds(120) && request.service == "jellyfin")
        }
    }

    @Test("no error shows the key")
    func secret() async throws {
        let transport = StubTransport { _ in .response(HTTPResponse(status: 401)) }
        let error = await #expect(throws: UpstreamError.self) {
            _ = try await Jellyfin.test(transport, key: "topsecret").library(into: Collector())
        }
        #expect("\(String(describing: error))".contains("topsecret") == false)
    }
}
