import TestSupport
import Testing

@testable import Media

@Suite("Clocks and outages")
struct OutageClockTests {
    private func at(_ seconds: Int64) -> Timestamp { Timestamp(milliseconds: seconds * 1_000) }

    private func rules(_ outages: [String: [(Int64, Int64)]]) -> TrackingRules {
        var rules = TrackingRules()
        rules.hasClient = true
        rules.pastOutages = outages.mapValues { spans in
            spans.map { TrackingRules.PastOutage(since: at($0.0), until: at($0.1)) }
        }
        return rules
    }

    private func due(_ outages: [String: [(Int64, Int64)]], _ services: [String] = ["radarr"]) -> Timestamp {
        rules(outages).due(from: at(1_000), after: .seconds(600), awaiting: services)
    }

    @Test("a clock stands still while its service is out, however often and for how long")
    func stops() {
        #expect(due([:]) == at(1_600))
        #expect(due(["radarr": [(1_100, 1_200)]]) == at(1_700))
        #expect(due(["radarr": [(1_100, 1_200), (1_650, 1_660)]]) == at(1_710))
        #expect(due(["radarr": [(1_100, 9_000)]]) == at(9_500))
        // Before it began, or after it was over.
        #expect(due(["radarr": [(500, 900)]]) == at(1_600))
        #expect(due(["radarr": [(500, 1_050)]]) == at(1_650))
        #expect(due(["radarr": [(1_600, 1_800)]]) == at(1_600))
    }

    @Test("two services out at once stop it once, and those it does not wait for never")
    func several() {
        let outages: [String: [(Int64, Int64)]] = [
            "radarr": [(1_100, 1_200)], "qbittorrent": [(1_150, 1_300)], "sonarr": [(1_000, 5_000)],
        ]
        #expect(due(outages, ["radarr", "qbittorrent"]) == at(1_800))
        #expect(due(outages, ["qbittorrent"]) == at(1_750))
    }

    @Test("it has run for its limit of time in which nothing was out", arguments: 1...200)
    func property(seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        var outages: [String: [(Int64, Int64)]] = [:]
        for name in ["radarr", "qbittorrent"] {
            outages[name] = (0..<random.below(6)).map { _ in
                let since = Int64(900 + random.below(900))
                return (since, since + 1 + Int64(random.below(200)))
            }
        }
        var second: Int64 = 1_000
        var running: Int64 = 0
        while running < 600 {
            let isOut = outages.values.flatMap(\.self).contains { $0.0 <= second && second < $0.1 }
            if !isOut { running += 1 }
            second += 1
        }
        #expect(due(outages, ["radarr", "qbittorrent"]) == at(second), "\(outages)")
    }

    @Test("attention waits as much longer as its service was out, and says so as the next change")
    func attention() {
        func derived(now: Int64, _ outages: [String: [(Int64, Int64)]]) -> Derivation {
            var rules = rules(outages)
            rules.limits.indexed = .seconds(600)
            let approved = observation(.approved, at: 900)
            var facts = RequestFacts(mediaType: .movie, origin: .request, observations: [approved])
            facts.downloads = [
                Download(service: "radarr", instance: "default", downloadID: "h", grabbedAt: at(1_000))
            ]
            return derive(facts, rules, now: at(now))
        }
        #expect(derived(now: 1_700, [:]).attention?.code == .timeout)
        let out = ["qbittorrent": [(Int64(1_200), Int64(1_500))]]
        let waiting = derived(now: 1_700, out)
        #expect(waiting.stage == .indexed && waiting.attention == nil && waiting.nextChange == at(1_900))
        #expect(derived(now: 1_900, out).attention?.since == at(1_900))
    }

    private func observation(_ fact: Observation.Fact, at seconds: Int64) -> Observation {
        Observation(
            service: "jellyseerr", instance: "default", channel: .poll, fact: fact, naturalKey: "1",
            observedAt: at(seconds), receivedAt: at(seconds))
    }
}
