import Media
import Servarr
import TestSupport
import Testing

@Suite("Webhooks of Sonarr and Radarr, odd bodies")
struct HookPropertyTests {
    typealias Sample = HookSamples

    private static let bodies: [(Servarr.Kind, String)] = [
        (.sonarr, Sample.body("Grab", Sample.series, Sample.episodes(1...3), Sample.release, Sample.download)),
        (
            .sonarr,
            Sample.body(
                "Download", Sample.series, Sample.episodes(1...3),
                #""episodeFiles":[\#(Sample.file(1, "a - S01E01.mkv")),\#(Sample.file(2, "b - S01E02-E03.mkv"))]"#,
                Sample.download)
        ),
        (
            .radarr,
            Sample.body("Download", Sample.movie, #""movieFile":\#(Sample.file(3, "f.mkv")),"isUpgrade":true"#)
        ),
        (.radarr, Sample.body("MovieFileDelete", Sample.movie, #""movieFile":{"id":3},"deleteReason":"manual""#)),
    ]

    /// Replaces random values by values of other types, drops what they stood for, and never throws.
    @Test("odd types and missing fields never make a body unreadable", arguments: 0..<40)
    func oddTypes(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let odd = [
            "null", "[]", "{}", "true", #""""#, #""x""#, "-1", "1e300", "0.5", #"[{}]"#, #"{"value":7}"#, "[[1]]",
        ]
        for (kind, body) in Self.bodies {
            var text = body
            for _ in 0..<random.below(6) {
                let colons = text.indices.dropFirst().filter {
                    text[$0] == ":" && text[text.index(before: $0)] == "\""
                }
                let colon = random.pick(colons)
                let value = text[text.index(after: colon)...]
                let end = value.firstIndex { ",}]".contains($0) } ?? text.endIndex
                let held = text[text.index(after: colon)..<end]
                if held.contains("{") || held.contains("[") || held.contains("\n") { continue }
                text.replaceSubrange(text.index(after: colon)..<end, with: random.pick(odd))
            }
            _ = try Sample.read(kind, text)
        }
    }

    @Test("any cut of a body is refused, never misread")
    func cuts() {
        for (kind, body) in Self.bodies {
            for length in 0..<body.utf8.count {
                #expect(throws: UnreadableHook.self) {
                    try ServarrHook.read(
                        Array(body.utf8.prefix(length)), kind: kind, instance: "", receivedAt: Sample.received)
                }
            }
        }
    }

    @Test("the order of members does not matter, nor a repeated telling")
    func order() throws {
        let parts = [Sample.series, Sample.episodes(1...3), Sample.release, Sample.download]
        let wanted = try Sample.read(.sonarr, Sample.body("Grab", parts[0], parts[1], parts[2], parts[3]))
        for seed: UInt64 in 0..<10 {
            var random = SeededRandom(seed: seed)
            let mixed = (parts + [#""eventType":"Grab""#]).shuffled(using: &random)
            #expect(try Sample.read(.sonarr, "{\(mixed.joined(separator: ","))}") == wanted)
            #expect(try Sample.read(.sonarr, "{\((mixed + mixed).joined(separator: ","))}") == wanted)
        }
    }

    @Test("files and episodes of a pack in any order find each other by name", arguments: 0..<20)
    func packs(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let count = 2 + random.below(11)
        let names = ["Show - S01E%.mkv", "Show.s1e%.x264-720p.mkv", "Show 1x%.mkv"]
        let files = (1...count).shuffled(using: &random).map { number in
            let name = random.pick(names).replacing("%", with: number < 10 ? "0\(number)" : "\(number)")
            return (number, Sample.file(number, name))
        }
        let body = Sample.body(
            "Download", Sample.series, Sample.episodes((1...count).shuffled(using: &random)),
            #""episodeFiles":[\#(files.map(\.1).joined(separator: ","))]"#)
        let facts = try Sample.read(.sonarr, body).observations
        #expect(facts.map(\.units) == files.map { [UnitNumber(1, $0.0)] })
    }

    @Test("a file that names nothing gets what the others leave; two of them get nothing")
    func silentFiles() throws {
        func units(_ names: [String]) throws -> [[UnitNumber]] {
            let files = names.enumerated().map { Sample.file($0.offset + 1, $0.element) }.joined(separator: ",")
            return try Sample.read(
                .sonarr,
                Sample.body("Download", Sample.series, Sample.episodes(1...3), #""episodeFiles":[\#(files)]"#)
            ).observations.map(\.units)
        }
        #expect(try units(["a.mkv", "b - S01E02.mkv"]) == [[UnitNumber(1, 1), UnitNumber(1, 3)], [UnitNumber(1, 2)]])
        #expect(try units(["a.mkv", "b.mkv"]) == [[], []])
        #expect(try units(["a.mkv"]) == [(1...3).map { UnitNumber(1, $0) }])
        // Daily shows are named by the day of the episode.
        #expect(
            try units(["Show 2022.07.12 x.mkv", "Show - 2022-07-11.mkv"]) == [[UnitNumber(1, 2)], [UnitNumber(1, 1)]])
    }
}
