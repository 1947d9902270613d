import HTTPClient
import JSONStream
import Jellyfin
import TestSupport
import Testing

@Suite("Marquee's place in Jellyfin's Webhook plugin")
struct HookSlotTests {
    private static let ours = "http://marquee.test/hooks/jellyfin"
    private static let secret = "s3cret"
    private static let plugin = "71552a5a-5c5c-4350-a2ae-ebe451a30173"

    private func jellyfin(_ answer: @escaping @Sendable (HTTPRequest) -> StubTransport.Answer?) throws -> Jellyfin {
        Jellyfin(base: try BaseURL("http://jellyfin.test"), key: "k", transport: StubTransport(handler: answer))
    }

    private static func json(_ text: String, _ status: Int = 200) -> StubTransport.Answer {
        .response(HTTPResponse(status: status, headers: ["Content-Type": "application/json"], body: Array(text.utf8)))
    }

    /// A server whose plugin has these settings.
    private func server(_ settings: String, status: String = "Active") throws -> Jellyfin {
        try jellyfin { request in
            switch request.operation {
            case "GET /Plugins":
                Self.json(
                    #"[{"Name":"Other","Id":"1"},{"Name":"Webhook","Id":"\#(Self.plugin)","Status":"\#(status)"}]"#)
            case "GET /Plugins/\(Self.plugin)/Configuration": Self.json(settings)
            default: nil
            }
        }
    }

    private func slot(_ settings: String) async throws -> JellyfinHookSlot {
        let (state, slot) = try await server(settings).hookSlot(ours: [Self.ours])
        #expect(state == .ready)
        return try #require(slot)
    }

    private func saved(_ slot: JellyfinHookSlot) async throws -> JSONNode {
        let transport = StubTransport { _ in .response(HTTPResponse(status: 204, headers: [:], body: [])) }
        let jellyfin = Jellyfin(base: try BaseURL("http://jellyfin.test"), key: "k", transport: transport)
        try await jellyfin.saveHook(slot, url: Self.ours, secret: Self.secret)
        #expect(transport.requests.map(\.operation) == ["POST /Plugins/\(Self.plugin)/Configuration"])
        return try JSONTree(try #require(transport.requests.first?.body)).root
    }

    @Test("others' destinations and settings stay as they are, word for word")
    func others() async throws {
        let discord = #"{"WebhookName":"Chat","WebhookUri":"https://chat.test/1","AvatarUrl":null,"EmbedColor":"red"}"#
        let other = #"{"WebhookName":"Marquee","WebhookUri":"http://other.test/hooks/jellyfin","Headers":[]}"#
        let slot = try await slot(
            #"{"ServerUrl":"http://j","New":{"a":[1.50]},"DiscordOptions":[\#(discord)],"GenericOptions":[\#(other)]}"#)
        #expect(!slot.isOurs && slot.others == 2)
        let root = try await saved(slot)
        #expect(root["ServerUrl"].text == "http://j")
        #expect(Self.text(root["New"]) == #"{"a":[1.50]}"#)
        #expect(Self.text(root["DiscordOptions"]) == "[\(discord)]")
        let options = root["GenericOptions"].elements
        #expect(options.count == 2 && Self.text(options[0]) == other)
        check(options[1])
    }

    @Test("a destination of ours is changed where it is, and what somebody set in it stays")
    func again() async throws {
        let mine = """
            {"WebhookName":"Home","WebhookUri":"\(Self.ours)/?x=1","EnableMovies":false,"EnableSongs":true,\
            "UserFilter":["u"],"NotificationTypes":["ItemAdded","TaskCompleted"],\
            "Headers":[{"Key":"x-marquee-token","Value":"old"},{"Key":"X-Other","Value":"1"}]}
            """
        let slot = try await slot(#"{"GenericOptions":[{"WebhookUri":"http://a"},\#(mine),{"WebhookUri":"http://b"}]}"#)
        #expect(slot.isOurs && slot.others == 2)
        let options = try await saved(slot)["GenericOptions"].elements
        #expect(options.map { $0["WebhookUri"].text } == ["http://a", Self.ours, "http://b"])
        let own = options[1]
        check(own, name: "Home")
        #expect(own["EnableSongs"].bool == true && Self.text(own["UserFilter"]) == #"["u"]"#)
        #expect(own["NotificationTypes"].elements.compactMap(\.text).contains("TaskCompleted"))
        #expect(own["Headers"].elements.contains { $0["Key"].text == "X-Other" })
        #expect(!Self.text(own).contains("old"))
    }

    private func check(_ option: JSONNode, name: String = "Marquee") {
        #expect(option["WebhookName"].text == name && option["WebhookUri"].text == Self.ours)
        #expect(option["EnableWebhook"].bool == true && option["EnableMovies"].bool == true)
        #expect(option["EnableEpisodes"].bool == true && option["SendAllProperties"].bool == true)
        let events = option["NotificationTypes"].elements.compactMap(\.text)
        #expect(Set(events).isSuperset(of: ["ItemAdded", "ItemDeleted"]) && Set(events).count == events.count)
        let secrets = option["Headers"].elements.filter { $0["Key"].text?.lowercased() == "x-marquee-token" }
        #expect(secrets.map { $0["Value"].text } == [Self.secret])
    }

    @Test("without the plugin, or while it does not run, nothing can be saved")
    func unready() async throws {
        let without = try jellyfin { $0.operation == "GET /Plugins" ? Self.json("[]") : nil }
        let (missing, none) = try await without.hookSlot(ours: [Self.ours])
        #expect(missing == .missing && none == nil)
        let (idle, nothing) = try await server("{}", status: "Restart").hookSlot(ours: [Self.ours])
        #expect(idle == .idle("Restart") && nothing == nil)
        let broken = try jellyfin { _ in Self.json("<html>", 200) }
        await #expect(throws: UpstreamError.self) { try await broken.hookSlot(ours: [Self.ours]) }
    }

    @Test(
        "an older plugin has no test; a refusal is none of that", arguments: [(404, false), (405, false), (200, true)])
    func test(_ status: Int, _ isThere: Bool) async throws {
        let jellyfin = try jellyfin { request in
            #expect(request.operation == "POST /Webhook/Test")
            return Self.json("", status)
        }
        #expect(try await jellyfin.testHook() == isThere)
        let refused = try self.jellyfin { _ in Self.json("", 403) }
        await #expect(throws: UpstreamError.self) { try await refused.testHook() }
    }

    private static func text(_ node: JSONNode) -> String {
        var json = JSONWriter()
        json.value(node)
        return String(decoding: json.bytes, as: UTF8.self)
    }
}
