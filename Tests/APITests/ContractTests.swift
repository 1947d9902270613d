import TestSupport
import Testing

/// That a description is held against answers says something only if differences are found.
@Suite("The comparison of answers with their description")
struct ContractTests {
    private static let description = """
        {"paths":{"/api/things":{"get":{"responses":{
            "200":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Thing"}}}},
            "204":{"description":"Nothing."},"404":{"$ref":"#/components/responses/No"}}}},
          "/api/things/{id}":{"get":{"responses":{"204":{"description":"Nothing."}}}}},
         "components":{"schemas":{"Thing":{"type":"object","required":["id","at","kind"],"properties":{
            "id":{"type":"integer","minimum":1},"at":{"type":["string","null"],"format":"date-time"},
            "kind":{"type":"string","enum":["a","b"]},"more":{"type":"array","items":{"type":"boolean"}},
            "either":{"anyOf":[{"type":"number"},{"type":"null"}]}}}},
          "responses":{"No":{"content":{"application/problem+json":{"schema":{}}}}}}}
        """

    private func faults(_ body: String, _ status: Int = 200, type: String? = "application/json") throws -> [String] {
        try APIContract(Self.description).faults("GET", "/api/things?x=1", .init(status, type: type, body: body))
    }

    @Test(
        "what fits has no faults",
        arguments: [
            #"{"id":1,"at":null,"kind":"a"}"#, #"{"id":2,"at":"2026-11-20T09:41:03.120Z","kind":"b","more":[true]}"#,
            #"{"id":2,"at":null,"kind":"b","more":[],"either":1}"#, #"{"id":2,"at":null,"kind":"b","either":null}"#,
        ])
    func fitting(body: String) throws {
        #expect(try faults(body) == [])
    }

    @Test(
        "a difference is named by its place",
        arguments: [
            (#"{"id":1,"kind":"a"}"#, "$.at is missing"), (#"{"id":0,"at":null,"kind":"a"}"#, "$.id is out of bounds"),
            (#"{"id":null,"at":null,"kind":"a"}"#, "$.id is null"),
            (#"{"id":"1","at":null,"kind":"a"}"#, "$.id is text"),
            (#"{"id":1.5,"at":null,"kind":"a"}"#, "$.id is number"),
            (#"{"id":1,"at":"2026-11-20T09:41:03Z","kind":"a"}"#, "$.at is no time"),
            (#"{"id":1,"at":null,"kind":"c"}"#, "$.kind is text(\"c\"), not one of"),
            (#"{"id":1,"at":null,"kind":"a","other":1}"#, "$.other is not described"),
            (#"{"id":1,"at":null,"kind":"a","more":[true,0]}"#, "$.more[1] is integer(0), not boolean"),
            (#"{"id":1,"at":null,"kind":"a","either":"x"}"#, "$.either is text"), ("[]", "$ is array"),
            ("{", "no JSON"),
        ])
    func differing(body: String, wanted: String) throws {
        let faults = try faults(body)
        #expect(faults.count == 1)
        #expect(faults.first?.contains(wanted) == true, "\(faults)")
    }

    @Test("status, media type, path and method have to be described too")
    func places() throws {
        #expect(try faults("", 500, type: nil) == ["GET /api/things: status 500 is not described"])
        #expect(try faults("x", 204) == ["GET /api/things 204: a body, though none is described"])
        #expect(try faults("", 204, type: nil) == [])
        #expect(try faults("{}", 404) == ["GET /api/things 404: application/json instead of application/problem+json"])
        #expect(try faults("{}", 404, type: "application/problem+json") == [])
        let contract = try APIContract(Self.description)
        let ok = APIContract.Answer(200, type: "text/html", body: "x")
        #expect(contract.faults("GET", "/api/others", ok) == ["/api/others is not described"])
        #expect(contract.faults("PUT", "/api/things", ok) == ["PUT /api/things is not described"])
        #expect(contract.faults("GET", "/requests", ok) == [])
        #expect(contract.faults("GET", "/api/things/7", .init(204, type: nil, body: "")) == [])
    }
}
