import Media
import Store
import TestSupport
import Testing

@testable import Deletion

/// What holds of every plan, whatever the services say.
@Suite struct PlannerPropertyTests {
    @Test("every plan keeps the rules, for any facts", arguments: 0..<400)
    func rules(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let facts = Self.facts(&random)
        let options = Self.options(&random, facts)
        let item = Sample.plan(facts, options)

        // Every service appears, in the order of the calls.
        let order = item.steps.compactMap { DeletionService.allCases.firstIndex(of: $0.service) }
        #expect(Set(order).count == DeletionService.allCases.count && order == order.sorted(), "seed \(seed)")
        for step in item.steps {
            // What is called has a call; what is not has none that would run.
            #expect((step.status == .pending) == (step.work != nil) || step.status == .skipped, "seed \(seed): \(step)")
            // Unknown is never absent.
            if step.error != nil { #expect(step.status == .failed, "seed \(seed)") }
            if case .torrent(let hash, let withFiles)? = step.work {
                #expect(TorrentHash(hash) != nil && (options.deletesFiles || !withFiles), "seed \(seed)")
                #expect(step.status != .pending || facts.asked.sharers.isEmpty, "seed \(seed)")
            }
            if case .title(let work)? = step.work {
                #expect(options.deletesFiles || (!work.withFiles && work.filesFirst.isEmpty), "seed \(seed)")
            }
            if case .media(_, _, let requests)? = step.work {
                let held = facts.seerr.compactMap { $0.media.value ?? nil }.flatMap(\.requests).map(\.id.value)
                #expect(Set(held).isSubset(of: Set(requests)), "seed \(seed): a request would be lost")
            }
        }
        if !options.deletesFiles {
            let called = item.steps.filter { $0.status == .pending }.map(\.service)
            #expect(!called.contains(.jellyfin) && !called.contains(.shoko), "seed \(seed)")
        }
        if options.scope != nil { #expect(!item.endsRows, "seed \(seed)") }
        #expect(item.subject.requests.first == facts.asked.row.id)
        #expect(Set(item.steps.map(\.key)).count == item.steps.count, "seed \(seed): a target stands twice")
    }

    @Test("safe mode and mere records leave nothing to call", arguments: 0..<100)
    func nothingToCall(seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        let facts = Self.facts(&random)
        let options = Self.options(&random, facts)
        let origin = random.pick(DeletionService.allCases)
        for mode in [DeletionPlanner.Mode.disabled, .external(origin: origin, propagates: false)] {
            #expect(!Sample.plan(facts, options, mode).steps.contains { $0.status.isOpen }, "seed \(seed)")
        }
    }

    @Test(
        "the same facts give the same plan; its digest tells what it does, not how it is described", arguments: 0..<60)
    func digest(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let facts = Self.facts(&random)
        let options = Self.options(&random, facts)
        let item = Sample.plan(facts, options)
        let digest = try DeletionItem.digest(of: [item], options)
        #expect(try DeletionItem.digest(of: [Sample.plan(facts, options)], options) == digest)
        #expect(try DeletionItem(json: item.json()) == item)
        var described = item
        for place in described.steps.indices { described.steps[place].details = "other words" }
        described.bytes = 1
        #expect(try DeletionItem.digest(of: [described], options) == digest)
        if let place = item.steps.firstIndex(where: { $0.status == .pending }) {
            var changed = item
            changed.steps[place].status = .skipped
            #expect(try DeletionItem.digest(of: [changed], options) != digest)
        }
    }

    private static func told<Value>(_ random: inout SeededRandom, _ value: Value) -> Told<Value> {
        random.chance(20) ? .unknown("somewhere: unreachable") : .known(value)
    }

    private static func facts(_ random: inout SeededRandom) -> MediumFacts {
        let isFilm = random.chance(50)
        var facts = isFilm ? Sample.film() : Sample.series()
        let variant = random.pick([Variant?.none, .hd, .uhd])
        facts.asked.row.variant = variant
        facts.asked.row.isAnime = random.pick([nil, true, false])
        if !isFilm { facts.asked.row.seasons = random.pick([[], [1], [2], [1, 2]]) }
        if random.chance(30) { facts.asked.sharers = [Sample.hash(1): ["Another"]] }
        if random.chance(30) {
            facts.siblings = [
                Sample.row(
                    2, isFilm ? .movie : .tv, variant: random.pick([nil, .hd, .uhd]), seasons: isFilm ? [] : [2])
            ]
        }
        for place in facts.arrs.indices {
            facts.arrs[place].entries = told(&random, facts.arrs[place].entries.value ?? [])
            facts.arrs[place].files = told(&random, facts.arrs[place].files.value ?? [])
            facts.arrs[place].hashes = told(&random, random.chance(50) ? [Sample.hash(1): [101, 201]] : [:])
            facts.arrs[place].variant = random.pick([nil, .hd, .uhd])
            if random.chance(20) {
                facts.arrs[place].overlaps = told(&random, [.init(title: "Other", path: "/m", files: ["/x"])])
            }
        }
        facts.clients = [
            ClientFacts(
                "default",
                told(
                    &random,
                    [
                        Sample.torrent(1) {
                            $0.isPrivate = random.pick([nil, true, false])
                            $0.progress = random.pick([0.5, 1])
                        }, Sample.torrent(2) { $0.contentPath = "/downloads/torrent-1" },
                    ]))
        ]
        facts.shoko = [ShokoFacts("default", told(&random, [ShokoFileReading(id: 4, locations: [], references: nil)]))]
        facts.jellyfin = JellyfinFacts(
            "default", told(&random, [Sample.holding(1, width: 1_920), Sample.holding(2, width: 3_840)]))
        let requests = [
            Sample.request(69, random.pick([.hd, .uhd]), seasons: [1]), Sample.request(70, .hd, seasons: [2]),
        ]
        facts.seerr = [
            SeerrFacts(
                "default", told(&random, random.chance(80) ? Sample.media(requests) : nil), hasNumber: random.chance(90)
            )
        ]
        return facts
    }

    private static func options(_ random: inout SeededRandom, _ facts: MediumFacts) -> DeletionOptions {
        Sample.options(files: random.chance(60)) { options in
            options.torrents = random.pick(TorrentChoice.allCases)
            options.addsExclusion = random.chance(20)
            if facts.asked.row.mediaType == .tv && random.chance(30) { options.scope = DeletionScope(seasons: [2]) }
        }
    }
}
