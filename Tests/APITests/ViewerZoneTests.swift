import Foundation
import Media
import Store
import TestSupport
import Testing

@testable import API

@Suite("The viewer's zone")
struct ViewerZoneTests {
    private static func time(_ text: String) throws -> Timestamp { try #require(Timestamp(rfc3339: text)) }

    @Test(
        "agrees with Foundation about every day of ten years, at its start and its end",
        arguments: [
            "Asia/Kathmandu", "America/Los_Angeles", "Europe/Berlin", "Australia/Lord_Howe", "Etc/UTC",
            "Pacific/Kiritimati", "America/Argentina/Buenos_Aires",
        ])
    func offsets(name: String) throws {
        let zone = ViewerZone(cookie: name)
        #expect(zone.name == name)
        let reference = try #require(TimeZone(identifier: name))
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = reference
        let start = try Self.time("2019-01-01T00:00:00Z").milliseconds / 1_000
        for hour in stride(from: 0, to: 3_650 * 24, by: 7) {
            let seconds = start + Int64(hour) * 3_600
            let moment = Timestamp(milliseconds: seconds * 1_000)
            let date = Date(timeIntervalSince1970: Double(seconds))
            #expect(zone.offset(at: moment) == Int64(reference.secondsFromGMT(for: date)) * 1_000, "\(date)")
            if hour % 91 == 0 {
                let midnight = calendar.startOfDay(for: date).timeIntervalSince1970
                #expect(zone.midnight(of: moment).milliseconds == Int64(midnight) * 1_000, "\(date)")
            }
        }
    }

    @Test("stretches cover the span without a gap, each with one offset")
    func stretches() throws {
        let zone = ViewerZone(cookie: "Europe/Berlin")
        let (since, until) = (try Self.time("2025-06-01T00:00:00Z"), try Self.time("2026-06-01T00:00:00Z"))
        let stretches = zone.stretches(from: since, until: until)
        #expect(stretches.map(\.offset) == [7_200_000, 3_600_000, 7_200_000])
        #expect(stretches.first?.period.since == since && stretches.last?.period.until == until)
        for (one, next) in zip(stretches, stretches.dropFirst()) { #expect(one.period.until == next.period.since) }
        #expect(stretches[0].period.until == (try Self.time("2025-10-26T01:00:00Z")))
        #expect(
            ViewerZone.utc.stretches(from: since, until: until) == [
                ZoneStretch(Period(since: since, until: until), offset: 0)
            ])
        #expect(zone.stretches(from: until, until: since).isEmpty)
    }

    @Test(
        "a name that is no zone of this machine means UTC, and never a path",
        arguments: [
            "", "Nowhere/Land", "../../../etc/passwd", "/etc/passwd", "Europe/../Europe/Berlin", "Europe",
            "europe/berlin",
            "posix/Europe/Berlin", "Europe/Berlin\u{0}", "tzdata.zi", "Europe/Berlin/",
            String(repeating: "a", count: 9_000),
        ])
    func foreign(name: String) {
        #expect(ViewerZone(cookie: name).name == "UTC")
        #expect(ViewerZone(cookie: nil).name == "UTC")
    }

    @Test("a damaged file is refused or read, and never read beyond its end")
    func damaged() throws {
        let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "/usr/share/zoneinfo/Europe/Berlin")))
        #expect(ZoneFile(whole) != nil)
        for count in stride(from: 0, to: whole.count, by: 13) { _ = ZoneFile(Array(whole.prefix(count))) }
        var random = SeededRandom(seed: 4)
        for _ in 0..<2_000 {
            var bytes = whole
            for _ in 0...random.below(6) { bytes[random.below(min(bytes.count, 400))] = UInt8(random.below(256)) }
            _ = ZoneFile(bytes)
        }
        #expect(ZoneFile([]) == nil && ZoneFile(Array("TZif".utf8)) == nil)
    }
}
