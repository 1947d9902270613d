import Settings
import Testing

@Suite struct NetworkSettingsTests {
    @Test("nothing is limited, listed or denied unless it is set")
    func defaults() throws {
        let network = try load().network
        #expect(network.apiRate == nil)
        #expect(network.corsOrigins.isEmpty && network.outboundDeny.isEmpty)
    }

    @Test(
        "a rate is calls per time, or off",
        arguments: [
            ("600/1m", CallRate(count: 600, span: .seconds(60))), ("5/1s", CallRate(count: 5, span: .seconds(1))),
            ("off", nil), ("OFF", nil),
        ])
    func rate(text: String, wanted: CallRate?) throws {
        #expect(try load(["MARQUEE_API_RATE": text]).network.apiRate == wanted)
    }

    @Test(
        "anything else is no rate", arguments: ["0/1m", "600", "600/", "/1m", "600/1d", "1.5/1m", "600/1m/1m", "-1/1s"])
    func noRate(text: String) {
        #expect(throws: ConfigurationError.self) { try load(["MARQUEE_API_RATE": text]) }
    }

    @Test("origins are written as browsers write them, in lower case and without their usual port")
    func origins() throws {
        let text = "https://Wall.example, http://10.0.0.5:3000,https://a.example:443"
        #expect(
            try load(["MARQUEE_CORS_ORIGINS": text]).network.corsOrigins == [
                "https://wall.example", "http://10.0.0.5:3000", "https://a.example",
            ])
    }

    @Test(
        "no wildcard, path, user or other scheme is an origin",
        arguments: [
            "*", "null", "https://*", "https://a.example/x", "https://a.example/", "https://u@a.example", "ftp://a",
        ])
    func noOrigin(text: String) {
        #expect(throws: ConfigurationError.self) { try load(["MARQUEE_CORS_ORIGINS": text]) }
    }
}
