import JSONStream
import OpenAPI
import Testing

@Suite("Schemas")
struct SchemaTests {
    private func json(_ schema: Schema) -> String {
        var writer = JSONWriter()
        schema.write(to: &writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private static let named = Schema.named("Thing", ["id": .id])

    private static let written: [(Schema, String)] = [
        (.any, "{}"), (.null, #"{"type":"null"}"#), (.boolean.orNull, #"{"type":["boolean","null"]}"#),
        (
            .integer(1...200).otherwise("50"),
            #"{"default":50,"type":"integer","format":"int64","minimum":1,"maximum":200}"#
        ),
        (.string(1...), #"{"type":"string","minLength":1}"#), (.time, #"{"type":"string","format":"date-time"}"#),
        (.string(1...9), #"{"type":"string","minLength":1,"maxLength":9}"#),
        (.choice(["a", "b"]), #"{"type":"string","enum":["a","b"]}"#),
        // Without null among the words a validator would refuse what `type` allows.
        (.choice(["a"]).orNull, #"{"type":["string","null"],"enum":["a",null]}"#),
        (.array(.string, least: 1), #"{"type":"array","minItems":1,"items":{"type":"string"}}"#),
        (.map(.count), #"{"type":"object","additionalProperties":{"type":"integer","format":"int64","minimum":0}}"#),
        (named, ##"{"$ref":"#/components/schemas/Thing"}"##),
        (named.orNull, ##"{"anyOf":[{"$ref":"#/components/schemas/Thing"},{"type":"null"}]}"##),
        (.either(.string, .boolean).orNull, #"{"anyOf":[{"type":"string"},{"type":"boolean"},{"type":"null"}]}"#),
        (.string.note("Say \"why\"."), #"{"description":"Say \"why\".","type":"string"}"#),
    ]

    @Test("each is written as JSON Schema says it", arguments: 0..<written.count)
    func forms(index: Int) {
        #expect(json(Self.written[index].0) == Self.written[index].1)
    }

    @Test("objects keep their order, and name the members that are always there")
    func objects() {
        let schema: Schema = ["b": .string, "a": .boolean.sometimes]
        #expect(
            json(schema)
                == #"{"type":"object","properties":{"b":{"type":"string"},"a":{"type":"boolean"}},"required":["b"]}"#)
        #expect(json(["a": .null.sometimes]) == #"{"type":"object","properties":{"a":{"type":"null"}}}"#)
        let more = Schema.named("More", schema.adding(["c": .null]))
        #expect(json(more.members).hasSuffix(#""required":["b","c"]}"#))
        #expect(json(.object(of: ["x", "y"], .null)) == json(["x": .null, "y": .null]))
    }

    @Test("named schemas are found however deep they are, each once")
    func collecting() {
        let inner = Schema.named("Inner", ["thing": Self.named.orNull])
        var names: [String: Schema] = [:]
        Schema.either(.array(inner), .map(["x": .array(inner)])).collect(into: &names)
        #expect(names.keys.sorted() == ["Inner", "Thing"])
        #expect(names["Thing"].map(json) == json(["id": .id]))
    }
}
