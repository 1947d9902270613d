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

    @Test(
        "a list of ranges admits the callers in them, IPv4 also in its IPv6 dress",
        arguments: [
            ("10.0.0.1", true), ("10.1.255.3", true), ("10.2.0.1", false), ("::ffff:10.0.0.1", true), ("fdab::1", true),
            ("fc00::1", false), ("192.168.7.7", true), ("192.168.7.8", false), ("", false), ("10.0.0.1:80", false),
        ])
    func admission(address: String, isAdmitted: Bool) throws {
        let allowed = try load(["MARQUEE_METRICS_ALLOW": "10.0.0.0/15, fd00::/8,192.168.7.7"]).metricsAllow
        #expect(allowed.admit(address) == isAdmitted)
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
