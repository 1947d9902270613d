import Media
import TestSupport
import Testing

@Suite struct ReleaseNamesTests {
    @Test(arguments: [
        ("Show.S01E02.1080p.mkv", [UnitNumber(1, 2)]),
        ("show s1e2", [UnitNumber(1, 2)]),
        ("Show - S00E07 - Special.mkv", [UnitNumber(0, 7)]),
        ("Show.S2024E1203.mkv", [UnitNumber(2024, 1203)]),
        ("Show S01 E05.mkv", [UnitNumber(1, 5)]),
        ("Show.S01E02E03.mkv", [UnitNumber(1, 2), UnitNumber(1, 3)]),
        ("Show.S01E02-E05.mkv", [2, 3, 4, 5].map { UnitNumber(1, $0) }),
        ("Show.S01E02-05.mkv", [2, 3, 4, 5].map { UnitNumber(1, $0) }),
        ("Show.S01E02-03-04.mkv", [2, 3, 4].map { UnitNumber(1, $0) }),
        ("Show.S01E02-S01E04.mkv", [2, 3, 4].map { UnitNumber(1, $0) }),
        ("Show.S01E02.S01E03.mkv", [2, 3].map { UnitNumber(1, $0) }),
        ("Show.S01E24-S02E01.mkv", [UnitNumber(1, 24), UnitNumber(2, 1)]),
        ("Show.S01E05v2.mkv", [UnitNumber(1, 5)]),
        ("番組S01E05.mkv", [UnitNumber(1, 5)]),
        ("Show 1x02.avi", [UnitNumber(1, 2)]),
        ("Show [3x04-06].avi", [4, 5, 6].map { UnitNumber(3, $0) }),
        ("Show.1x02x03.avi", [2, 3].map { UnitNumber(1, $0) }),
    ])
    func everyWrittenFormIsRead(name: String, units: [UnitNumber]) {
        #expect(ReleaseNames.units(in: name) == units)
    }

    @Test(arguments: [
        "Film.2020.1920x1080.mkv", "Film.DD5.1x264-GRP.mkv", "[Group] Show - 07 [1080p].mkv", "Show.S01.1080p.mkv", "",
        "S01", "S01E", "DRS01E02x", "Show.S99999E01", "12x", "Season 1/", "1x2x",
    ])
    func namesWithoutAnEpisodeGiveNone(name: String) {
        #expect(ReleaseNames.units(in: name) == [])
    }

    @Test(arguments: ["Show.S01E02-720p.mkv", "Show.S01E02-1080p.mkv", "Show.S01E02.1x05.mkv", "Show.S01E02-GRP.mkv"])
    func whatFollowsAnEpisodeIsNotTakenForOne(name: String) {
        #expect(ReleaseNames.units(in: name) == [UnitNumber(1, 2)])
    }

    @Test func theLastPathComponentThatNamesEpisodesCounts() {
        #expect(ReleaseNames.units(in: "Show.S01/Show.S01E03.mkv") == [UnitNumber(1, 3)])
        #expect(ReleaseNames.units(in: "Show.S01E04/abc.mkv") == [UnitNumber(1, 4)])
        #expect(ReleaseNames.units(in: "C:\\Show.S01E04\\Show.S01E05.mkv") == [UnitNumber(1, 5)])
    }

    @Test func aRangeNoFileCanHoldIsReadAsItsEnds() {
        #expect(ReleaseNames.units(in: "S01E02-E900") == [UnitNumber(1, 2), UnitNumber(1, 900)])
        #expect(ReleaseNames.units(in: "S01E05-E03") == [UnitNumber(1, 3), UnitNumber(1, 5)])
    }

    @Test(arguments: 0..<20) func anyNameIsReadWithoutHarm(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let alphabet = Array("sSeExX0123456789-. _/é")
        for _ in 0..<200 {
            let name = String((0..<random.below(24)).map { _ in random.pick(alphabet) })
            let units = ReleaseNames.units(in: name)
            #expect(units == Set(units).sorted(), "\(name)")
        }
    }

    @Test(arguments: 0..<10) func whatIsWrittenIsReadBack(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for _ in 0..<50 {
            let season = random.below(100)
            let first = random.below(90)
            let last = first + random.below(9)
            let range =
                first == last ? "" : random.pick(["-E\(pad(last))", "-\(pad(last))", "-S\(pad(season))E\(pad(last))"])
            let name = "Some.Show.S\(pad(season))E\(pad(first))\(range).Title.720p-GRP.mkv"
            #expect(ReleaseNames.units(in: name) == (first...last).map { UnitNumber(season, $0) }, "\(name)")
        }
    }

    private func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
