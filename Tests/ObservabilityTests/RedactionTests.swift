import Observability
import Testing

@Suite struct RedactionTests {
    private let lines = Lines()

    @Test("a registered secret disappears from messages, fields, names and other components")
    func registered() {
        let sink = lines.sink()
        sink.redact("s3cret-canary")
        Logger("x", sink: sink).info("e", "got s3cret-canary twice: s3cret-canary", ["url": "http://h/s3cret-canary"])
        Logger("y", sink: sink).with(["s3cret-canary": "v"]).error("e", "s3cret-canary")
        #expect(lines.all.count == 2)
        #expect(!lines.all.joined().contains("canary"))
        #expect(lines.all[0].contains("got ‹redacted› twice: ‹redacted›"))
    }

    @Test("a secret is found before its quotes are escaped, and in its percent-encoded form")
    func forms() {
        let sink = lines.sink()
        sink.redact("a\"b\\c d+é")
        Logger("x", sink: sink).info("e", "raw a\"b\\c d+é and a%22b%5Cc%20d%2B%C3%A9.")
        #expect(lines.last.contains("raw ‹redacted› and ‹redacted›."))
    }

    @Test("a secret that contains another leaves no tail")
    func nested() {
        let sink = lines.sink()
        sink.redact("abcd")
        sink.redact("abcdefgh")
        sink.redact("abcdefgh")
        Logger("x", sink: sink).info("e", "(abcdefgh)(abcd)")
        #expect(lines.last.contains("(‹redacted›)(‹redacted›)"))
    }

    @Test("a secret of three letters would blank ordinary words, so it is ignored")
    func short() {
        let sink = lines.sink()
        sink.redact("the")
        sink.redact("")
        Logger("x", sink: sink).info("e", "the end")
        #expect(lines.last.contains("the end"))
    }

    @Test(
        "a telling field name hides any value",
        arguments: ["key", "apiKey", "X-Api-Key", "TOKEN", "password", "client_secret", "Authorization", "Set-Cookie"])
    func names(name: String) {
        var fields = LogFields()
        fields[name] = 12345
        Logger("x", sink: lines.sink()).info("e", "m", fields)
        #expect(lines.last.contains("\"\(name)\":\"‹redacted›\""))
    }

    @Test(
        "a telling name inside a text hides what is assigned to it",
        arguments: [
            ("GET /api?apikey=abc&page=1 failed", "GET /api?apikey=‹redacted›&page=1 failed"),
            (#"MediaBrowser Client="M", Token="abc", x"#, #"MediaBrowser Client=\"M\", Token=‹redacted›, x"#),
            (#"{"Password": "a b", "n":1}"#, #"{\"Password\":‹redacted›, \"n\":1}"#),
            (#"{"Password":"abc"#, #"{\"Password\":‹redacted›"#),
            ("unknown key: colour", "unknown key: colour"),
            ("token =", "token ="),
            ("a == b", "a == b"),
            ("=", "="),
        ])
    func assignments(text: String, shown: String) {
        Logger("x", sink: lines.sink()).info("e", text)
        #expect(lines.last.contains("\"msg\":\"\(shown)\""))
    }

    @Test("errors that leave by another way can be redacted the same")
    func elsewhere() {
        let sink = lines.sink()
        sink.redact("canary")
        #expect(sink.redacted("a canary and token=x") == "a ‹redacted› and token=‹redacted›")
    }

    @Test(
        "stored JSON loses secrets and stays JSON; all else stays as it came",
        arguments: [
            (#"{"a":"canary-secret-1","b":["x canary-secret-1 y"]}"#, #"{"a":"‹redacted›","b":["x ‹redacted› y"]}"#),
            (#"{"apiKey" : "abc","n":1}"#, #"{"apiKey" : "‹redacted›","n":1}"#),
            (
                #"{"Token":"a\"b","password":5,"secret":{"x":"y"}}"#,
                #"{"Token":"‹redacted›","password":5,"secret":{"x":"y"}}"#
            ),
            (#"{"title":"The Key","a":["token","key"],"b":"c"}"#, #"{"title":"The Key","a":["token","key"],"b":"c"}"#),
            (#"{"key":"unfinished"#, #"{"key":"‹redacted›"#), ("", ""), ("\"", "\""), (#"{"key"#, #"{"key"#),
            (#"{"event":"short"}"#, #"{"event":"short"}"#),
        ])
    func payloads(json: String, wanted: String) {
        let sink = lines.sink()
        sink.redact("canary-secret-1")
        sink.redact("short")
        #expect(String(decoding: sink.redacted(json: Array(json.utf8)), as: UTF8.self) == wanted)
    }
}
