import Foundation
import JSONStream
import Testing

@Suite("JSONValue")
struct JSONValueTests {
    private func parse(_ text: String) throws(JSONFailure) -> JSONValue { try JSONValue(Array(text.utf8)) }

    @Test("reads every kind of value")
    func kinds() throws {
        let value = try parse(#" {"a":[1,-2.5e3,"x",true,null,{}],"b":"é\u00e9\ud83d\ude00\n\/","c":false,"a2":{}} "#)
        #expect(value["a"]?.elements.count == 6)
        #expect(value["a"]?.elements[0].integer == 1 && value["a"]?.elements[1].double == -2500)
        #expect(value["a"]?.elements[2].text == "x" && value["a"]?.elements[3].bool == true)
        #expect(value["a"]?.elements[5].isObject == true && value["missing"] == nil)
        #expect(value["b"]?.text == "éé😀\n/" && value["c"]?.bool == false)
    }

    @Test("numbers and strings stand in for each other; nothing else does")
    func lenient() throws {
        let value = try parse(
            #"{"n":"42","s":7,"e":"","w":" 9 ","f":1.5,"t":"True","big":99999999999999999999,"o":{}}"#)
        #expect(value["n"]?.integer == 42 && value["s"]?.text == "7" && value["w"]?.integer == 9)
        #expect(value["e"]?.text == nil && value["f"]?.integer == nil && value["f"]?.double == 1.5)
        #expect(value["t"]?.bool == true && value["big"]?.integer == nil && value["o"]?.text == nil)
        #expect(value["o"]?["x"] == nil && value["s"]?["x"] == nil && value["s"]?.elements.isEmpty == true)
    }

    @Test("of members with one name the last counts; a byte order mark is let pass")
    func repeated() throws {
        #expect(try parse(#"{"a":1,"a":2}"#)["a"]?.integer == 2)
        #expect(try JSONValue([0xEF, 0xBB, 0xBF] + Array("{}".utf8)).isObject)
    }

    @Test(
        "zero characters and lone surrogates cannot be stored: they are replaced",
        arguments: [#""\u0000""#, #""\ud800""#, #""\udc00""#])
    func replaced(text: String) throws {
        #expect(try parse(text).text == "\u{FFFD}")
    }

    @Test("a high surrogate that is followed by another escape leaves that escape alone")
    func brokenPair() throws {
        #expect(try parse(#""\ud800\u0041""#).text == "\u{FFFD}A")
        #expect(try parse(#""\ud800\n""#).text == "\u{FFFD}\n")
    }

    @Test("bytes that are not UTF-8 are replaced, not refused")
    func notUTF8() throws {
        #expect(try JSONValue([0x22, 0x41, 0xFF, 0x22]).text == "A\u{FFFD}")
    }

    @Test(
        "what is not JSON is refused where it stops fitting",
        arguments: [
            ("", 0), (" ", 1), ("{", 1), ("[1,]", 3), ("[1 2]", 3), (#"{"a"}"#, 4), (#"{"a":}"#, 5), ("{a:1}", 1),
            ("01", 1), ("-", 1), ("1.", 2), ("1e", 2), ("+1", 0), ("tru", 3), ("nul1", 3), ("\"a", 2), (#""\x""#, 2),
            (#""\u12g4""#, 5), ("\"a\nb\"", 2), ("{} x", 3), ("name=value", 1), ("<html>", 0), (#"{"a":1,}"#, 7),
        ])
    func refused(text: String, at: Int) {
        do {
            _ = try parse(text)
            Issue.record("\(text) was accepted")
        } catch {
            switch error {
            case .malformed(let found, _), .truncated(let found): #expect(found == at, "\(text): \(error)")
            default: Issue.record("\(text): \(error)")
            }
        }
    }

    @Test("nesting is bounded")
    func depth() throws {
        _ = try parse(String(repeating: "[", count: 64) + String(repeating: "]", count: 64))
        #expect(throws: JSONFailure.tooDeep(at: 64, limit: 64)) {
            try parse(String(repeating: "[", count: 100_000))
        }
    }

    @Test("agrees with Foundation on random documents and on their damaged copies", arguments: 0..<20)
    func agrees(seed: UInt64) throws {
        var random = Random(seed: seed)
        for _ in 0..<60 {
            let document = random.object(3)
            let bytes = Array(try JSONSerialization.data(withJSONObject: document))
            #expect(plain(try JSONValue(bytes)) as? NSDictionary == document as NSDictionary)
            var damaged = bytes
            damaged[random.below(damaged.count)] = UInt8(random.pick(Array("0-.,:{}[]\"\\ntf \n\u{1}x".utf8)))
            // Broken UTF-8 is mended here and refused there; so are numbers too large for a double.
            damaged = Array(String(decoding: damaged, as: UTF8.self).utf8)
            let isAccepted = (try? JSONSerialization.jsonObject(with: Data(damaged))) != nil
            #expect(isAccepted == ((try? JSONValue(damaged)) != nil), "\(String(decoding: damaged, as: UTF8.self))")
        }
    }

    private func plain(_ value: JSONValue) -> Any {
        switch value {
        case .null: NSNull()
        case .bool(let value): NSNumber(value: value)
        case .number(let text): Int(text).map { NSNumber(value: $0) } ?? NSNumber(value: Double(text) ?? .nan)
        case .string(let text): text
        case .array(let elements): elements.map(plain)
        case .object(let members):
            Dictionary(members.map { ($0.key, plain($0.value)) }, uniquingKeysWith: { $1 })
        }
    }
}

extension Random {
    fileprivate mutating func object(_ depth: Int) -> [String: Any] {
        var object: [String: Any] = [:]
        for _ in 0..<below(5) { object[text()] = value(depth) }
        return object
    }

    private mutating func value(_ depth: Int) -> Any {
        switch below(depth > 0 ? 7 : 5) {
        case 0: text()
        case 1: below(2_000_000) - 1_000_000
        case 2: Double(below(1000)) / 8
        case 3: below(2) == 0
        case 4: NSNull()
        case 5: (0..<below(4)).map { _ in value(depth - 1) }
        default: object(depth - 1)
        }
    }

    private mutating func text() -> String {
        let alphabet = Array("ab\"\\/\n\té😀\u{1} {}[],:")
        return String((0..<below(6)).map { _ in alphabet[below(alphabet.count)] })
    }
}
