import JSONStream
import Testing

/// Documents whose records are the members of an object.
@Suite("RecordStream with an object of records")
struct RecordMapTests {
    private static let shape = RecordShape([.value("n", slot: 0), .object("o", [.value("t", slot: 1)])])

    private struct Found: Equatable {
        var records: [String] = []
        var totals: [Int64?] = []
        var list: [String] = []
    }

    /// Reads a document fed in pieces of one size.
    private func read(_ text: String, pieces: Int = 4096) throws -> Found {
        var stream = RecordStream(shape: Self.shape, mapKey: "map", totals: ["id", "full"], lists: ["gone"])
        var rest = Array(text.utf8)[...]
        var found = Found()
        while true {
            switch try stream.next() {
            case .record:
                let number = stream.integer(0).map { String($0) } ?? "-"
                found.records.append("\(stream.recordKey)=\(number)/\(stream.text(1) ?? "-")")
            case .needMore:
                if rest.isEmpty { stream.finish() } else { stream.feed(Array(rest.prefix(pieces))) }
                rest = rest.dropFirst(pieces)
            case .end:
                found.totals = [stream.total("id"), stream.total("full")]
                found.list = stream.list("gone")
                return found
            }
        }
    }

    @Test("gives each member with its key, however the bytes are cut", arguments: [1, 2, 3, 7, 64, 4096])
    func records(pieces: Int) throws {
        let text = #"""
             {"id":7,"map":{"a":{"n":1,"o":{"t":"x\n"}}, "b\u0041":{}, "é":{"skip":[{"n":9}],"n":2}},
             "gone" : ["p","\u0071", 5, {"n":1}, ["z"], null], "full":true, "other":{"map":{"c":{}}}}
            """#
        let wanted = Found(
            records: ["a=1/x\n", "bA=-/-", "é=2/-"], totals: [7, 1], list: ["p", "q"])
        #expect(try read(text, pieces: pieces) == wanted)
    }

    @Test("the object may be missing or empty, and lists may be anything")
    func missing() throws {
        #expect(try read(#"{"id":1}"#) == Found(totals: [1, nil]))
        #expect(try read(#"{"map":{},"full":false,"gone":null}"#) == Found(totals: [nil, 0]))
        #expect(try read(#"{"gone":["a"],"gone":["b"]}"#) == Found(totals: [nil, nil], list: ["b"]))
        #expect(try read(#"{"gone":"a","id":[1]}"#) == Found(totals: [nil, nil]))
        #expect(try read("{}") == Found(totals: [nil, nil]))
    }

    @Test(
        "anything else is refused",
        arguments: [
            "[]", "3", #"{"map":[]}"#, #"{"map":null}"#, #"{"map":{"a":1}}"#, #"{"map":{"a":[]}}"#,
            #"{"map":{},"map":{}}"#, #"{"map":{"a":{},}}"#, #"{"map":{a:{}}}"#, #"{"map":{"a" {}}}"#,
            #"{"map":{"a":{}}"#,
            #"{"map":{"a":{}]}"#, #"{"gone":["a"}"#, #"{"gone":["a",]}"#, #"{"map":{"a":{"n":1}"b":{}}}"#, "{} x",
        ])
    func refused(text: String) {
        for pieces in [1, 5, 4096] {
            #expect(throws: JSONFailure.self) { try read(text, pieces: pieces) }
        }
    }

    @Test("a key is read only while its record is")
    func key() throws {
        var stream = RecordStream(shape: Self.shape, mapKey: "map")
        stream.feed(Array(#"{"map":{"a":{}}}"#.utf8))
        #expect(stream.recordKey == "")
        _ = try stream.next()
        #expect(stream.recordKey == "a")
        _ = try stream.next()
        #expect(stream.recordKey == "")
    }

    @Test("holds one record at a time")
    func memory() throws {
        var stream = RecordStream(shape: Self.shape, mapKey: "map")
        stream.feed(Array(#"{"map":{"start":{}"#.utf8))
        var count = 0
        for index in 0..<20_000 {
            stream.feed(Array(#","key\#(index)":{"n":\#(index),"pad":"\#(String(repeating: "x", count: 100))"}"#.utf8))
            while case .record = try stream.next() { count += 1 }
        }
        stream.feed(Array("}}".utf8))
        stream.finish()
        while case .record = try stream.next() { count += 1 }
        #expect(count == 20_001 && stream.bufferedCapacity <= 512 << 10)
    }
}
