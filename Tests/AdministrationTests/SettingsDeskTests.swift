import Administration
import Cryptography
import Database
import HTTPClient
import Media
import Observability
import Settings
import Store
import TestSupport
import Testing

@Suite("Settings in the database", .timeLimit(.minutes(2)))
struct SettingsDeskTests {
    private static let radarr = #"{"url": "http://radarr:7878", "api_key": "radarr-secret-1"}"#

    @Test("hold above the file's and the defaults, and below the environment's", arguments: Backend.allCases)
    func layers(backend: Backend) async throws {
        try await Desk.with(backend) { desk in
            try await desk.save(.marquee, #"{"log_level": "debug", "backup_keep": 3}"#)
            let configuration = try await desk.desk(["MARQUEE_LOG_LEVEL": "error"]).configuration()
            #expect(configuration.logLevel == .error)
            #expect(configuration.backupKeep == 3)
            #expect(configuration.sources.first { $0.name == "MARQUEE_BACKUP_KEEP" }?.source == .database)
            try await desk.save(.marquee, #"{"backup_keep": null}"#)
            #expect(try await desk.desk().configuration().backupKeep == 7)
        }
    }

    @Test("keep a service with its key and further instances; null takes one away", arguments: Backend.allCases)
    func services(backend: Backend) async throws {
        try await Desk.with(backend) { desk in
            try await desk.save(.service(.radarr), Self.radarr)
            try await desk.save(
                .service(.radarr), #"{"4k": {"url": "http://uhd:7878", "api_key": "radarr-secret-2"}}"#)
            let radarr = try await desk.desk().configuration().radarr
            #expect(radarr.map(\.instance) == ["default", "4k"])
            #expect(radarr.map(\.apiKey) == ["radarr-secret-1", "radarr-secret-2"])
            try await desk.save(.service(.radarr), #"{"4k": null}"#)
            #expect(try await desk.desk().configuration().radarr.map(\.instance) == ["default"])
        }
    }

    @Test("no secret is stored, told or audited as it is; each is redacted", arguments: Backend.allCases)
    func secrets(backend: Backend) async throws {
        try await Desk.with(backend) { desk in
            try await desk.save(.service(.radarr), Self.radarr)
            let rows = try await desk.store.read { try $0.settings() }
            for row in rows where row.name == "RADARR_API_KEY" {
                guard case .sealed(let bytes) = row.content else {
                    Issue.record("the key is stored as it is")
                    continue
                }
                #expect(!String(decoding: bytes, as: UTF8.self).contains("secret"))
            }
            #expect(rows.map(\.name) == ["RADARR_API_KEY", "RADARR_URL"])
            #expect(desk.redacted.all.contains("radarr-secret-1"))
            let audit = try await desk.store.read { try $0.audit(before: nil, limit: 10) }
            #expect(audit.map(\.object) == ["RADARR_URL", "RADARR_API_KEY"])
            #expect(audit.map(\.after) == ["http://radarr:7878", "set"])
            #expect(audit.allSatisfy { $0.who == "ada" && $0.address == "192.0.2.1" && $0.before == nil })
            let groups = try await desk.desk().groups(of: .service(.radarr))
            #expect(groups.map(\.instance) == ["default"])
            #expect(groups[0]["api_key"]?.value == nil)
            #expect(groups[0]["api_key"]?.isSet == true)
            #expect(groups[0]["api_key"]?.savedBy == "ada")
            #expect(groups[0]["url"]?.value == "http://radarr:7878")
            #expect(!"\(groups)".contains("radarr-secret"))
        }
    }

    @Test("a key of another process opens nothing: the setting is left out with a warning, and can be entered again")
    func otherKey() async throws {
        try await Desk.with(.sqlite) { desk in
            try await desk.save(.service(.radarr), Self.radarr)
            let other = desk.desk(key: SealingKey(bytes: Array(1..<33)))
            let configuration = try await other.configuration()
            #expect(configuration.radarr.isEmpty)
            #expect(
                configuration.warnings.contains { $0.contains("RADARR_API_KEY") && $0.contains("MARQUEE_KEY_FILE") })
            let changes = SettingChanges(
                .service(.radarr), json: Array(#"{"api_key": "radarr-secret-3"}"#.utf8), stored: [])
            try await other.save(changes, by: "ada", address: nil)
            #expect(try await other.configuration().radarr.first?.apiKey == "radarr-secret-3")
        }
    }

    @Test(
        "what cannot hold is refused whole, each field named",
        arguments: [
            (#"{"poll_arr_queue": "soon", "backup_keep": 5}"#, ["poll_arr_queue"]),
            (#"{"bind": "0.0.0.0:80"}"#, ["bind"]), (#"{"data_dir": "/"}"#, ["data_dir"]),
            (#"{"admin_token": "0123456789012345678901234567890123456789"}"#, ["admin_token"]),
            (#"{"nonsense": 1}"#, ["nonsense"]), (#"{"log_level_file": "/etc/passwd"}"#, ["log_level_file"]),
            (#"{"log_level": {"a": 1}}"#, ["log_level"]), (#"[1]"#, ["body"]), (#"{"log_level": "#, ["body"]),
        ])
    func invalid(json: String, fields: [String]) async throws {
        try await Desk.with(.sqlite) { desk in
            let refused = try await desk.refused(.marquee, json)
            #expect(refused == fields)
            #expect(try await desk.store.read { try $0.settings() } == [])
            #expect(try await desk.store.read { try $0.auditCount() } == 0)
        }
    }

    @Test(
        "a service without its other half, or with a file's path for a key, is refused",
        arguments: [
            (#"{"url": "http://radarr:7878"}"#, ["api_key"]), (#"{"api_key": "k"}"#, ["url"]),
            (#"{"url": "http://u:p@radarr", "api_key": "k"}"#, ["url"]),
            (#"{"url": "file:///etc/passwd", "api_key": "k"}"#, ["url"]),
            (#"{"url": "http://radarr", "api_key_file": "/etc/passwd"}"#, ["api_key_file", "api_key"]),
            (#"{"4K": {"url": "http://radarr", "api_key": "k"}}"#, ["4K", "4K"]),
        ])
    func halves(json: String, fields: [String]) async throws {
        try await Desk.with(.sqlite) { desk in
            let refused = try await desk.refused(.service(.radarr), json)
            #expect(refused == fields)
        }
    }

    @Test("what the environment sets cannot be saved over")
    func environment() async throws {
        try await Desk.with(.sqlite) { desk in
            let set = ["MARQUEE_LOG_LEVEL": "warn"]
            let refused = try await desk.refused(.marquee, #"{"log_level": "debug"}"#, set)
            #expect(refused == ["log_level"])
            let groups = try await desk.desk(set).groups(of: .marquee)
            #expect(groups[0]["log_level"]?.isEditable == false)
            #expect(groups[0]["log_level"]?.value == "warn")
            #expect(groups[0]["backup_keep"]?.isEditable == true)
        }
    }

    @Test("a secret goes to no other address than the one it was entered for")
    func misdirection() async throws {
        try await Desk.with(.sqlite) { desk in
            try await desk.save(.service(.radarr), Self.radarr)
            let elsewhere = #"{"url": "http://attacker:1"}"#
            #expect(try await desk.refused(.service(.radarr), elsewhere) == ["api_key"])
            let fromEnvironment = ["SONARR_API_KEY": "from-environment", "SONARR_URL": "http://sonarr"]
            #expect(
                try await desk.refused(.service(.sonarr), elsewhere, fromEnvironment) == ["url", "api_key"])
            try await desk.save(.service(.radarr), #"{"url": "http://new:7878", "api_key": "radarr-secret-9"}"#)
            #expect(try await desk.desk().configuration().radarr.first?.url.text == "http://new:7878")
        }
    }

    @Test("a variable set since does not keep Marquee from starting; what lost its half is left out")
    func leniency() async throws {
        try await Desk.with(.sqlite) { desk in
            try await desk.store.write { tx in
                for (name, value) in [("MARQUEE_BACKUP_KEEP", "many"), ("SONARR_API_KEY", "sonarr-secret")] {
                    try tx.save(
                        StoredSetting(name: name, content: .plain(value), savedAt: tx.now, savedBy: "ada"))
                }
            }
            let configuration = try await desk.desk().configuration()
            #expect(configuration.backupKeep == 7)
            #expect(configuration.warnings.contains { $0.contains("MARQUEE_BACKUP_KEEP") })
            #expect(configuration.sonarr.isEmpty)
            #expect(configuration.warnings.contains { $0.contains("SONARR_API_KEY") })
            #expect(!configuration.warnings.contains { $0.contains("sonarr-secret") })
        }
    }

    @Test("a form leaves an empty secret as it is, and takes an empty value away")
    func forms() async throws {
        try await Desk.with(.sqlite) { desk in
            try await desk.save(.service(.radarr), Self.radarr)
            try await desk.save(.service(.radarr), #"{"public_base_url": "http://public"}"#)
            let changes = SettingChanges(
                .service(.radarr), instance: "default",
                fields: [("url", "http://radarr:7878"), ("api_key", ""), ("public_base_url", ""), ("csrf", "x")])
            let real = try await desk.desk().real(changes)
            #expect(!real.reaches("default"))
            try await desk.desk().save(real, by: "ada", address: nil)
            let radarr = try #require(try await desk.desk().configuration().radarr.first)
            #expect(radarr.apiKey == "radarr-secret-1")
            #expect(radarr.publicURL == nil)
        }
    }
}
