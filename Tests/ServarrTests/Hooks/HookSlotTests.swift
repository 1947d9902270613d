import Foundation
import HTTPClient
import Servarr
import TestSupport
import Testing

@Suite("Servarr, our webhook among its connections")
struct HookSlotTests {
    private static let url = "http://marquee:8787/hooks/radarr"

    private static func form(_ fields: [String], _ more: String = "") -> String {
        let written = fields.map { #"{"name":"\#($0)","value":"","order":1}"# }.joined(separator: ",")
        return """
            {"implementation":"Webhook","configContract":"WebhookSettings","tags":[],"onGrab":false,"onDownload":false,
            "onHealthIssue":false,"onMovieAdded":false,"fields":[\(written)]\(more)}
            """
    }
    private static let modern = form(["url", "method", "username", "password", "headers"])
    private static let old = form(["url", "method", "username", "password"])

    private static func entry(_ id: Int, _ name: String, _ url: String, kind: String = "Webhook") -> String {
        """
        {"id":\(id),"name":"\(name)","implementation":"\(kind)","tags":[4],"onGrab":false,"onDownload":true,
        "onHealthIssue":true,"fields":[{"name":"url","value":"\(url)"},{"name":"method","value":2},
        {"name":"username","value":"marquee"},{"name":"password","value":"old"},
        {"name":"headers","value":[{"key":"X-Other","value":"1"},{"key":"x-marquee-token","value":"old"}]}]}
        """
    }

    private static func stub(_ entries: [String], form: String = modern, saved: Int = 201) -> StubTransport {
        StubTransport { request in
            switch request.operation {
            case "GET /base/api/v3/notification": ArrServer.response("[\(entries.joined(separator: ","))]")
            case "GET /base/api/v3/notification/schema":
                ArrServer.response(#"[{"implementation":"Discord","fields":[]},\#(form)]"#)
            default:
                saved == 400
                    ? ArrServer.response(#"[{"propertyName":"Url","errorMessage":"Unable to post"}]"#, status: 400)
                    : ArrServer.response("{}", status: saved)
            }
        }
    }

    private static func sent(_ stub: StubTransport) throws -> (operation: String, body: [String: Any]) {
        let request = try #require(stub.requests.last)
        #expect(!request.isRetried)
        let body = try JSONSerialization.jsonObject(with: Data(request.body ?? [])) as? [String: Any]
        return (request.operation, try #require(body))
    }

    private static func field(_ name: String, _ body: [String: Any]) -> Any? {
        (body["fields"] as? [[String: Any]])?.first { $0["name"] as? String == name }?["value"]
    }

    private func save(_ stub: StubTransport) async throws -> (operation: String, body: [String: Any]) {
        let client = try ArrServer.client(.radarr, stub)
        let slot = try await client.hookSlot(for: Self.url)
        try await client.saveHook(slot, url: Self.url, secret: "s3cret")
        return try Self.sent(stub)
    }

    @Test("a free slot is filled from the program's own form, with the secret in the header alone")
    func made() async throws {
        let (operation, body) = try await save(Self.stub([Self.entry(3, "Other", "http://x/hook")]))
        #expect(operation == "POST /base/api/v3/notification")
        #expect(body["name"] as? String == "Marquee" && body["implementation"] as? String == "Webhook")
        #expect(body["onGrab"] as? Bool == true && body["onMovieAdded"] as? Bool == true)
        #expect(body["onHealthIssue"] as? Bool == false && body["onSeriesAdd"] == nil)
        #expect(Self.field("url", body) as? String == Self.url && Self.field("method", body) as? Int == 1)
        let headers = Self.field("headers", body) as? [[String: String]]
        #expect(headers == [["key": "X-Marquee-Token", "value": "s3cret"]])
        #expect(Self.field("username", body) as? String == "" && Self.field("password", body) as? String == "")
    }

    @Test("a program that sets no headers gets it as a password")
    func basic() async throws {
        let (_, body) = try await save(Self.stub([], form: Self.old))
        #expect(Self.field("username", body) as? String == "marquee")
        #expect(Self.field("password", body) as? String == "s3cret" && Self.field("headers", body) == nil)
    }

    @Test(
        "ours is changed where it stands, and what somebody added stays",
        arguments: [
            ("Marquee", "http://elsewhere:1/base/hooks/radarr"), ("renamed", url), ("renamed", url + "/?token=old"),
        ])
    func changed(name: String, current: String) async throws {
        let (operation, body) = try await save(
            Self.stub([Self.entry(3, "A", "http://x"), Self.entry(7, name, current)]))
        #expect(operation == "PUT /base/api/v3/notification/7")
        #expect(body["name"] as? String == name && body["tags"] as? [Int] == [4] && body["id"] as? Int == 7)
        #expect(body["onGrab"] as? Bool == true && body["onHealthIssue"] as? Bool == true)
        #expect(Self.field("url", body) as? String == Self.url)
        let headers = Self.field("headers", body) as? [[String: String]]
        #expect(headers?.map { $0["value"] } == ["1", "s3cret"])
        #expect(Self.field("password", body) as? String == "", "the old way's secret goes")
    }

    @Test(
        "what only has our name is never touched",
        arguments: [
            entry(7, "marquee", "http://x/other"), entry(7, "Marquee", url, kind: "Discord"),
            entry(7, "Marquee", "http://x/hooks/radarr/4k"),
        ])
    func taken(entry: String) async throws {
        let stub = Self.stub([entry])
        let client = try ArrServer.client(.radarr, stub)
        let slot = try await client.hookSlot(for: Self.url)
        #expect(slot.standing == .taken)
        await #expect(throws: UpstreamError.self) {
            try await client.saveHook(slot, url: Self.url, secret: "s3cret")
        }
        #expect(stub.requests.allSatisfy { $0.method == "GET" })
    }

    @Test("a test that did not arrive is told in the program's words")
    func refused() async throws {
        await #expect {
            try await save(Self.stub([], saved: 400))
        } throws: {
            let error = $0 as? UpstreamError
            return error?.reason == .status(400) && error?.cause == "Unable to post" && !"\($0)".contains("s3cret")
        }
    }
}
