import Media
import TestSupport
import Testing

@Suite("What deletions are made of")
struct RemovingTests {
    private static let v1 = "0123456789abcdef0123456789ABCDEF01234567"

    @Test("a hash is 40 or 64 hexadecimal digits and nothing else, so no wildcard and no list can be sent")
    func hashes() throws {
        #expect(TorrentHash(Self.v1)?.text == Self.v1.lowercased())
        let v2 = try #require(TorrentHash(Self.v1 + String(repeating: "a", count: 24)))
        #expect(v2.text.count == 64 && v2.listed == Self.v1.lowercased())
        let full = Self.v1
        for odd in [
            "", "all", "ALL", "*", "0", full + "|" + full, full + " ", " " + full, full + "\n", "%61ll",
            String(full.dropLast()), String(full.dropLast()) + "g", String(full.dropLast()) + "é",
            String(repeating: "０", count: 40), full + full,
        ] {
            #expect(TorrentHash(odd) == nil, "\(odd)")
        }
    }

    @Test("whatever text makes a hash holds no character that separates or matches")
    func hashProperty() {
        var random = SeededRandom(seed: 5)
        let alphabet = Array(String(repeating: "0123456789abcdefABCDEF", count: 8) + "|,*% al\n")
        var made = 0
        for _ in 0..<2_000 {
            let text = String((0..<random.pick([39, 40, 41, 64])).map { _ in random.pick(alphabet) })
            guard let hash = TorrentHash(text) else { continue }
            made += 1
            #expect([40, 64].contains(hash.text.count) && hash.text.allSatisfy { $0.isHexDigit && !$0.isUppercase })
        }
        #expect(made > 0)
    }

    @Test("no number at or below zero is an id")
    func ids() {
        for number: Int64 in [0, -1, .min] {
            #expect(ArrTitleID(number) == nil && SeerrMediaID(number) == nil && ShokoFileID(number) == nil)
        }
        #expect(ArrFileID(1)?.value == 1 && SeerrRequestID(.max)?.value == .max)
    }

    @Test(
        "a torrent owes seeding while it is private and has reached none of its goals",
        arguments: [
            (true, 0.5, 1.0, nil, nil, true), (true, 1.0, 1.0, nil, nil, false), (true, 0.5, nil, nil, nil, false),
            (false, 0.5, 1.0, nil, nil, false), (nil, 0.5, 1.0, nil, nil, true), (true, nil, 1.0, nil, nil, true),
            (true, 0.5, 1.0, 60, 60, false), (true, 0.5, 1.0, 59, 60, true), (true, nil, nil, 59, 60, true),
            (true, .infinity, 9_999.0, nil, nil, false),
        ] as [(Bool?, Double?, Double?, Int64?, Int64?, Bool)])
    func seeding(isPrivate: Bool?, ratio: Double?, goal: Double?, time: Int64?, timeGoal: Int64?, owes: Bool) throws {
        var torrent = TorrentHolding(hash: try #require(TorrentHash(Self.v1)))
        torrent.isPrivate = isPrivate
        torrent.ratio = ratio
        torrent.ratioGoal = goal
        torrent.seedingTime = time.map { .seconds($0) }
        torrent.seedingTimeGoal = timeGoal.map { .seconds($0) }
        #expect(torrent.owesSeeding == owes)
    }

    @Test("Seerr's record counts as gone when deleted or blocklisted, not when unknown")
    func gone() {
        #expect([1, 2, 3, 4, 5, 6, 7, 8, nil].map(SeerrMedia.isGone).filter(\.self).count == 2)
        #expect(SeerrMedia.isGone(6) && SeerrMedia.isGone(7))
    }
}
