import HTML
import Testing

@Suite("Escaping")
struct EscapingTests {
    @Test(
        "turns run-time text into text, never into markup",
        arguments: [
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("\" onmouseover=\"x", "&quot; onmouseover=&quot;x"),
            ("it's & co", "it&#39;s &amp; co"),
            ("&amp;", "&amp;amp;"),
            ("نص \u{202E}txt", "نص \u{202E}txt"),
            ("👩‍👩‍👧 é", "👩‍👩‍👧 é"),
            ("", ""),
        ])
    func text(given: String, expected: String) {
        #expect(p { given }.string == "<p>\(expected)</p>")
        #expect(p(.title(given)).string == "<p title=\"\(expected)\"></p>")
    }

    @Test("replaces control characters HTML forbids and keeps tab and line ends")
    func controls() {
        #expect(Markup("a\u{0}b\u{1B}[31m\u{7F}").string == "a\u{FFFD}b\u{FFFD}[31m\u{FFFD}")
        #expect(Markup("a\tb\r\nc").string == "a\tb\r\nc")
    }

    @Test("keeps a long title whole")
    func long() {
        let title = String(repeating: "<ü>", count: 500)
        #expect(Markup(title).string == String(repeating: "&lt;ü&gt;", count: 500))
    }

    @Test("gives a cell its text whatever the quotes and tags around it")
    func nested() {
        let hostile = "</td></tr></table><img src=x onerror=alert(1)>"
        let row = tr { td(.class("title"), .data("id", hostile)) { bdi { hostile } } }.string
        #expect(row.split(separator: "<").count == 6)
        #expect(!row.contains("<img"))
    }
}
