import Foundation
import HTTPClient
import Seerr
import TestSupport
import Testing

@Suite("Seerr's one webhook")
struct HookSlotTests {
    private static let url = "http://marquee:8787/hooks/jellyseerr"
    private static let urls = [url, "http://marquee:8787/hooks/seerr"]

    private static func settings(_ url: String, template: String = "", _ more: String = "") -> String {
        var payload = String(decoding: (try? JSONEncoder().encode(template)) ?? Data(), as: UTF8.self)
        if payload.isEmpty { payload = "null" }
        return #"{"enabled":false,"types":512,"options":{"webhookUrl":"\#(url)","jsonPayload":\#(payload)\#(more)}}"#
    }

    private static func stub(_ settings: String) -> StubTransport {
        StubTransport {
            $0.operation.hasSuffix("/test") ? SeerrServer.json("", status: 204) : SeerrServer.json(settings)
        }
    }

    private func saved(_ stub: StubTransport) async throws -> [String: Any] {
        let client = try SeerrServer.client(stub)
        let slot = try await client.hookSlot(ours: Self.urls)
        try await client.saveHook(slot, url: Self.url, secret: "s3cret")
        let request = try #require(stub.requests.last)
        #expect(request.operation == "POST /base/api/v1/settings/notifications/webhook" && !request.isRetried)
        let body = try JSONSerialization.jsonObject(with: Data(request.body ?? [])) as? [String: Any]
        try await client.testHook(slot, url: Self.url, secret: "s3cret")
        #expect(stub.requests.last?.body == request.body, "what is saved is what is tried")
        return try #require(body)
    }

    /// The template, after the decoding that Seerr does once more.
    private func template(_ body: [String: Any]) throws -> String {
        let payload = try #require((body["options"] as? [String: Any])?["jsonPayload"] as? String)
        let text = try JSONSerialization.jsonObject(with: Data(payload.utf8), options: .fragmentsAllowed)
        return try #require(text as? String)
    }

    @Test("a free one is set, with a template that is encoded twice")
    func free() async throws {
        let body = try await saved(Self.stub(Self.settings("")))
        let options = try #require(body["options"] as? [String: Any])
        #expect(body["enabled"] as? Bool == true && body["types"] as? Int == 222)
        #expect(options["webhookUrl"] as? String == Self.url && options["authHeader"] as? String == "s3cret")
        #expect(options["supportVariables"] == nil)
        let root = try JSONSerialization.jsonObject(with: Data(try template(body).utf8)) as? [String: Any]
        #expect(root?["notification_type"] as? String == "{{notification_type}}" && root?["{{media}}"] != nil)
    }

    @Test("ours keeps its template and the events somebody added", arguments: [url, url + "/", urls[1]])
    func ours(current: String) async throws {
        let own = #"{"notification_type":"{{notification_type}}","mine":"é"}"#
        let body = try await saved(Self.stub(Self.settings(current, template: own, #","supportVariables":true"#)))
        #expect(body["types"] as? Int == 512 | 222)
        #expect(try template(body) == own)
        #expect((body["options"] as? [String: Any])?["supportVariables"] as? Bool == true)
    }

    @Test("a template that could never be sent is replaced", arguments: ["", "[]", "{", "{}"])
    func broken(template text: String) async throws {
        let body = try await saved(Self.stub(Self.settings(Self.url, template: text)))
        #expect(try template(body).contains("{{request_id}}"))
    }

    @Test(
        "another program's is never replaced, and its address is told without its path",
        arguments: ["https://u:p@other.example/t0ken?x", "http://marquee:8787/hooks/jellyseerr/4k"])
    func foreign(current: String) async throws {
        let stub = Self.stub(Self.settings(current))
        let client = try SeerrServer.client(stub)
        let slot = try await client.hookSlot(ours: Self.urls)
        #expect(slot.standing == .foreign)
        #expect(["https://other.example", "http://marquee:8787"].contains(slot.currentHost))
        await #expect(throws: UpstreamError.self) { try await client.saveHook(slot, url: Self.url, secret: "s3cret") }
        #expect(stub.requests.allSatisfy { $0.method == "GET" })
    }
}
