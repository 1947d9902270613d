import Settings
import Testing

@Suite struct ConfigurationFileTests {
    @Test("booleans, numbers, lists and null are read as what they are") func types() throws {
        let configuration = try load(
            file: #"""
                {
                  "$schema": "configuration.schema.json",
                  "marquee": {
                    "backup_keep": 12, "sync_timeline": true, "bind": null, "library_sync_interval": "6h",
                    "anime_paths": ["anime", "Anime, films"], "metrics_allow": "10.0.0.0/8, ::1"
                  }
                }
                """#)
        #expect(configuration.backupKeep == 12)
        #expect(configuration.syncTimeline)
        #expect(configuration.bind.port == 8100)
        #expect(configuration.librarySyncInterval == .every(.seconds(6 * 3_600)))
        #expect(configuration.animePaths == ["anime", "Anime, films"])
        #expect(configuration.metricsAllow.count == 2)
        #expect(configuration.warnings.isEmpty)
        #expect(configuration.configurationFile == "/marquee.json")
    }

    @Test("unknown keys are warnings with the nearest known one") func unknownKeys() throws {
        let configuration = try load(
            file: #"""
                {"marqueee": {}, "marquee": {"backup_kep": 1, "logLevel": "debug", "config": "/x"},
                 "jellyfin": {"url": "http://j", "api_key": "k", "apikey": "k"}, "colour": 1}
                """#)
        #expect(
            configuration.warnings == [
                "Unknown setting marqueee (file /marquee.json) is ignored; did you mean marquee?",
                "Unknown setting marquee.backup_kep (file /marquee.json) is ignored; did you mean marquee.backup_keep?",
                "Unknown setting marquee.logLevel (file /marquee.json) is ignored; did you mean marquee.log_level?",
                "Unknown setting marquee.config (file /marquee.json) is ignored.",
                "Unknown setting jellyfin.apikey (file /marquee.json) is ignored; did you mean jellyfin.api_key?",
                "Unknown setting colour (file /marquee.json) is ignored.",
            ])
    }

    @Test("a named file must exist; the usual one may be missing") func missingFile() {
        #expect(
            problems(["MARQUEE_CONFIG": "/gone.json"]) == [
                "MARQUEE_CONFIG (environment): cannot be read: /gone.json (no such file)."
            ])
        #expect(problems().isEmpty)
    }

    @Test(
        "broken JSON is told by line and column",
        arguments: [
            ("{\n  \"marquee\": {,}\n}", "line 2, column 15: a key in double quotes is expected here"),
            ("{\"a\": 1", "line 1, column 8: a comma or } is expected here"),
            ("{} {}", "line 1, column 4: text after the end of the document"),
            ("", "line 1, column 1: the document ends too early"),
            ("{\"marquee\": tru}", "line 1, column 13: a value is expected here"),
            ("{\"a\": 1, \"a\": 2}", "line 1, column 10: this key stands here twice"),
            ("{\"a\": \"x\n\"}", "line 1, column 9: a text must end on its own line"),
            ("{\"a\": \"\\ud800x\"}", "line 1, column 14: half a surrogate pair"),
            ("{\"a\": 01}", "line 1, column 8: a comma or } is expected here"),
            ("{\"a\": [1,]}", "line 1, column 10: a value is expected here"),
        ])
    func broken(text: String, message: String) {
        #expect(problems(file: text) == ["/marquee.json: is not JSON: \(message)."])
    }

    @Test("a hostile depth is refused, not followed") func depth() {
        let text = String(repeating: "[", count: 100_000)
        #expect(problems(file: text).first?.contains("more than 16 levels") == true)
    }

    @Test("sections and values of the wrong shape are problems") func wrongShape() {
        #expect(problems(file: "[]") == ["/marquee.json: is not a JSON object."])
        #expect(problems(file: #"{"marquee": 1}"#) == ["marquee (file /marquee.json): must be an object."])
        #expect(
            problems(file: #"{"marquee": {"log_level": {"a": 1}, "anime_paths": [1]}}"#) == [
                "marquee.log_level (file /marquee.json): must not be an object.",
                "marquee.anime_paths (file /marquee.json): must be a list of texts.",
            ])
        #expect(
            problems(file: #"{"radarr": {"Big One": {}}}"#).first?.contains("must be a name of lower-case letters")
                == true)
        #expect(problems(file: #"{"marquee": {"backup_keep": [1]}}"#).count == 1)
    }

    @Test("escapes of every kind reach the value") func escapes() throws {
        let configuration = try load(
            file: #"{"marquee": {"data_dir": "/d\u00e9j\u00e0\/\ud83c\udfac \"vu\""}}"#)
        #expect(configuration.dataDirectory == "/déjà/🎬 \"vu\"")
    }
}
