extension OddCases {
    /// Cases that every library of useful size has at least once, by place among the films.
    private static let filmFixtures: [OddCases] = [
        .composedTwin, .decomposedTwin, .futureDate, .stub, .blankedID, .emptyID, .wrongCaseID, .withoutIDs, .duplicate,
        .pair4K, .twoSources, .nonLatin, [], [], [], .anidbOnly, .crossedIDs, .doubledInArr, .otherIMDbInArr,
        .ancientDate,
    ]

    /// The same for series.
    private static let seriesFixtures: [OddCases] = [
        .longSeries, .anidbOnly, .missingEpisode, .withoutIDs, .duplicate, .futureDate, .nonLatin, .episodeID, [], [],
    ]

    /// Contradictions, which `--contradictions 0` removes.
    private static let contradictory: OddCases = [.crossedIDs, .doubledInArr, .otherIMDbInArr, .episodeID]

    /// The fixed cases of a library large enough to hold them all; nil elsewhere.
    static func fixture(_ kind: Title.Kind, _ ordinal: Int, of count: Int, contradictions: Int) -> OddCases? {
        let fixtures = kind == .movie ? filmFixtures : seriesFixtures
        guard count >= fixtures.count, ordinal < fixtures.count else { return nil }
        return contradictions > 0 ? fixtures[ordinal] : fixtures[ordinal].subtracting(contradictory)
    }

    /// The cases of any other title, in the shares of simulator.md §6.
    static func drawn(_ number: Int, _ kind: Title.Kind, dice: Dice, contradictions: Int) -> OddCases {
        var cases = identifierCase(dice.perMille(number, .oddIdentifiers))
        let copies = dice.perMille(number, .oddCopies)
        if copies < 5 { cases.insert(.duplicate) }
        if kind == .movie {
            if (5..<35).contains(copies) { cases.insert(.pair4K) }
            if dice.perMille(number, .oddSources) < 100 {
                cases.insert(.twoSources)
            } else if dice.perMille(number, .oddStub) < 3 {
                cases.insert(.stub)
            }
        } else if dice.perMille(number, .oddSources) < 50 {
            cases.insert(.missingEpisode)
        }
        if dice.perMille(number, .oddScript) < 20 { cases.insert(.nonLatin) }
        switch dice.perMille(number, .oddDate) {
        case 0, 1: cases.insert(.futureDate)
        case 2, 3: cases.insert(.ancientDate)
        default: break
        }
        if contradictions > 0 { cases.formUnion(contradiction(number, kind, dice: dice, oneIn: contradictions)) }
        return cases
    }

    private static func identifierCase(_ roll: Int) -> OddCases {
        switch roll {
        case 0..<20: .withoutIDs
        case 20..<70: .anidbOnly
        case 70..<72: .blankedID
        case 72..<74: .emptyID
        case 74..<76: .wrongCaseID
        default: []
        }
    }

    private static func contradiction(_ number: Int, _ kind: Title.Kind, dice: Dice, oneIn: Int) -> OddCases {
        let roll = dice.roll(number, .contradiction)
        guard roll % UInt64(oneIn) == 0 else { return [] }
        let choice = (roll / UInt64(oneIn)) % 3
        guard kind == .movie else { return choice == 0 ? .doubledInArr : .episodeID }
        return [OddCases.crossedIDs, .doubledInArr, .otherIMDbInArr][Int(choice)]
    }
}
