import Media
import TestSupport
import Testing

@Suite("derive")
struct DeriveTests {
    private static let facts: [Observation.Fact] = [
        .requested, .approved, .declined, .submitFailed, .inArr, .hasFile, .playable, .stub, .absent,
    ]

    private func observation(
        _ fact: Observation.Fact, at time: Int64, key: String = "", service: String = "jellyfin", holds: Bool = true
    ) -> Observation {
        Observation(
            service: service, instance: "default", channel: .sync, fact: fact, naturalKey: key,
            observedAt: Timestamp(milliseconds: time), receivedAt: Timestamp(milliseconds: time + 5), holds: holds)
    }

    private func stage(
        _ observations: [Observation], _ type: MediaType = .movie, _ origin: Origin = .request
    ) -> Stage {
        derive(
            RequestFacts(mediaType: type, origin: origin, observations: observations), now: Timestamp(milliseconds: 9)
        ).stage
    }

    @Test("gives one stage for every order and repetition of the same facts", arguments: 1...60)
    func order(seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        let type = random.pick(MediaType.allCases)
        let origin = random.pick([Origin.request, .librarySync])
        var set: [Observation] = []
        for _ in 0..<(1 + random.below(9)) {
            // Times and keys collide on purpose.
            set.append(
                observation(
                    random.pick(Self.facts), at: Int64(random.below(4)), key: random.pick(["", "a", "b"]),
                    service: random.pick(["jellyfin", "radarr", "seerr"]), holds: random.chance(70)))
        }
        let wanted = stage(set, type, origin)
        for _ in 0..<60 {
            var told = set.shuffled(using: &random)
            for _ in 0..<random.below(6) { told.insert(random.pick(set), at: random.below(told.count)) }
            #expect(stage(told, type, origin) == wanted, "\(told)")
        }
    }

    @Test("a series folder proves nothing for a request, but is enough for a row found in the library")
    func seriesFolder() {
        #expect(stage([observation(.playable, at: 1)], .tv, .request) == .requested)
        #expect(stage([observation(.approved, at: 1), observation(.playable, at: 2)], .tv, .request) == .approved)
        #expect(stage([observation(.playable, at: 1)], .tv, .librarySync) == .available)
        #expect(stage([observation(.playable, at: 1)], .movie, .request) == .available)
    }

    @Test("a list that seems to have been read just after an import does not take its file away; a later one does")
    func clockDoubt() {
        let approved = observation(.approved, at: 1)
        let imported = observation(.imported, at: 2, key: "file|1", service: "radarr")
        func stage(listedWithoutAt time: Int64) -> Stage {
            let list = observation(.hasFile, at: time, service: "radarr", holds: false)
            let facts = RequestFacts(mediaType: .movie, origin: .request, observations: [approved, imported, list])
            return derive(facts, now: Timestamp(milliseconds: 90_000)).stage
        }
        #expect(stage(listedWithoutAt: 1_000) == .syncingLibrary)
        #expect(stage(listedWithoutAt: 5_002) == .approved)
    }

    @Test("a file that the list shows is no longer being imported, whichever was read first")
    func listed() {
        let approved = observation(.approved, at: 1)
        let imported = observation(.imported, at: 2, key: "file|1", service: "radarr")
        let listed = observation(.hasFile, at: 3, service: "radarr")
        #expect(stage([approved, imported]) == .importing)
        #expect(stage([approved, listed]) == .syncingLibrary)
        #expect(stage([approved, listed, imported]) == .syncingLibrary)
    }

    @Test("a newer approval ends a refusal; an older or equally old one does not")
    func declined() {
        #expect(stage([observation(.declined, at: 5)]) == .declined)
        #expect(stage([observation(.declined, at: 5), observation(.approved, at: 6)]) == .approved)
        #expect(stage([observation(.declined, at: 5), observation(.approved, at: 5)]) == .declined)
        #expect(stage([observation(.declined, at: 5), observation(.approved, at: 4)]) == .declined)
    }

    @Test("playable beats a failed submission, which a newer approval ends")
    func failed() {
        #expect(stage([observation(.approved, at: 1), observation(.submitFailed, at: 2)]) == .failed)
        #expect(stage([observation(.approved, at: 3), observation(.submitFailed, at: 2)]) == .approved)
        #expect(stage([observation(.submitFailed, at: 2), observation(.playable, at: 1)]) == .available)
    }

    @Test("a level fact counts in its newest reading only")
    func levels() {
        let gone = observation(.playable, at: 9, holds: false)
        #expect(stage([observation(.playable, at: 1), gone]) == .requested)
        #expect(stage([gone, observation(.playable, at: 10)]) == .available)
        #expect(stage([gone, observation(.playable, at: 1, key: "another item")]) == .available)
    }

    @Test("a file without a proof waits for the library")
    func hasFile() {
        #expect(stage([observation(.approved, at: 1), observation(.hasFile, at: 2)]) == .syncingLibrary)
        #expect(stage([]) == .requested)
    }
}
