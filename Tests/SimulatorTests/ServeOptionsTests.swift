import Simulator
import Testing

@Suite("The command line")
struct ServeOptionsTests {
    @Test("has defaults, and takes values after a space or an equals sign")
    func values() throws {
        #expect(try ServeOptions([]).plan.size == LibrarySize(films: 300, series: 60, episodes: 2_500))
        let options = try ServeOptions([
            "--library", "films=7,series=2", "--seed=9", "--port", "0", "--jellyfin-version=12", "--contradictions",
            "50",
            "--radarr-instances", "default,4k", "--separate-ports", "--url-base", "--bind=::1",
        ])
        #expect(options.plan.size == LibrarySize(films: 7, series: 2) && options.plan.seed == 9 && options.port == 0)
        #expect(options.jellyfin == .v12 && options.plan.contradictions == 50 && options.bind == "::1")
        #expect(options.plan.radarrInstances == ["default", "4k"] && options.hasSeparatePorts && options.hasURLBase)
        let stack = try ServeOptions(["--qbittorrent-version", "4.6", "--shoko-version=6", "--torrents", "12"]).stack
        #expect(stack == StackOptions(qbittorrent: .v4_6, torrents: 12, shoko: .v6))
        #expect(try ServeOptions(["--plain"]).plan == LibraryPlan(size: options.tier("small"), isPlain: true))
    }

    @Test(
        "names the flag it does not understand",
        arguments: [
            ["--nonsense"], ["--library", "enormous"], ["--library", "films=-1"], ["--library", "films=x"],
            ["--seed", "x"],
            ["--port", "99999"], ["--port"], ["--jellyfin-version", "9"], ["--qbittorrent-version", "4.5"],
            ["--shoko-version", "4"],
            ["--torrents", "-1"], ["--radarr-instances", "4k"],
            ["--radarr-instances", "default,default"], ["--plain=1"], ["--url-base"], ["--contradictions", "-1"],
            ["serve"],
        ])
    func errors(arguments: [String]) {
        let error = #expect(throws: OptionError.self) { try ServeOptions(arguments) }
        let flag = arguments[0].split(separator: "=")[0]
        #expect(error?.description.contains(flag) == true)
    }
}

extension ServeOptions {
    fileprivate func tier(_ name: String) -> LibrarySize {
        LibrarySize.tiers.first { $0.name == name }?.size ?? LibrarySize(films: 0, series: 0)
    }
}
