import Settings
import Testing

@Suite struct ValueTests {
    @Test(
        "durations read and write the short form",
        arguments: [
            ("500ms", 500), ("30s", 30_000), ("5m", 300_000), ("12h", 43_200_000), ("7d", 604_800_000), ("0s", 0),
        ])
    func duration(text: String, milliseconds: Int) {
        let duration = Duration(settingText: text)
        #expect(duration == .milliseconds(milliseconds))
        #expect(duration?.settingText == text)
    }

    @Test(
        "anything else is no duration",
        arguments: ["", "5", "s", "1.5h", "-1s", "5 m", "1h30m", "99999999999999999999s", "9223372036854775807d", "٣s"])
    func noDuration(text: String) {
        #expect(Duration(settingText: text) == nil)
    }

    @Test("ranges hold the addresses of their network only") func ranges() throws {
        let private10 = try #require(AddressRange("10.1.0.0/15"))
        let inside = try #require(IPAddress("10.1.255.3"))
        let mapped = try #require(IPAddress("::ffff:10.0.0.1"))
        #expect(private10.contains(inside))
        #expect(private10.contains(mapped))
        #expect(try !private10.contains(#require(IPAddress("10.2.0.1"))))
        #expect(try #require(AddressRange("10.0.0.1")).contains(mapped))
        #expect(try #require(AddressRange("0.0.0.0/0")).contains(inside))
        #expect(try !#require(AddressRange("::/0")).contains(inside))
        #expect(try #require(AddressRange("fd00::/8")).contains(#require(IPAddress("fdab::1"))))
        #expect(AddressRange("10.0.0.0/-1") == nil)
        #expect(AddressRange("10.0.0/8") == nil)
        #expect(IPAddress("::1")?.isLoopback == true)
        #expect(IPAddress("::ffff:127.0.0.1")?.isLoopback == true)
        #expect(IPAddress("::2")?.isLoopback == false)
    }

    @Test(
        "the nearest name is found for a slip and not for another word",
        arguments: [
            ("MARQUEE_BNID", "MARQUEE_BIND"), ("marquee_log_levle", "MARQUEE_LOG_LEVEL"), ("urll", "URL"),
            ("SOMETHING_ELSE", nil),
        ])
    func nearest(word: String, expected: String?) {
        #expect(nearestName(to: word, among: ["MARQUEE_BIND", "MARQUEE_LOG_LEVEL", "URL"]) == expected)
    }
}
