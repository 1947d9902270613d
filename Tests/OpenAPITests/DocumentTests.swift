import OpenAPI
import TestSupport
import Testing

@Suite("Documents")
struct DocumentTests {
    private static let thing = Schema.named("Thing", ["id": .id])

    private var document: OpenAPIDocument {
        var read = Operation(
            id: "getThing", tag: "Things", summary: "Shows.", detail: "All of it.",
            parameters: [Parameter("id", in: .path, .id)],
            answers: [
                Answer(404, "No.", "application/problem+json", .any, component: "Missing"),
                Answer(200, "Yes.", "application/json", Self.thing, headers: [("ETag", "A tag.")]),
            ])
        read.security = [[.init("bearer", ["read"])], []]
        let change = Operation(
            id: "putThing", tag: "Things", summary: "Changes.", body: Operation.Body(Self.thing, isRequired: false),
            answers: [Answer(204, "Done.")])
        var document = OpenAPIDocument(
            title: "T", version: "1", text: "About.", basePath: "/base",
            endpoints: [.init("GET", "/things/{id}", read), .init("PUT", "/things/{id}", change)])
        document.tags = [("Things", "What there is.")]
        document.security = [("bearer", .bearer("A key.")), ("cookie", .cookie("c", "A session."))]
        return document
    }

    @Test("methods of one path stand together; what is shared stands once")
    func whole() throws {
        let json = try JSONValue(String(decoding: document.jsonBytes, as: UTF8.self))
        #expect(json["openapi"]?.text == "3.1.0")
        #expect(json["servers"]?.elements.first?["url"]?.text == "/base")
        let path = try #require(json["paths"]?["/things/{id}"])
        #expect(path.members.keys.sorted() == ["get", "put"])
        let get = try #require(path["get"])
        #expect(get["operationId"]?.text == "getThing")
        #expect(get["security"]?.elements.count == 2)
        #expect(get["security"]?.elements.first?["bearer"]?.elements == [.text("read")])
        #expect(get["parameters"]?.elements.first?["required"] == .flag(true))
        #expect(get["responses"]?["404"]?["$ref"]?.text == "#/components/responses/Missing")
        let yes = get["responses"]?["200"]
        #expect(yes?["headers"]?["ETag"]?["description"]?.text == "A tag.")
        #expect(
            yes?["content"]?["application/json"]?["schema"]?["$ref"]?.text == "#/components/schemas/Thing")
        #expect(path["put"]?["requestBody"]?["required"] == .flag(false))
        #expect(path["put"]?["responses"]?["204"]?["content"] == nil)
        let shared = try #require(json["components"])
        #expect(shared["schemas"]?.members.keys.sorted() == ["Thing"])
        #expect(shared["responses"]?["Missing"]?["description"]?.text == "No.")
        #expect(shared["securitySchemes"]?["cookie"]?["in"]?.text == "cookie")
    }

    @Test("without a base path the server is the root; the same table makes the same bytes")
    func root() throws {
        var plain = document
        plain.basePath = ""
        let json = try JSONValue(String(decoding: plain.jsonBytes, as: UTF8.self))
        #expect(json["servers"]?.elements.first?["url"]?.text == "/")
        #expect(document.jsonBytes == document.jsonBytes)
    }
}
