import Observability
import Settings
import Testing

@Suite struct ConfigurationTests {
    let token = String(repeating: "t", count: 32)

    @Test("nothing set gives the documented defaults") func defaults() throws {
        let configuration = try load()
        #expect(configuration.bind.description == "127.0.0.1:8100")
        #expect(configuration.bindsOnlyLoopback)
        #expect(configuration.basePath.isEmpty)
        #expect(configuration.dataDirectory == "./data")
        #expect(configuration.databaseURL.text == "sqlite://./data/marquee.db")
        #expect(configuration.backupDirectory == "./data/backups")
        #expect(configuration.backupEvery == .seconds(7 * 86_400))
        #expect(configuration.backupKeep == 7)
        #expect(configuration.deletionSettle == .seconds(3_600))
        #expect(configuration.animePaths == ["anime"])
        #expect(configuration.librarySyncInterval == .off)
        #expect(configuration.logFormat == .json)
        #expect(configuration.logLevel == .info)
        #expect(configuration.metricsAllow.isEmpty)
        #expect(configuration.pathMap.entries.isEmpty)
        #expect(configuration.shutdownGrace == .seconds(5))
        #expect(!configuration.syncTimeline)
        #expect(configuration.instances.isEmpty)
        #expect(configuration.warnings.isEmpty)
        #expect(configuration.secrets.isEmpty)
    }

    @Test("a terminal reads text, a container keeps its data in /config") func surroundings() throws {
        let onTerminal = try load(surroundings: Surroundings(isTerminal: true))
        #expect(onTerminal.logFormat == .text)
        let inContainer = try load(
            ["MARQUEE_ADMIN_TOKEN": token], surroundings: Surroundings(isContainer: true))
        #expect(inContainer.dataDirectory == "/config")
        #expect(inContainer.backupDirectory == "/config/backups")
        #expect(inContainer.bind.description == "0.0.0.0:8100")
    }

    @Test("environment beats file beats default") func order() throws {
        let file = #"{"marquee": {"backup_keep": 3, "log_level": "debug", "sync_timeline": true}}"#
        let configuration = try load(["MARQUEE_LOG_LEVEL": "error"], file: file)
        #expect(configuration.backupKeep == 3)
        #expect(configuration.logLevel == .error)
        #expect(configuration.syncTimeline)
        #expect(configuration.shown("MARQUEE_BACKUP_KEEP") == "file /marquee.json: 3")
        #expect(configuration.shown("MARQUEE_LOG_LEVEL") == "environment: error")
        #expect(configuration.shown("MARQUEE_BACKUP_EVERY") == "default: 7d")
    }

    @Test("empty means unset, in the environment and in the file") func empty() throws {
        let configuration = try load(
            ["MARQUEE_LOG_LEVEL": "", "MARQUEE_BASE_PATH": ""], file: #"{"marquee": {"log_level": "warn", "bind": ""}}"#
        )
        #expect(configuration.logLevel == .warn)
        #expect(configuration.bind.port == 8100)
    }

    @Test("a bad value names key, source and rule, and never the value")
    func badValue() {
        let found = problems(["MARQUEE_BACKUP_KEEP": "hunter2"], file: #"{"marquee": {"log_level": "loud"}}"#)
        #expect(
            found == [
                "MARQUEE_BACKUP_KEEP (environment): must be a whole number from 1 to 1000.",
                "MARQUEE_LOG_LEVEL (file /marquee.json): must be one of trace, debug, info, warn, error.",
            ])
    }

