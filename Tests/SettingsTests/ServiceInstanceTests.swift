import Media
import Settings
import Testing

@Suite struct ServiceInstanceTests {
    @Test("a service needs address and key") func addressAndKey() throws {
        let configuration = try load([
            "JELLYFIN_URL": "http://jellyfin:8096/jf/", "JELLYFIN_API_KEY": "k",
            "JELLYFIN_PUBLIC_BASE_URL": "https://media.example/jf",
        ])
        let jellyfin = try #require(configuration.jellyfin.first)
        #expect(jellyfin.displayName == "jellyfin")
        #expect(jellyfin.instance == "default")
        #expect(jellyfin.publicURL != nil)
        #expect(jellyfin.variant == nil)
        #expect(problems(["SONARR_URL": "http://s"]) == ["SONARR_API_KEY: is needed with SONARR_URL."])
        #expect(problems(["SONARR_API_KEY": "k"]) == ["SONARR_URL: is needed with SONARR_API_KEY."])
        #expect(
            problems(["RADARR__4K__VARIANT": "4k"]) == ["RADARR__4K__URL: is needed with RADARR__4K__VARIANT."])
    }

    @Test("a wrong address stops the start and is not repeated") func wrongURL() {
        #expect(
            problems(["RADARR_URL": "radarr:7878", "RADARR_API_KEY": "k"]) == [
                "RADARR_URL (environment): must be an http:// or https:// URL without user name, query or fragment."
            ])
    }

    @Test("double underscores name further instances, which come after the default one, by name")
    func furtherInstances() throws {
        let configuration = try load(
            [
                "RADARR_URL": "http://a", "RADARR_API_KEY": "k", "RADARR__4K__URL": "http://b",
                "RADARR__4K__API_KEY": "k",
                "RADARR__ANIME__URL": "http://c", "RADARR__ANIME__API_KEY_FILE": "/k",
            ], files: ["/k": "k"])
        #expect(configuration.radarr.map(\.displayName) == ["radarr", "radarr/4k", "radarr/anime"])
        #expect(configuration.radarr.map(\.variant) == [.hd, .uhd, .hd])
        #expect(configuration.instances.count == 3)
    }

    @Test("4K in the name is enough, and only where a library is kept twice") func variantByName() throws {
        let configuration = try load([
            "SONARR_URL": "http://a", "SONARR_API_KEY": "k", "SONARR__ANIME-4K__URL": "http://b",
            "SONARR__ANIME-4K__API_KEY": "k", "QBITTORRENT__4K__URL": "http://q",
        ])
        #expect(configuration.sonarr.map(\.variant) == [.hd, .uhd])
        #expect(configuration.qbittorrent.map(\.variant) == [nil])
        #expect(configuration.instances(of: .qbittorrent).map(\.displayName) == ["qbittorrent/4k"])
    }

    @Test("a variant may be said; without a 4K instance none is assumed") func variants() throws {
        let said = try load([
            "SONARR_URL": "http://a", "SONARR_API_KEY": "k", "SONARR__BIG__URL": "http://b",
            "SONARR__BIG__API_KEY": "k", "SONARR__BIG__VARIANT": "4K",
        ])
        #expect(said.sonarr.map(\.variant) == [.hd, .uhd])
        let none = try load(["SONARR_URL": "http://a", "SONARR_API_KEY": "k"])
        #expect(none.sonarr.map(\.variant) == [nil])
    }

    @Test("an object inside a service's section of the file is a further instance; the environment adds to it")
    func instancesInTheFile() throws {
        let configuration = try load(
            ["RADARR__4K__API_KEY": "k"],
            file: #"{"radarr": {"url": "http://a", "api_key": "k", "4k": {"url": "http://b", "variant": "hd"}}}"#)
        #expect(configuration.radarr.map(\.displayName) == ["radarr", "radarr/4k"])
        #expect(configuration.radarr.last?.variant == .hd)
    }

    @Test("variables the *arrs themselves read name no instance; a slip in one of ours is a warning")
    func foreignVariables() throws {
        let configuration = try load([
            "RADARR__SERVER__PORT": "7878", "SONARR__AUTH__APIKEY": "k", "RADARR__4K__URL": "http://b",
            "RADARR__4K__API_KEY": "k", "RADARR__4K__PUBLIC_BASE_ULR": "http://c",
        ])
        #expect(configuration.radarr.map(\.instance) == ["4k"])
        #expect(configuration.sonarr.isEmpty)
        #expect(
            configuration.warnings == [
                "Unknown setting RADARR__4K__PUBLIC_BASE_ULR (environment) is ignored; "
                    + "did you mean RADARR__4K__PUBLIC_BASE_URL?"
            ])
    }
}
