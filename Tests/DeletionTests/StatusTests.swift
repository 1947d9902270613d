import Media
import TestSupport
import Testing

/// What the steps of a deletion come to together.
@Suite struct StatusTests {
    private static func step(_ status: StepStatus, _ target: String = "", _ service: DeletionService = .radarr)
        -> DeletionStep
    {
        DeletionStep(
            service: service, instance: "default", target: target, status: status, at: Timestamp(milliseconds: 0))
    }

    @Test("anything open is in progress, else any failure is incomplete, else it is complete", arguments: 0..<300)
    func status(seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        var newest: [String: StepStatus] = [:]
        var steps: [DeletionStep] = []
        for _ in 0..<random.below(12) {
            let target = "t\(random.below(4))"
            let status = random.pick(StepStatus.allCases)
            newest[target] = status
            steps.append(Self.step(status, target))
        }
        let states = Set(newest.values)
        let expected: DeletionStatus =
            !states.isDisjoint(with: [.pending, .acknowledged, .confirmed])
            ? .inProgress : states.contains(.failed) ? .incomplete : .complete
        #expect(steps.status == expected, "seed \(seed)")
        #expect(steps.newest.count == newest.count)
        #expect(steps.newest.allSatisfy { newest[$0.target] == $0.status }, "seed \(seed)")
    }

    @Test("every service appears once for each of its instances, the untouched ones too") func services() {
        let all = ServiceOutcome.all([Self.step(.verified, "movie:1"), Self.step(.failed, "torrent:1", .qbittorrent)])
        #expect(all.map(\.service) == DeletionService.allCases)
        #expect(all.filter { $0.status == .notApplicable }.count == 4)
        #expect(all.first { $0.service == .qbittorrent }?.actions == ["retry", "open_qbittorrent"])
    }

    @Test(
        "of several targets the one that matters most speaks for the service",
        arguments: [
            ([StepStatus.verified, .failed], StepStatus.failed), ([.confirmed, .failed], .confirmed),
            ([.skipped, .verified], .verified), ([.notNeeded, .skipped], .skipped),
            ([.verified, .verified], .verified),
        ])
    func together(states: [StepStatus], expected: StepStatus) {
        let steps = states.enumerated().map { Self.step($0.element, "t\($0.offset)") }
        #expect(ServiceOutcome.all(steps).first { $0.service == .radarr }?.status == expected)
    }
}
