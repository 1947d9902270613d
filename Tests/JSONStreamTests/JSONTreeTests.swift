import JSONStream
import TestSupport
import Testing

@Suite("JSON tree")
struct JSONTreeTests {
    private func root(_ text: String) throws -> JSONNode { try JSONTree(Array(text.utf8)).root }

    @Test("values are found by key and place, the last of one name")
    func reading() throws {
        let node = try root(
            #" {"ab":1,"list":[{"id":7},[],"x",null,2.5],"ob":{"in":{"deep":true}},"ab":"twö\n\u00e9\"\\","k\u0065y":false} "#
        )
        #expect(node["ab"].text == "twö\né\"\\" && node["ob"]["in"]["deep"].bool == true && node["key"].bool == false)
        #expect(node["list"].elements.map(\.kind) == [.object, .array, .string, .null, .number])
        #expect(node["list"].elements[0]["id"].integer == 7 && node["list"].elements[4].double == 2.5)
        #expect(node.members.map(\.key) == ["ab", "list", "ob", "ab", "key"])
        #expect(node["none"]["at"]["all"].kind == .absent && node["list"]["id"].kind == .absent)
        #expect(node["ab"].elements.isEmpty && node["list"].members.isEmpty && node["ob"].text == nil)
    }

    @Test(
        "numbers are whole in every form that is whole",
        arguments: [
            ("7", 7), ("-7", -7), ("7.0", 7), ("1e3", 1_000), (#"" 12 ""#, 12), (#""0""#, 0), ("7.5", nil),
            (#""7.5""#, nil), (#""""#, nil), (#""  ""#, nil), ("true", nil), ("null", nil), ("[7]", nil),
            ("1e300", nil),
            ("9223372036854775807", Int64.max), ("9223372036854775808", nil),
        ])
    func integers(text: String, wanted: Int64?) throws {
        #expect(try root(text).integer == wanted)
    }

    @Test(
        "documents that are not one JSON value are refused",
        arguments: [
            "", " ", "{", "}", "[1", "[1,]", "[,1]", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{,"a":1}"#, "{a:1}", "nul",
            "tru", "01", "1.", "-", "1e", "+1", ".5", #""a"#, #""\x""#, #""\u12g4""#, "1 2", "{}{}", "[1}", #"{"a":1]"#,
            "[1 2]", #"{"a" 1}"#, "'a'", "[\"a\" \"b\"]",
        ])
    func refused(text: String) {
        #expect(throws: JSONFailure.self) { try JSONTree(Array(text.utf8)) }
    }

    @Test("what a webhook may get wrong is let pass: a mark at the front, control bytes, bytes that are no UTF-8")
    func allowances() throws {
        #expect(try root("\u{FEFF}{\"aa\":\"x\r\ny\"}")["aa"].text == "x  y")
        let bytes: [UInt8] = Array("[\"a".utf8) + [0xFF] + Array("b\"]".utf8)
        #expect(try JSONTree(bytes).root.elements[0].text == "a\u{FFFD}b")
        #expect(try root(#""\u0000\ud800""#).text == "\u{FFFD}\u{FFFD}")
    }

    @Test("depth is limited")
    func depth() throws {
        func nested(_ depth: Int) -> [UInt8] {
            Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
        }
        #expect(try JSONTree(nested(64)).root.kind == .array)
        #expect(throws: JSONFailure.tooDeep(at: 64, limit: 64)) { try JSONTree(nested(65)) }
    }

    @Test("a cut document is truncated wherever it is cut")
    func cuts() {
        let bytes = Array(#"{"aa":[1,{"b":"c\u00e9"},true,null,-1.5e3],"dd":{}}"#.utf8)
        for length in 0..<bytes.count {
            #expect(throws: JSONFailure.truncated(at: length)) { try JSONTree(Array(bytes.prefix(length))) }
        }
    }

    @Test("what was written is read back", arguments: 0..<30)
    func roundTrips(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let value = Self.value(&random, depth: 5)
        #expect(try Self.text(of: root(value)) == value)
    }

    /// A random document in the one way that `text(of:)` writes it too.
    private static func value(_ random: inout SeededRandom, depth: Int) -> String {
        switch random.below(depth > 0 ? 7 : 5) {
        case 0: return String(Int64(bitPattern: random.next()))
        case 1: return "true"
        case 2: return "null"
        case 3, 4:
            return "\"" + (0..<random.below(9)).map { _ in random.pick(["a", "ß", "漢", " ", "0"]) }.joined() + "\""
        case 5:
            return "[" + (0..<random.below(4)).map { _ in value(&random, depth: depth - 1) }.joined(separator: ",")
                + "]"
        default:
            return "{"
                + (0..<random.below(4)).map { "\"k\($0)\":" + value(&random, depth: depth - 1) }.joined(separator: ",")
                + "}"
        }
    }

    private static func text(of node: JSONNode) -> String {
        switch node.kind {
        case .array: "[" + node.elements.map(text).joined(separator: ",") + "]"
        case .object: "{" + node.members.map { "\"\($0.key)\":" + text(of: $0.value) }.joined(separator: ",") + "}"
        case .string: "\"" + (node.text ?? "?") + "\""
        case .null: "null"
        default: node.scalar ?? "?"
        }
    }
}
