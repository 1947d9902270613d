import Media
import Testing

/// When a request enters a stage is told once, however the beginning of the stage is learned.
@Suite struct StoryEntranceTests {
    private static let noon = Timestamp(milliseconds: 1_700_000_000_000)

    private func line(_ stage: Stage, _ key: String, after seconds: Int) -> StoryLine {
        StoryLine(
            key: "stage|" + key, at: Self.noon.advanced(by: .seconds(seconds)), service: "jellyfin",
            event: stage.rawValue, stage: stage)
    }

    private func told(_ stage: Stage, _ key: String, after seconds: Int) -> ToldLine {
        let line = line(stage, key, after: seconds)
        return ToldLine(key: line.key, event: line.event, at: line.at, stage: stage)
    }

    @Test("waiting that seems to begin anew as episodes go on is the same waiting")
    func moves() {
        let first = told(.animeMatching, "a", after: 0)
        for seconds in [1, 59, 600, 3_600] {
            #expect(line(.animeMatching, "b", after: seconds).continuing([first]).key == first.key)
        }
    }

    @Test("waiting hours later is told again only if something lay between")
    func later() {
        let first = told(.syncingLibrary, "a", after: 0)
        let again = line(.syncingLibrary, "b", after: 90_000)
        #expect(again.continuing([first]).key == first.key)
        #expect(again.continuing([first, told(.available, "x", after: 300)]).key == again.key)
    }

    @Test("available again after another grab is told again, an earlier proof corrects the time")
    func available() {
        let first = told(.available, "a", after: 100)
        let grabbed = ToldLine(
            key: "grabbed|1", event: "grabbed", at: Self.noon.advanced(by: .seconds(200)), stage: .indexed)
        let again = line(.available, "b", after: 300)
        #expect(again.continuing([first, grabbed]).key == again.key)
        let earlier = line(.available, "c", after: 40).continuing([first])
        #expect(earlier.key == first.key)
        #expect(earlier.at == Self.noon.advanced(by: .seconds(40)))
    }

    @Test("lines that are no entrance stay as they are")
    func others() {
        var grabbed = line(.indexed, "a", after: 0)
        grabbed.key = "grabbed|1"
        #expect(grabbed.continuing([told(.indexed, "a", after: 0)]) == grabbed)
    }
}
