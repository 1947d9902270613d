import Settings
import Testing

@Suite struct SecretTests {
    let token = String(repeating: "s", count: 40)

    @Test("a secret may come from a file; one trailing newline goes") func secretFile() throws {
        let configuration = try load(
            ["MARQUEE_ADMIN_TOKEN_FILE": "/run/token"], files: ["/run/token": token + "\n"])
        #expect(configuration.adminToken == token)
        #expect(configuration.shown("MARQUEE_ADMIN_TOKEN") == "environment: set, from file")
        #expect(configuration.secrets == [token])
        #expect(problems(["MARQUEE_ADMIN_TOKEN_FILE": "/run/token"], files: ["/run/token": token + "\n\n"]).count == 1)
    }

    @Test("a secret set twice in one place, or in a file that cannot be read, stops the start")
    func secretFileProblems() {
        #expect(
            problems(["MARQUEE_ADMIN_TOKEN": token, "MARQUEE_ADMIN_TOKEN_FILE": "/x"]) == [
                "MARQUEE_ADMIN_TOKEN (environment): is set together with MARQUEE_ADMIN_TOKEN_FILE; keep one of the two."
            ])
        #expect(
            problems(["MARQUEE_ADMIN_TOKEN_FILE": "/missing"]) == [
                "MARQUEE_ADMIN_TOKEN_FILE (environment): names a file that cannot be read, /missing (no such file)."
            ])
        #expect(problems(["MARQUEE_API_KEY_FILE": "/empty"], files: ["/empty": "\n"]).first?.contains("empty") == true)
    }

    @Test("the environment's file beats the configuration file's value") func layersOfOneSecret() throws {
        let configuration = try load(
            ["MARQUEE_API_KEY_FILE": "/key"], file: #"{"marquee": {"api_key": "from-the-file"}}"#,
            files: ["/key": "from-the-environment"])
        #expect(configuration.apiKey == "from-the-environment")
    }

    @Test("the configuration file may name secret files too") func fileNamesSecretFile() throws {
        let configuration = try load(
            file: #"{"jellyfin": {"url": "http://jellyfin:8096", "api_key_file": "/key"}}"#, files: ["/key": "abc"])
        #expect(configuration.jellyfin.first?.apiKey == "abc")
        #expect(configuration.shown("JELLYFIN_API_KEY") == "file /marquee.json: set, from file")
    }

    @Test("no report, warning or problem shows a secret") func nothingShown() throws {
        let canary = "canary-canary-canary-canary-canary-canary"
        let configuration = try load([
            "MARQUEE_ADMIN_TOKEN": canary, "MARQUEE_API_KEY": canary, "SONARR_URL": "http://sonarr:8989",
            "SONARR_API_KEY": canary, "RADARR__4K__URL": "http://radarr", "RADARR__4K__API_KEY": canary,
            "MARQUEE_DATABASE_URL": "postgresql://marquee:\(canary)@db/marquee?password=\(canary)&x=1",
        ])
        #expect(!"\(configuration.sources)".contains(canary))
        #expect(!configuration.databaseURL.description.contains(canary))
        var dumped = ""
        dump(configuration, to: &dumped)
        dump(configuration.radarr, to: &dumped)
        dump(configuration.databaseURL, to: &dumped)
        #expect(!(dumped + "\(configuration)\(configuration.radarr)").contains(canary))
        #expect("\(configuration.radarr)" == "[radarr/4k at http://radarr]")
        #expect(configuration.secrets.allSatisfy { $0 == canary })
        #expect(configuration.secrets.count == 6)
        #expect(
            configuration.shown("MARQUEE_DATABASE_URL")
                == "environment: postgresql://marquee:***@db/marquee")
        let found = problems(["MARQUEE_ADMIN_TOKEN": canary + "ü", "JELLYFIN_API_KEY": canary, "MARQUEE_BIND": canary])
        #expect(found.count == 3)
        #expect(!"\(found)".contains(canary))
    }

    @Test("the database URL may be a path or a server; a password in it is found and hidden") func databaseURL() {
        #expect(DatabaseURL("sqlite:///var/lib/marquee/marquee.db")?.isSQLite == true)
        #expect(DatabaseURL("postgresql://db:5432/marquee")?.passwords == [])
        #expect(DatabaseURL("postgres://u:p%40ss@db/marquee")?.passwords == ["p%40ss"])
        #expect(DatabaseURL("postgresql://db/m?sslmode=require&sslpassword=y&password=x")?.passwords == ["y", "x"])
        #expect(DatabaseURL("postgresql://u@db:5432/m?sslmode=require")?.description == "postgresql://u@db:5432/m")
    }

    @Test(
        "a password that was not encoded is hidden whole",
        arguments: ["p@ss", "p/ss", "p?ss", "p:ss", "p@ss?x/y", "p/s@s?"])
    func carelessPassword(password: String) throws {
        let url = try #require(DatabaseURL("postgresql://user:\(password)@db/marquee"))
        #expect(!url.description.contains("ss"))
        #expect(url.description.hasPrefix("postgresql://user:***@"))
    }
}
