import Foundation
import Media
import TestSupport
import Testing

@Suite("Timestamp")
struct TimestampTests {
    /// Foundation's calendar, as a second opinion that shares no code with ours.
    private static let calendar: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(secondsFromGMT: 0) ?? .gmt
        return calendar
    }()

    private static func written(_ milliseconds: Int64) -> String {
        let seconds = Int64((Double(milliseconds) / 1_000).rounded(.down))
        let parts = calendar.dateComponents(
            [.year, .month, .day, .hour, .minute, .second], from: Date(timeIntervalSince1970: TimeInterval(seconds)))
        func padded(_ value: Int?, _ width: Int) -> String {
            let digits = String(value ?? -1)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return padded(parts.year, 4) + "-" + padded(parts.month, 2) + "-" + padded(parts.day, 2) + "T"
            + padded(parts.hour, 2) + ":" + padded(parts.minute, 2) + ":" + padded(parts.second, 2) + "."
            + padded(Int(milliseconds - seconds * 1_000), 3) + "Z"
    }

    @Test("is written as an independent calendar writes it, and read back to the millisecond")
    func roundTrip() {
        var random = SeededRandom(seed: 1)
        // 1600-01-01 … 9999-12-31: the years in which both calendars are Gregorian.
        for _ in 0..<20_000 {
            let time = Int64.random(in: -11_676_096_000_000...253_402_300_799_999, using: &random)
            let text = Timestamp(milliseconds: time).rfc3339
            #expect(text == Self.written(time))
            #expect(Timestamp(rfc3339: text)?.milliseconds == time, "\(text)")
        }
    }

    @Test("knows every day of four centuries, leap days included")
    func everyDay() {
        for day in Int64(-135_140)...Int64(11_000) where day.isMultiple(of: 7) || (day % 365 + 365) % 365 > 55 {
            let time = day * 86_400_000
            #expect(Timestamp(milliseconds: time).rfc3339 == Self.written(time))
        }
    }

    @Test("reads any number of fraction digits and cuts to milliseconds", arguments: 1...12)
    func fractions(digits: Int) {
        var random = SeededRandom(seed: UInt64(digits))
        for _ in 0..<200 {
            let fraction = String((0..<digits).map { _ in Character("\(random.below(10))") })
            let wanted = Int64((fraction + "000").prefix(3)) ?? -1
            let time = Timestamp(rfc3339: "2024-01-02T03:04:05." + fraction + "Z")
            #expect(time?.milliseconds == 1_704_164_645_000 + wanted, "\(fraction)")
        }
    }

    @Test("applies every zone, and takes a time without one as UTC")
    func zones() {
        var random = SeededRandom(seed: 3)
        let utc = Timestamp(rfc3339: "2024-06-01T12:00:00Z")?.milliseconds ?? 0
        for _ in 0..<500 {
            let (hours, minutes) = (random.below(15), random.below(60))
            let sign = random.chance(50) ? "+" : "-"
            let colon = random.chance(50) ? ":" : ""
            func two(_ value: Int) -> String { (value < 10 ? "0" : "") + String(value) }
            let text = "2024-06-01T12:00:00" + sign + two(hours) + colon + two(minutes)
            let offset = Int64((hours * 60 + minutes) * 60_000) * (sign == "+" ? 1 : -1)
            #expect(Timestamp(rfc3339: text)?.milliseconds == utc - offset, "\(text)")
        }
        #expect(Timestamp(rfc3339: "2024-06-01T12:00:00")?.milliseconds == utc)
        #expect(Timestamp(rfc3339: "2024-06-01 12:00:00")?.milliseconds == utc)
        #expect(Timestamp(rfc3339: "2024-06-01t12:00:00z")?.milliseconds == utc)
    }

    @Test(
        "refuses what is no time",
        arguments: [
            "", "2024", "2024-01-02", "2024-01-02T", "2024-13-01T00:00:00Z", "2024-00-01T00:00:00Z",
            "2024-01-32T00:00:00Z", "2024-01-00T00:00:00Z", "2024-01-02T24:00:00Z", "2024-01-02T00:60:00Z",
            "2024-01-02T00:00:61Z", "2024-01-02T00:00:00.Z", "2024-01-02T00:00:00+1Z", "2024-01-02T00:00:00Zx",
            "2024-1-2T00:00:00Z", " 2024-01-02T00:00:00Z", "2024-02-30T00:00:00Z", "2023-02-29T00:00:00Z",
            "2024-04-31T00:00:00Z", "1900-02-29T00:00:00Z", "2024-01-02T00:00:00+24:00", "2024-01-02T00:00:00+01:60",
        ])
    func refuses(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }

    @Test("takes the leap days there are", arguments: ["2024-02-29", "2000-02-29", "1600-02-29"])
    func leapDays(day: String) {
        #expect(Timestamp(rfc3339: day + "T00:00:00Z")?.rfc3339 == day + "T00:00:00.000Z")
    }

    @Test("never crashes on random bytes")
    func hostileText() {
        var random = SeededRandom(seed: 5)
        let alphabet = Array("0123456789-:T.Z+ \u{0}é".utf8)
        for _ in 0..<20_000 {
            _ = Timestamp(rfc3339: (0..<random.below(40)).map { _ in random.pick(alphabet) })
        }
    }

    @Test("writes the ends of time without overflow", arguments: [Int64.min, .min + 1, -1, 0, .max - 1, .max])
    func extremes(milliseconds: Int64) {
        #expect(Timestamp(milliseconds: milliseconds).rfc3339.hasSuffix("Z"))
    }

    @Test("moves by durations to the millisecond, and is ordered")
    func moves() {
        let time = Timestamp(milliseconds: 1_000)
        #expect(time.advanced(by: .milliseconds(-1)).milliseconds == 999)
        #expect(time.advanced(by: .seconds(3_600)).milliseconds == 3_601_000)
        #expect(time.advanced(by: .milliseconds(-1)) < time)
    }
}
