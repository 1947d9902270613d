import HTML
import Testing

@Suite("Links")
struct LinkTests {
    @Test(
        "follows http, https and relative addresses",
        arguments: [
            "http://nas.local:8989/series/x", "https://example.org/?a=b&c=d", "HTTPS://EXAMPLE.ORG", "/requests?q=a:b",
            "request/12", "?after=3", "#main", "./a:b",
        ])
    func followable(url: String) {
        #expect(a(.href(url)).string.contains("href="))
    }

    @Test(
        "drops every other address and keeps the text",
        arguments: [
            "javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)",
            "\u{1}javascript:alert(1)", "data:text/html,<script>", "vbscript:x", "file:///etc/passwd",
            "//evil.example/x",
            "/\\evil.example", "\\\\evil.example", "http:\\\\evil.example", "blob:x", "", "mailto:a@b",
        ])
    func dropped(url: String) {
        #expect(a(.href(url)) { "Open" }.string == "<a>Open</a>")
    }

    @Test(
        "sends forms and loads images on our own host only",
        arguments: ["https://evil.example/x", "//evil.example/x", "javascript:x", "data:image/png;base64,AA"])
    func ownHost(url: String) {
        #expect(form(.action(url)).string == "<form></form>")
        #expect(img(.src(url)).string == "<img>")
        #expect(img(.src("/images/poster/1")).string == "<img src=\"/images/poster/1\">")
    }
}