    @Test(
        "each rule refuses what it should",
        arguments: [
            ("MARQUEE_ADMIN_TOKEN", "short"), ("MARQUEE_ADMIN_TOKEN", String(repeating: "a b", count: 20)),
            ("MARQUEE_ANIME_PATHS", "anime/shows"), ("MARQUEE_API_KEY", "with\nnewline"),
            ("MARQUEE_BACKUP_EVERY", "7"), ("MARQUEE_BACKUP_EVERY", "5m"), ("MARQUEE_BACKUP_EVERY", "off"),
            ("MARQUEE_BACKUP_KEEP", "0"), ("MARQUEE_BASE_PATH", "marquee"), ("MARQUEE_BASE_PATH", "/a/../b"),
            ("MARQUEE_BIND", "8100"), ("MARQUEE_BIND", "127.0.0.1"), ("MARQUEE_BIND", "127.0.0.1:99999"),
            ("MARQUEE_BIND", "::1:8100"), ("MARQUEE_BIND", "host.example:1"), ("MARQUEE_DATABASE_URL", "mysql://x"),
            ("MARQUEE_DATABASE_URL", "sqlite://"), ("MARQUEE_LIBRARY_SYNC_INTERVAL", "14m"),
            ("MARQUEE_LOG_FORMAT", "xml"), ("MARQUEE_METRICS_ALLOW", "10.0.0.0/33"),
            ("MARQUEE_METRICS_ALLOW", "10.0.0.1,nonsense"), ("MARQUEE_PATH_MAP", "sonarr:/tv"),
            ("MARQUEE_PATH_MAP", "sonar:/tv=/media/tv"), ("MARQUEE_SHUTDOWN_GRACE", "-5s"),
            ("MARQUEE_SYNC_TIMELINE", "maybe"), ("MARQUEE_URL", "ftp://example"),
            ("MARQUEE_URL", "http://example/?apikey=hunter2"),
        ])
    func refused(name: String, value: String) {
        let found = problems([name: value])
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("\(name) (environment): must be ") == true)
        #expect(found.first?.contains("hunter2") == false)
    }

    @Test("every problem of one start is named at once, one to a line") func allProblems() {
        let error = #expect(throws: ConfigurationError.self) {
            _ = try load(["MARQUEE_BIND": "x", "JELLYFIN_URL": "jellyfin:8096", "JELLYFIN_API_KEY": "k"])
        }
        let lines = error?.description.split(separator: "\n").map(String.init)
        #expect(lines?.count == 3)
        #expect(lines?.first == "Configuration: 2 problems:")
    }

    @Test("an unknown name of ours is a warning with the nearest one that exists") func unknownName() throws {
        let configuration = try load([
            "MARQUEE_LOG_LEVLE": "debug", "MARQUEE_QUITE_ELSE": "1", "PATH": "/bin", "JELLYFIN_PublishedServerUrl": "x",
        ])
        #expect(
            configuration.warnings == [
                "Unknown setting MARQUEE_LOG_LEVLE (environment) is ignored; did you mean MARQUEE_LOG_LEVEL?",
                "Unknown setting MARQUEE_QUITE_ELSE (environment) is ignored.",
            ])
    }

    @Test("beyond this machine only where somebody can sign in") func bindWithoutToken() throws {
        let found = problems(["MARQUEE_BIND": "0.0.0.0:8100"])
        #expect(
            found == [
                "MARQUEE_BIND (environment): would let others in while nobody can sign in; "
                    + "configure Jellyfin (JELLYFIN_URL, JELLYFIN_API_KEY), "
                    + "set MARQUEE_ADMIN_TOKEN (32 characters or more), or bind 127.0.0.1."
            ])
        #expect(problems(["MARQUEE_BIND": "[::]:8100"]).count == 1)
        #expect(problems(["MARQUEE_BIND": "192.168.1.5:80"]).count == 1)
        #expect(try load(["MARQUEE_BIND": "127.9.9.9:0"]).bindsOnlyLoopback)
        #expect(try load(["MARQUEE_BIND": "[::1]:8100"]).bind.host == "::1")
        #expect(try load(["MARQUEE_BIND": "localhost:1"]).bindsOnlyLoopback)
        let open = try load(["MARQUEE_BIND": "0.0.0.0:8100", "MARQUEE_ADMIN_TOKEN": token])
        #expect(!open.bindsOnlyLoopback)
        #expect(open.adminToken == token)
        let jellyfin = ["MARQUEE_BIND": "0.0.0.0:8100", "JELLYFIN_URL": "http://jelly:8096", "JELLYFIN_API_KEY": "k"]
        #expect(try !load(jellyfin).bindsOnlyLoopback)
    }

    @Test("a container where nobody can sign in can be reached, and says what opens it") func containerWithoutToken()
        throws
    {
        let configuration = try load(surroundings: Surroundings(isContainer: true))
        #expect(configuration.bind.description == "0.0.0.0:8100")
        #expect(configuration.warnings.count == 1)
        #expect(configuration.warnings.first?.contains("set-up code") == true)
        let open = try load(["MARQUEE_ADMIN_TOKEN": token], surroundings: Surroundings(isContainer: true))
        #expect(open.warnings.isEmpty)
    }

    @Test("a base path loses its trailing slash", arguments: [("/marquee/", "/marquee"), ("/", ""), ("/a/b", "/a/b")])
    func basePath(text: String, expected: String) throws {
        #expect(try load(["MARQUEE_BASE_PATH": text]).basePath == expected)
    }
}
