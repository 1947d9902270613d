import JSONStream
import Testing

@Suite("RecordStream reads")
struct RecordStreamTests {
    private let wanted = Wanted(
        shape: RecordShape([
            .value("Id", slot: 0), .value("Year", slot: 1),
            .objectIgnoringCase("ProviderIds", [.value("Tmdb", slot: 2), .value("Imdb", slot: 3)]),
            .object("ImageTags", [.value("Primary", slot: 4)]),
            .firstOf("Files", [.value("Path", slot: 5), .firstOf("Streams", [.value("Width", slot: 6)])]),
            .count("Files", slot: 7),
        ]),
        slots: 8, counts: [7], totals: ["TotalRecordCount", "StartIndex"])

    @Test("wanted members in any order, with unwanted ones between", arguments: chunkSizes)
    func members(chunk: Int) {
        let outcome = wanted.read(
            #"""
             {"StartIndex":0, "x":{"Items":[1,"]}"]}, "Items": [
              {"skip":[{"a":"}"}],"Id":"a\u00e9\n","Year":1999,"ProviderIds":{"TMDB":"12","x":1,"imdb":"tt1"}},
              {"Files":[{"n":1,"Path":"/a","Streams":[{"Width":1920},{"Width":1}]},{"Path":"/b"},3],"Id":"b","ImageTags":{}},
              {} , {"ImageTags":{"Primary":null},"Files":[],"ProviderIds":null,"Year":{"a":1}}
             ] , "TotalRecordCount" : "4" }
            """#, chunk: chunk)
        let none = Held.absent
        #expect(
            outcome.records == [
                [.string("aé\n"), .number("1999"), .string("12"), .string("tt1"), none, none, none, .count(0)],
                [.string("b"), none, none, none, none, .string("/a"), .number("1920"), .count(3)],
                [none, none, none, none, none, none, none, .count(0)],
                [none, .object, none, none, .null, none, none, .count(0)],
            ])
        #expect(outcome.failure == nil)
        #expect(outcome.totals == [4, 0])
    }

    @Test("a bare array", arguments: chunkSizes)
    func bareArray(chunk: Int) {
        var bare = wanted
        bare.arrayKey = nil
        bare.totals = []
        let outcome = bare.read(#" [ {"Id":1},{"Id":true} ] "#, chunk: chunk)
        #expect(outcome.records.map(\.first) == [.number("1"), .bool(true)])
        #expect(outcome.failure == nil)
        #expect(bare.read("[]", chunk: chunk) == Outcome())
    }

    @Test("of an array only the first element, the rest by its brackets and quotes", arguments: chunkSizes)
    func restOfArray(chunk: Int) {
        let wanted = Wanted(
            shape: RecordShape([.value("a", slot: 0), .firstOf("l", [.value("p", slot: 1)]), .value("z", slot: 2)]),
            slots: 3, arrayKey: nil, maxDepth: 5)
        let good = #"{"a":1,"l":[{"p":2,"p":3},{"p":"]\""},[[4]], {}],"z":5}"#
        let fine = wanted.read("[\(good),\(good), \(good)]", chunk: chunk)
        let record: [Held] = [.number("1"), .number("3"), .number("5")]
        #expect(fine == Outcome(records: [record, record, record]))

        let mismatch = wanted.read(#"[\#(good),{"l":[{"p":2},{"q":1]],"z":5}]"#, chunk: chunk)
        #expect(mismatch.records == [record])
        #expect(mismatch == wanted.read(#"[\#(good),{"l":[{"p":2},{"q":1]],"z":5}]"#))
        #expect(mismatch.failure != nil)
        let deep = wanted.read(#"[\#(good),{"l":[{"p":2},[[[1]]]],"z":5}]"#, chunk: chunk)
        #expect(deep == wanted.read(#"[\#(good),{"l":[{"p":2},[[[1]]]],"z":5}]"#))
        #expect(deep.failure != nil)
    }

    @Test("of members with one name the last")
    func lastWins() {
        let outcome = wanted.read(
            #"{"Items":[{"Id":1,"ProviderIds":{"Tmdb":1,"Imdb":2},"Id":2,"ProviderIds":{"Imdb":3},"#
                + #""Files":[{"Path":"a"}],"Files":0,"Year":1,"\u0059ear":[]}]}"#)
        #expect(
            outcome.records == [
                [.number("2"), .array, .absent, .number("3"), .absent, .absent, .absent, .count(0)]
            ])
    }

    @Test("escapes, halves of surrogates and NUL as U+FFFD", arguments: chunkSizes)
    func escapes(chunk: Int) {
        let outcome = wanted.read(
            #"{"Items":[{"Id":"\"\\\/\b\f\n\r\t\u0041\uD83D\uDE00|\uD800|\uDC00x|\ud800\ud800|\uD800\u0041|\u0000"}]}"#,
            chunk: chunk)
        #expect(
            outcome.records.first?.first
                == .string("\"\\/\u{8}\u{C}\n\r\tA😀|\u{FFFD}|\u{FFFD}x|\u{FFFD}\u{FFFD}|\u{FFFD}A|\u{FFFD}"))
    }

    @Test(
        "numbers and strings as integers",
        arguments: [
            ("0", 0), ("-0", 0), ("9223372036854775807", Int64.max), ("-9223372036854775808", Int64.min),
            ("9223372036854775808", nil), ("-9223372036854775809", nil), ("1e3", nil), ("1.0", nil),
            ("123456789012345678901234567890", nil), (#""603""#, 603), (#"" 603 ""#, 603), (#""""#, nil),
            (#""6 3""#, nil),
            (#""tt12""#, nil), (#""-""#, nil), ("true", nil), ("null", nil), ("[]", nil),
        ])
    func integers(json: String, expected: Int64?) throws {
        var stream = RecordStream(shape: RecordShape([.value("n", slot: 0)]), arrayKey: nil)
        stream.feed(Array(#"[{"n":\#(json)}]"#.utf8))
        guard case .record = try stream.next() else {
            Issue.record("no record")
            return
        }
        #expect(stream.integer(0) == expected)
    }

    @Test(
        "numbers as doubles", arguments: [("1.5e3", 1500), ("-0.25", -0.25), ("7", 7), ("1e999", nil), (#""1""#, nil)])
    func doubles(json: String, expected: Double?) throws {
        var stream = RecordStream(shape: RecordShape([.value("n", slot: 0)]), arrayKey: nil)
        stream.feed(Array(#"[{"n":\#(json)}]"#.utf8))
        _ = try stream.next()
        #expect(stream.double(0) == expected)
    }

    @Test("a record until the next feed, and nothing after it")
    func lifetime() throws {
        var stream = RecordStream(shape: RecordShape([.value("n", slot: 0)]), arrayKey: nil)
        #expect(stream.kind(0) == .absent)
        stream.feed(Array(#"[{"n":"one"},"#.utf8))
        _ = try stream.next()
        #expect(stream.text(0) == "one")
        stream.feed([UInt8](repeating: 0x20, count: 1 << 20))
        #expect(stream.kind(0) == .absent)
        #expect(stream.text(0) == nil)
        #expect(stream.offset == 12)
    }

    @Test("bytes written straight into its buffer")
    func filling() throws {
        var stream = RecordStream(shape: RecordShape([.value("n", slot: 0)]), arrayKey: nil)
        let written = unsafe stream.feed(minimum: 1 << 20) { (room: UnsafeMutableRawBufferPointer) in
            #expect(room.count >= 1 << 20)
            unsafe room.copyBytes(from: Array(#"[{"n":"x"}]"#.utf8))
            return 11
        }
        #expect(written == 11)
        _ = try stream.next()
        #expect(stream.text(0) == "x")
    }

    @Test("a listing far larger than its buffer in constant memory")
    func constantMemory() throws {
        var stream = RecordStream(shape: RecordShape([.value("n", slot: 0)]), arrayKey: nil)
        let record = Array((#"{"a":"\#(String(repeating: "x", count: 1000))","n":5}"#).utf8)
        var records = 0
        stream.feed(Array("[".utf8))
        for index in 0..<5000 {
            stream.feed((index == 0 ? [] : Array(",".utf8)) + record)
            while case .record = try stream.next() { records += 1 }
            #expect(stream.bufferedCapacity <= 256 << 10)
        }
        #expect(records == 5000)
    }
}
