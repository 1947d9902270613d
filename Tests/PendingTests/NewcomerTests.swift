import Media
import Store
import TestSupport
import Testing

/// The form in which a plan keeps a request.
@Suite("Newcomer, packed")
struct NewcomerTests {
    @Test("what is packed is read again as it was, whatever the texts hold", arguments: 0..<200 as Range<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let newcomer = Self.any(&random)
        let read = try #require(Newcomer(packed: newcomer.packed))
        #expect(read == newcomer)
        #expect(read.preview()?.facts.downloads == newcomer.preview()?.facts.downloads)
    }

    @Test("separators in texts of the services cannot forge a record")
    func hostile() throws {
        var random = SeededRandom(seed: 1)
        var newcomer = Self.any(&random)
        newcomer.told[0].details[.title] = "a\u{1e}t\u{1d}b\u{1f}c"
        let read = try #require(Newcomer(packed: newcomer.packed))
        #expect(read.told.count == newcomer.told.count && read.torrents.count == newcomer.torrents.count)
        #expect(read.told[0].details[.title] == "atbc")
    }

    @Test(
        "a damaged form is refused",
        arguments: ["", "x", "r\u{1d}5", "r\u{1d}5\u{1e}o\u{1d}a", "r\u{1d}no", "r\u{1d}5\u{1e}t"])
    func damaged(text: String) {
        #expect(Newcomer(packed: text) == nil)
    }

    private static func any(_ random: inout SeededRandom) -> Newcomer {
        func text() -> String {
            let all = ["", "a", "Ä ö", "x=y", "a,b", "line\nbreak", "日本", "\u{1f600}", "{\"j\":1}"]
            return all[Int.random(in: 0..<all.count, using: &random)]
        }
        func number() -> Int64 { Int64.random(in: 0...1 << 40, using: &random) }
        func maybe<Value>(_ value: Value) -> Value? { Bool.random(using: &random) ? value : nil }
        func filled() -> String? { maybe("v" + text()) }
        let time = Timestamp(milliseconds: number())
        var told: [Observation] = []
        for index in 0...Int.random(in: 0...3, using: &random) {
            var keys = MediaKeys(mediaType: Bool.random(using: &random) ? .movie : .tv)
            keys.seerrRequest = maybe(number() + 1)
            keys.tmdb = maybe(number() + 1)
            keys.path = filled()
            told.append(
                Observation(
                    service: "jellyseerr", instance: "default", channel: .sync,
                    fact: Observation.Fact.allCases.randomElement(using: &random) ?? .approved,
                    naturalKey: "k\(index)" + text(), observedAt: time, receivedAt: time,
                    holds: Bool.random(using: &random), keys: keys,
                    units: maybe([UnitNumber(1, 2), UnitNumber(1, 3)]) ?? [],
                    details: Details([.title: filled(), .requester: filled()])))
        }
        var newcomer = Newcomer(told: told, readAt: time)
        for index in 0..<Int.random(in: 0...2, using: &random) {
            var group = QueueGroup(
                key: "k\(index)", downloadID: filled(), title: text(), arrTitle: maybe(number()), status: "s" + text(),
                trackedState: filled())
            group.units = maybe([UnitNumber(0, 1)]) ?? []
            group.episodes = maybe([4, 5]) ?? []
            group.message = filled()
            group.size = maybe(number())
            group.sizeLeft = maybe(number())
            group.isTorrent = Bool.random(using: &random)
            group.quality = filled()
            group.indexer = filled()
            newcomer.downloads.append(.init(service: "radarr", instance: "4k", group: group))
        }
        for index in 0..<Int.random(in: 0...2, using: &random) {
            var torrent = TorrentReading(hash: "h\(index)", state: "s" + text())
            torrent.hashes = ["h\(index)", "other"]
            torrent.name = text()
            torrent.size = maybe(number())
            torrent.progress = Double.random(in: 0...1, using: &random)
            torrent.category = text()
            torrent.contentPath = filled()
            torrent.amountLeft = maybe(number())
            torrent.downloadSpeed = number()
            torrent.etaSeconds = maybe(number())
            torrent.seeds = number()
            torrent.addedAt = maybe(time)
            torrent.completedAt = maybe(time)
            newcomer.torrents.append(torrent)
        }
        return newcomer
    }
}
