import Foundation
import JSONStream
import Testing

@Suite("JSONWriter")
struct JSONWriterTests {
    @Test("writes commas, keys, and null by itself")
    func document() {
        var writer = JSONWriter()
        writer.object { writer in
            writer.field("title", "Amélie \"1\"\n")
            writer.field("year", 2001)
            writer.field("missing", nil as String?)
            writer.field("min", Int64.min)
            writer.field("score", 0.1)
            writer.field("nan", Double.nan)
            writer.field("known", true)
            writer.object("empty") { _ in }
            writer.array("list") { writer in
                for number in [-1, 0, 10, 605] { writer.value(number) }
                writer.array { _ in }
                writer.null()
                writer.raw(#"{"a":1}"#.utf8)
            }
            writer.key(string: "k\u{1F}")
            writer.value(false)
        }
        #expect(
            String(decoding: writer.bytes, as: UTF8.self)
                == #"{"title":"Amélie \"1\"\n","year":2001,"missing":null,"min":-9223372036854775808,"score":0.1,"#
                + #""nan":null,"known":true,"empty":{},"list":[-1,0,10,605,[],null,{"a":1}],"k\u001f":false}"#)
        writer.removeAll()
        writer.value("x")
        #expect(writer.bytes == Array(#""x""#.utf8))
    }

    @Test("passes errors of the body on")
    func throwing() {
        struct Stop: Error {}
        var writer = JSONWriter()
        #expect(throws: Stop.self) { try writer.array { _ in throw Stop() } }
    }

    @Test("is read back by an independent parser as what was written", arguments: 0..<4)
    func roundTrip(part: Int) throws {
        var random = Random(seed: UInt64(part))
        for _ in 0..<500 {
            var writer = JSONWriter()
            let value = Tree(&random, depth: 0)
            value.write(to: &writer)
            let read = try JSONSerialization.jsonObject(with: Data(writer.bytes), options: .fragmentsAllowed)
            #expect(Tree(read) == value)
        }
    }
}

/// Any JSON value.
private indirect enum Tree: Equatable {
    case null
    case number(Double)
    case text(String)
    case list([Tree])
    case object([String: Tree])

    init(_ random: inout Random, depth: Int) {
        switch random.below(depth > 4 ? 3 : 5) {
        case 0: self = .null
        case 1: self = .number(random.chance(50) ? Double(random.below(1000)) - 500 : Tree.anyFraction(&random))
        case 2: self = .text(Tree.anyText(&random))
        case 3: self = .list((0..<random.below(5)).map { _ in Tree(&random, depth: depth + 1) })
        default:
            var members: [String: Tree] = [:]
            for _ in 0..<random.below(5) { members[Tree.anyText(&random)] = Tree(&random, depth: depth + 1) }
            self = .object(members)
        }
    }

    init(_ value: Any) {
        switch value {
        case let text as String: self = .text(text)
        case let list as [Any]: self = .list(list.map { Tree($0) })
        case let members as [String: Any]: self = .object(members.mapValues { Tree($0) })
        case let number as NSNumber: self = .number(number.doubleValue)
        default: self = .null
        }
    }

    func write(to writer: inout JSONWriter) {
        switch self {
        case .null: writer.null()
        case .number(let number):
            if let whole = Int64(exactly: number) { writer.value(whole) } else { writer.value(number) }
        case .text(let text): writer.value(text)
        case .list(let list): writer.array { writer in for value in list { value.write(to: &writer) } }
        case .object(let members):
            writer.object { writer in
                for (key, value) in members {
                    writer.key(string: key)
                    value.write(to: &writer)
                }
            }
        }
    }

    private static func anyFraction(_ random: inout Random) -> Double {
        // Foundation reads longer fractions a few last places off: keep to those it reads exactly.
        random.pick([0.1, -2.5, 1e16, 1e-5, 2.5e20, 123.456, Double(random.below(1 << 24)) / 64])
    }

    private static func anyText(_ random: inout Random) -> String {
        var text = ""
        for _ in 0..<random.below(12) {
            let limit = random.pick([0x80, 0x80, 0x800, 0x1_0000, 0x11_0000])
            if let scalar = Unicode.Scalar(UInt32(random.below(limit))) { text.unicodeScalars.append(scalar) }
        }
        return text
    }
}
