import HTML
import Testing

@testable import Dashboard

@Suite("Values")
struct ValueTests {
    @Test(
        "writes times from whole milliseconds, without losing one",
        arguments: [
            (Int64(0), "1970-01-01T00:00:00.000Z"), (1_795_167_663_120, "2026-11-20T09:41:03.120Z"),
            (951_782_400_001, "2000-02-29T00:00:00.001Z"), (4_107_542_399_999, "2100-02-28T23:59:59.999Z"),
            (-1, "1969-12-31T23:59:59.999Z"), (.max, "9999-12-31T23:59:59.999Z"), (.min, "0001-01-01T00:00:00.000Z"),
        ])
    func moments(milliseconds: Int64, text: String) {
        #expect(Moment.rfc3339(milliseconds) == text)
    }

    @Test(
        "writes spans in at most two units",
        arguments: [
            (Int64(-5), "0 ms"), (420, "420 ms"), (2140, "2.1 s"), (59_900, "59 s"), (134_000, "2 min 14 s"),
            (3_600_000, "1 h"), (11_100_000, "3 h 5 min"), (180_000_000, "2 d 2 h"),
        ])
    func durations(milliseconds: Int64, text: String) {
        #expect(DurationText.short(milliseconds: milliseconds, PageContext()) == text)
    }

    @Test("groups digits by three")
    func grouped() {
        #expect(NumberText.grouped(0) == "0")
        #expect(NumberText.grouped(999) == "999")
        #expect(NumberText.grouped(1_234_567) == "1,234,567")
        #expect(NumberText.grouped(-1000) == "−1,000")
        #expect(NumberText.grouped(.min) == "−9,223,372,036,854,775,808")
    }

    @Test("says 100 percent only at the end")
    func percent() {
        #expect(NumberText.percent(done: 4999, of: 5000) == 99)
        #expect(NumberText.percent(done: 5000, of: 5000) == 100)
        #expect(NumberText.percent(done: 7, of: 0) == 0)
        #expect(NumberText.percent(done: .max, of: .max) == 100)
        #expect(NumberText.rate(.nan) == "–")
        #expect(NumberText.rate(0.44) == "0.4")
        #expect(NumberText.rate(1834.4) == "1,834")
    }

    @Test("names an asset by its content")
    func assets() {
        #expect(ContentHash.fnv1a([]) == 0xCBF2_9CE4_8422_2325)
        #expect(ContentHash.fnv1a(Array("foobar".utf8)) == 0x8594_4171_F739_67E8)
        for asset in Assets.all {
            #expect(Assets.named(asset.name)?.bytes == asset.bytes)
            #expect(!asset.bytes.isEmpty)
        }
        #expect(Assets.named("app-0000000000000000.css") == nil)
    }

    @Test(
        "sends the style sheet without what only people need",
        arguments: [
            ("a  >  b , c { color : red ; }\n", "a>b,c{color :red}"), ("/* { */a{}/* open", "a{}"),
            ("a :not(b) { width: calc(50% + 8px) !important; }", "a :not(b){width:calc(50% + 8px) !important}"),
            ("a::before { content: \" ; /* } \"; } b{}", "a::before{content:\" ; /* } \"}b{}"),
            ("@media (max-width: 7px) and (x) { a { } }", "@media (max-width:7px) and (x){a{}}"),
            ("a { grid: \"a b\" auto / 1px }", "a{grid:\"a b\" auto / 1px}"), ("a{content:\"", "a{content:\""),
            (
                ":root { --gap: 1px; --gap-wide: 2px } a { gap: var(--gap-wide) var(--gap) }",
                ":root{--a:1px;--b:2px}a{gap:var(--b) var(--a)}"
            ),
            ("a { width: calc(3px - -1px) }", "a{width:calc(3px - -1px)}"), ("", ""),
        ])
    func styleSheet(css: String, sent: String) {
        let once = StyleSheet.squeezed(Array(css.utf8))
        #expect(String(decoding: once, as: UTF8.self) == sent)
        #expect(StyleSheet.squeezed(once) == once)
    }

    @Test("encodes what goes into an address")
    func addresses() {
        let page = PageContext(basePath: "/marquee")
        let query: [(name: String, value: String?)] = [("q", "a b&c=+ü/"), ("x", nil), ("y", "1")]
        #expect(page.url("/requests", query) == "/marquee/requests?q=a%20b%26c%3D%2B%C3%BC%2F&y=1")
    }
}
