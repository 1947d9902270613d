import HTTPClient
import Testing

@Suite struct BaseURLTests {
    @Test(
        "a base keeps scheme, host, port and sub-path, without the trailing slash",
        arguments: [
            ("http://host:8096", "http://host:8096"), ("http://host:8096/", "http://host:8096"),
            ("https://Host.Example/Jellyfin/", "https://host.example/Jellyfin"), (" http://host//\n", "http://host"),
            ("http://host:80/a/b///", "http://host/a/b"), ("https://host:443", "https://host"),
            ("https://host:80", "https://host:80"), ("HTTP://host", "http://host"),
            ("http://[::1]:8096/jf", "http://[::1]:8096/jf"), ("http://192.168.1.2", "http://192.168.1.2"),
            ("http://host/a%20b", "http://host/a%20b"),
        ])
    func kept(text: String, expected: String) throws {
        let base = try BaseURL(text)
        #expect(base.text == expected)
        #expect(base.description == expected)
        #expect(try BaseURL(base.text) == base)
    }

    @Test(
        "anything else is refused, with a reason that does not repeat it",
        arguments: [
            ("", BaseURLError.empty), ("  ", .empty), ("host:8096", .malformed), ("//host", .malformed),
            ("http://", .malformed), ("http:///path", .malformed), ("http://host:99999", .malformed),
            ("http://ho st", .malformed), ("http://host/a b", .malformed), ("http://[::1", .malformed),
            ("http:host", .malformed), ("http://host:80x", .malformed), ("http://host/\u{0}", .malformed),
            ("ftp://host", .scheme("ftp")), ("file:///etc/passwd", .malformed), ("ws://host", .scheme("ws")),
            ("http://user@host", .userInfo), ("http://user:canary@host", .userInfo), ("http://:canary@host", .userInfo),
            ("http://host/?a=canary", .queryOrFragment), ("http://host?", .queryOrFragment),
            ("http://host/#canary", .queryOrFragment),
        ])
    func refused(text: String, reason: BaseURLError) {
        let error = #expect(throws: BaseURLError.self) { try BaseURL(text) }
        #expect(error == reason)
        #expect(error?.description.contains("canary") == false)
    }

    @Test(
        "segments, names and values are encoded, so that none can become another part",
        arguments: [
            (["Items", "a/b"], "/jf/Items/a%2Fb"), (["a?b#c"], "/jf/a%3Fb%23c"), (["a+b c"], "/jf/a%2Bb%20c"),
            (["é🎬"], "/jf/%C3%A9%F0%9F%8E%AC"), (["%2e"], "/jf/%252e"), (["..", ".", "x"], "/jf/%252E%252E/%252E/x"),
            (["...", "a.b"], "/jf/.../a.b"), ([], "/jf/"), (["a\r\nb\u{0}"], "/jf/a%0D%0Ab%00"),
            (["-_.~azAZ09"], "/jf/-_.~azAZ09"),
        ])
    func segments(path: [String], expected: String) throws {
        let base = try BaseURL("https://host/jf")
        #expect(base.appending(path) == "https://host" + expected)
    }

    @Test("the query keeps its order, repeated names, and plus signs")
    func query() throws {
        let url = try BaseURL("http://host").appending(
            ["Items"], query: [("b", "1+1 = 2&3"), ("a", ""), ("b", "ü"), ("c[]", "/")])
        #expect(url == "http://host/Items?b=1%2B1%20%3D%202%263&a=&b=%C3%BC&c%5B%5D=%2F")
    }

    @Test("what was built is what a server sees")
    func seen() async throws {
        let server = try RawServer.answering { $0.path.ok }
        defer { server.stop() }
        let url = try BaseURL(server.url + "/sub/../path/").appending(["..", "é"], query: [("q", "a+b")])
        #expect(
            try await CurlTransport().send(HTTPRequest("GET", url)).text == "/sub/../path/%252E%252E/%C3%A9?q=a%2Bb")
    }
}
