import Media
import TestSupport
import Testing

/// The facts of a whole flow carry their own times, so the order in which they arrive, and how often, says nothing.
@Suite("a flow told in any order")
struct FlowOrderTests {
    private static let start = Timestamp(milliseconds: 1_763_000_000_000)
    private static let now = start.advanced(by: .seconds(86_400))
    private static let hash = "c9e15763f722f23e98a29decdfae341b98d53056"

    private struct Outcome: Equatable {
        var derivation: Derivation
        var story: [StoryLine]
    }

    private static func fact(
        _ fact: Observation.Fact, _ service: String, after seconds: Int64, key: String, units: [UnitNumber] = [],
        channel: Observation.Channel = .webhook, _ details: [Details.Key: String?] = [:]
    ) -> Observation {
        let at = start.advanced(by: .seconds(seconds))
        return Observation(
            service: service, instance: "default", channel: channel, fact: fact, naturalKey: key, observedAt: at,
            receivedAt: at.advanced(by: .milliseconds(channel == .poll ? 400 : 5)), units: units,
            details: Details(details))
    }

    private static let grab: [Details.Key: String?] = [
        .download: hash, .quality: "Bluray-1080p", .indexer: "Nebula", .size: "1181116006", .group: "GROUP",
        .release: "The.Long.Voyage.2020",
    ]
    private static let file: [Details.Key: String?] = [
        .download: hash, .path: "/media/movies/The Long Voyage/film.mkv", .quality: "Bluray-1080p", .file: "301",
    ]

    /// B1 to B6, the grab and the import told by webhook and by history.
    private static let film: [Observation] = [
        fact(.requested, "jellyseerr", after: 0, key: "69", [.requester: "ada", .title: "The Long Voyage"]),
        fact(.approved, "jellyseerr", after: 10, key: "69", [.requester: "ada"]),
        fact(.inArr, "radarr", after: 12, key: "52", channel: .poll),
        fact(.grabbed, "radarr", after: 60, key: hash, grab),
        fact(.grabbed, "radarr", after: 60, key: hash, channel: .poll, grab.merging([.client: "qBittorrent"]) { $1 }),
        fact(.torrentDone, "qbittorrent", after: 600, key: hash, [.download: hash]),
        fact(.imported, "radarr", after: 660, key: "file|301", file),
        fact(.imported, "radarr", after: 658, key: "file|301", channel: .poll, file),
        fact(
            .hasFile, "radarr", after: 700, key: "52", channel: .poll, [.path: "/media/movies/The Long Voyage/film.mkv"]
        ),
        fact(.availableHint, "jellyseerr", after: 800, key: "69"),
    ]

    private static let show: [Observation] = {
        var told = [
            fact(.approved, "jellyseerr", after: 10, key: "80", [.seasons: "1"]),
            fact(.grabbed, "sonarr", after: 60, key: hash, units: (1...4).map { UnitNumber(1, $0) }, grab),
        ]
        for number in 1...4 {
            told.append(
                fact(
                    .imported, "sonarr", after: 600 + Int64(number), key: "file|\(500 + number)",
                    units: [UnitNumber(1, number)], file.merging([.path: "/media/tv/Salt/S01E0\(number).mkv"]) { $1 }))
        }
        told.append(fact(.fileReplaced, "sonarr", after: 900, key: "file|501", units: [UnitNumber(1, 1)]))
        told.append(
            fact(
                .imported, "sonarr", after: 901, key: "file|601", units: [UnitNumber(1, 1)],
                file.merging([.path: "/media/tv/Salt/S01E01.better.mkv", .upgrade: "1"]) { $1 }))
        return told
    }()

    private static let failing: [Observation] = [
        fact(.approved, "jellyseerr", after: 10, key: "69"),
        fact(.grabbed, "radarr", after: 60, key: hash, grab),
        fact(.importBlocked, "radarr", after: 500, key: hash, [.message: "Not an upgrade"]),
        fact(.downloadFailed, "radarr", after: 600, key: hash, [.message: "Unpacking failed", .download: hash]),
        fact(.grabbed, "radarr", after: 700, key: "8888222233334444555566667777888899990000", grab),
    ]

    private static func outcome(_ told: [Observation], _ type: MediaType, _ proof: Bool) -> Outcome {
        var facts = RequestFacts(mediaType: type, origin: .request, observations: [])
        facts.seasons = type == .tv ? [1] : []
        facts.createdAt = start
        facts.hasSeerrID = true
        for observation in told { _ = facts.merge(observation) }
        if proof {
            facts.observations.append(
                fact(.playable, "jellyfin", after: 1_000, key: "", channel: .poll))
        }
        let derivation = derive(facts, now: now)
        return Outcome(derivation: derivation, story: story(of: facts, derivation))
    }

    @Test("gives one stage and one story", arguments: 1...200)
    func order(seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        let (flow, type) = random.pick([(Self.film, MediaType.movie), (Self.show, .tv), (Self.failing, .movie)])
        let proof = random.chance(50)
        let wanted = Self.outcome(flow, type, proof)
        for _ in 0..<10 {
            let told = (flow + flow).shuffled(using: &random)
            let outcome = Self.outcome(told, type, proof)
            #expect(outcome.derivation == wanted.derivation)
            #expect(outcome.story == wanted.story)
        }
    }

    @Test("tells each hop of a film once, in the order of its time")
    func filmStory() {
        let outcome = Self.outcome(Self.film, .movie, true)
        let events = outcome.story.map(\.event)
        #expect(events.filter { $0 == "grabbed" }.count == 1)
        #expect(events.filter { $0 == "imported" }.count == 1)
        #expect(outcome.story.map(\.at) == outcome.story.map(\.at).sorted())
        #expect(events.prefix(3) == ["requested", "approved", "grabbed"])
    }
}
