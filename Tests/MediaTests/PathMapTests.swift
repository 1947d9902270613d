import Media
import Testing

@Suite("PathMap")
struct PathMapTests {
    private let map = PathMap([
        .init(service: "radarr", instance: nil, prefix: "/movies", common: "/data/films"),
        .init(service: "radarr", instance: "4k", prefix: "/movies/uhd/", common: "/data/uhd"),
        .init(service: "jellyfin", instance: nil, prefix: "D:\\Films", common: "/data/films/"),
    ])

    @Test(
        "translates whole components, the longest prefix first",
        arguments: [
            ("radarr", "default", "/movies/Alien (1979)", "/data/films/Alien (1979)"),
            ("radarr", "4k", "/movies/uhd/Alien", "/data/uhd/Alien"),
            ("radarr", "default", "/movies/uhd/Alien", "/data/films/uhd/Alien"),
            ("radarr", "default", "/movies2/Alien", "/movies2/Alien"),
            ("radarr", "default", "/movies", "/data/films"), ("radarr", "default", "/movies/", "/data/films"),
            ("jellyfin", "default", "D:\\Films\\Alien\\", "/data/films/Alien"),
            ("sonarr", "default", "/movies/x", "/movies/x"), ("radarr", "default", "", ""),
            ("radarr", "default", "/", "/"),
        ])
    func translates(service: String, instance: String, path: String, wanted: String) {
        #expect(map.common(path, service: service, instance: instance) == wanted)
    }
}
