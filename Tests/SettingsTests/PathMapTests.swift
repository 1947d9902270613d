import Settings
import Testing

@Suite struct PathMapTests {
    func map(_ text: String) throws -> PathMap { try load(["MARQUEE_PATH_MAP": text]).pathMap }

    @Test("each service's prefix becomes the common one, the longest prefix first") func prefixes() throws {
        let map = try map("sonarr:/tv=/media/tv, sonarr:/tv/anime=/media/anime,radarr/4k:/movies/=/media/4k")
        let sonarr = map.mapper(for: "sonarr")
        #expect(sonarr("/tv/Show/S01") == "/media/tv/Show/S01")
        #expect(sonarr("/tv/anime/Mushishi") == "/media/anime/Mushishi")
        #expect(sonarr("/tv") == "/media/tv")
        #expect(sonarr("/tv2/Show") == "/tv2/Show")
        #expect(map.mapper(for: "radarr", instance: "4k")("/movies/A") == "/media/4k/A")
        #expect(map.mapper(for: "radarr").isIdentity)
        #expect(map.mapper(for: "sonarr", instance: "anime")("/tv/x") == "/media/tv/x")
    }

    @Test("an instance's own entry beats its service's") func instanceFirst() throws {
        let map = try map("radarr:/m=/media/hd,radarr/4k:/m=/media/4k")
        #expect(map.mapper(for: "radarr", instance: "4k")("/m/A") == "/media/4k/A")
        #expect(map.mapper(for: "radarr")("/m/A") == "/media/hd/A")
    }

    @Test("the first colon ends the service, so drive letters work, with either separator") func windows() throws {
        let mapper = try map(#"sonarr:D:\TV=/media/tv"#).mapper(for: "sonarr")
        #expect(mapper(#"D:\TV\Show\S01E01.mkv"#) == "/media/tv/Show/S01E01.mkv")
        #expect(mapper("D:/TV/Show") == "/media/tv/Show")
        #expect(mapper(#"E:\TV"#) == #"E:\TV"#)
    }

    @Test("the root can stand on either side") func root() throws {
        #expect(try map("disk:/=/media").mapper(for: PathMap.disk)("/tv/x") == "/media/tv/x")
        #expect(try map("jellyfin:/data=/").mapper(for: "jellyfin")("/data") == "/")
        #expect(try map("jellyfin:/data=/").mapper(for: "jellyfin")("/data/tv") == "/tv")
    }

    @Test("paths with commas go into the file, as a list") func commas() throws {
        let configuration = try load(file: #"{"marquee": {"path_map": ["sonarr:/tv, old=/media/tv"]}}"#)
        #expect(configuration.pathMap.mapper(for: "sonarr")("/tv, old/x") == "/media/tv/x")
    }
}
