import HTTPClient
import Settings
import Testing

/// Services that are entered otherwise than by a key alone, and the many names of Seerr.
@Suite struct LoginTests {
    @Test("qBittorrent takes a key, a name and password, or nothing where it trusts the address")
    func qbittorrent() throws {
        func credentials(_ more: [String: String]) throws -> ServiceInstance.Credentials? {
            try load(["QBITTORRENT_URL": "http://q:8080"].merging(more) { $1 }).qbittorrent.first?.credentials
        }
        #expect(try credentials([:]) == ServiceInstance.Credentials.none)
        #expect(try credentials(["QBITTORRENT_API_KEY": "qbt_x"]) == .key("qbt_x"))
        #expect(
            try credentials(["QBITTORRENT_USERNAME": "admin", "QBITTORRENT_PASSWORD": "pass word"])
                == .login(name: "admin", password: "pass word"))
        #expect(
            try load(
                [
                    "QBITTORRENT_URL": "http://q", "QBITTORRENT_USERNAME": "admin",
                    "QBITTORRENT_PASSWORD_FILE": "/run/q",
                ], files: ["/run/q": "geheim\n"]
            ).secrets == ["geheim"])
    }

    @Test("Shoko takes a key, or a name whose password may be empty") func shoko() throws {
        let url = ["SHOKO_URL": "http://s:8111"]
        #expect(try load(url.merging(["SHOKO_API_KEY": "k"]) { $1 }).shoko.first?.apiKey == "k")
        let login = try load(url.merging(["SHOKO_USERNAME": "Default"]) { $1 }).shoko.first
        #expect(login?.credentials == .login(name: "Default", password: ""))
        #expect(login?.apiKey == "")
    }

    @Test(
        "too little and too much are problems that name what to mend",
        arguments: [
            ("SHOKO_URL=http://s", "SHOKO_API_KEY: or SHOKO_USERNAME is needed with SHOKO_URL."),
            ("JELLYSEERR_URL=http://s", "JELLYSEERR_API_KEY: is needed with JELLYSEERR_URL."),
            (
                "QBITTORRENT_URL=http://q QBITTORRENT_USERNAME=a",
                "QBITTORRENT_PASSWORD: is needed with QBITTORRENT_USERNAME."
            ),
            (
                "QBITTORRENT_URL=http://q QBITTORRENT_PASSWORD=a",
                "QBITTORRENT_USERNAME: is needed with QBITTORRENT_PASSWORD."
            ),
            (
                "SHOKO_URL=http://s SHOKO_API_KEY=k SHOKO_USERNAME=a",
                "SHOKO_API_KEY (environment): is set together with SHOKO_USERNAME; keep the key or the user name."
            ),
            ("QBITTORRENT__SEED__USERNAME=a", "QBITTORRENT__SEED__URL: is needed with QBITTORRENT__SEED__USERNAME."),
        ])
    func incomplete(environment: String, expected: String) {
        #expect(problems(variables(environment)) == [expected])
    }

    @Test("a name or password on two lines is refused and not shown") func controlCharacters() {
        let found = problems(["QBITTORRENT_URL": "http://q", "QBITTORRENT_USERNAME": "hunter2\n"])
        #expect(found.first == "QBITTORRENT_USERNAME (environment): must be a text without control characters.")
    }

    @Test("Seerr's settings may bear any of its three names, further instances too") func aliases() throws {
        for name in ["JELLYSEERR", "SEERR", "OVERSEERR"] {
            let configuration = try load([
                "\(name)_URL": "http://s", "\(name)_API_KEY": "k", "\(name)__KIDS__URL": "http://k",
                "\(name)__KIDS__API_KEY": "k",
            ])
            #expect(configuration.jellyseerr.map(\.displayName) == ["jellyseerr", "jellyseerr/kids"])
            #expect(configuration.warnings.isEmpty)
        }
        for name in ["jellyseerr", "seerr", "overseerr"] {
            let configuration = try load(file: #"{"\#(name)": {"url": "http://s", "api_key": "k"}}"#)
            #expect(configuration.jellyseerr.count == 1)
            #expect(configuration.warnings.isEmpty)
        }
    }

    @Test("of two names for one setting the usual one counts, and the other is named") func twoNames() throws {
        let configuration = try load([
            "JELLYSEERR_URL": "http://a", "JELLYSEERR_API_KEY": "k", "SEERR_URL": "http://b", "OVERSEERR_API_KEY": "k",
        ])
        #expect(configuration.jellyseerr.first?.url.description == "http://a")
        #expect(configuration.warnings == ["SEERR_URL (environment) is ignored: JELLYSEERR_URL sets the same."])
        #expect(
            problems(file: #"{"seerr": {"url": "http://a"}, "overseerr": {"url": "http://b"}}"#).first
                == "overseerr.url (file /marquee.json): stands under two names of its service.")
    }

    @Test("credentials never show what they are") func hidden() throws {
        let configuration = try load([
            "QBITTORRENT_URL": "http://q", "QBITTORRENT_USERNAME": "a", "QBITTORRENT_PASSWORD": "canary",
            "MARQUEE_WEBHOOK_TOKEN": "canary",
        ])
        var dumped = "\(configuration) \(configuration.webhooks) \(configuration.qbittorrent)"
        dump(configuration, to: &dumped)
        dump(configuration.webhooks, to: &dumped)
        dump(configuration.qbittorrent.map(\.credentials), to: &dumped)
        #expect(!dumped.contains("canary"))
        #expect(configuration.secrets == ["canary", "canary"])
    }

    private func variables(_ text: String) -> [String: String] {
        let pairs = text.split(separator: " ").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
        return Dictionary(uniqueKeysWithValues: pairs.map { ($0[0], $0[1]) })
    }
}
