import HTTPClient
import Media
import TestSupport
import Testing

@testable import CommandLine

/// How far other clocks are off.
@Suite struct ClockReadingTests {
    private func millis(_ seconds: Double) -> Timestamp { Timestamp(milliseconds: Int64(seconds * 1_000)) }

    @Test(
        "a clock agrees while its second may lie within the call",
        arguments: [
            (100.0, 100.0, 100.4, Int64(0)), (99, 99.9, 100.1, 0), (100, 100.9, 101.2, 0), (160, 100, 101, 59),
            (40, 100, 101, -59), (98, 100, 100, -1), (1_000_000, 100, 101, 999_899),
        ])
    func skew(told: Double, sent: Double, received: Double, wanted: Int64) {
        #expect(
            ClockReading.skew(millis(told), sentAt: millis(sent), receivedAt: millis(received)) == wanted)
    }

    @Test("dates are read as HTTP writes them, and nothing else is")
    func dates() {
        #expect(ClockReading.time("Sun, 06 Nov 1994 08:49:37 GMT")?.milliseconds == 784_111_777_000)
        #expect(ClockReading.time("Sat, 21 Dec 2026 00:00:00 GMT")?.rfc3339 == "2026-12-21T00:00:00.000Z")
        for text in [
            "", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sun, 06 Foo 1994 08:49:37 GMT",
            "Sun, 99 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 06 Nov 1994 xx GMT",
        ] { #expect(ClockReading.time(text) == nil, "\(text)") }
    }

    @Test("the last answer that tells its time counts; one without changes nothing")
    func reading() async throws {
        let stub = StubTransport([
            "GET /a": [
                HTTPResponse(status: 200, headers: ["Date": "Sun, 06 Nov 1994 08:50:37 GMT"]),
                HTTPResponse(status: 200),
            ]
        ])
        let reading = ClockReading(stub) { Timestamp(milliseconds: 784_111_777_000) }
        #expect(reading.skew == nil)
        let call = HTTPRequest("GET", "http://x/a", service: "x")
        _ = try await reading.send(call)
        #expect(reading.skew == 60)
        _ = try await reading.send(call)
        #expect(reading.skew == 60)
    }
}
