import JSONStream
import Testing

/// Every way the grammar can be broken, with the byte where it shows.
@Suite("RecordStream refuses")
struct MalformedTests {
    private let wanted = Wanted(
        shape: RecordShape([
            .value("n", slot: 0), .object("o", [.value("m", slot: 1)]), .firstOf("f", [.value("m", slot: 2)]),
            .count("f", slot: 3),
        ]),
        slots: 4, counts: [3], totals: ["T"])

    /// Where `‸` stands the error must be reported; the mark itself is taken out.
    @Test(
        "broken grammar at its byte, before any later byte arrives",
        arguments: [
            // the envelope
            "‸x", "‸}", "‸]", "{‸x", "{‸,", #"{"a"‸}"#, #"{"a"‸,"#, #"{"a" ‸"b""#, #"{"a":‸}"#, #"{"a":‸,"#,
            #"{"a":1‸:"#,
            #"{"a":1 ‸"b""#, #"{"a":1,‸}"#, #"{"a":1,‸,"#, #"{"a":1‸]"#, #"{"Items":[]‸]"#, #"{"Items":[]}‸x"#,
            #"{"Items":[]}‸{"#, #"{"Items":[]} ‸,"#, "{\"a\u{1}\":1}", "\u{FEFF}{", #"{a"#, #"{'"#,
            // the array of records
            #"{"Items":[‸,"#, #"{"Items":[{}‸{"#, #"{"Items":[{},‸]"#, #"{"Items":[{},‸,"#, #"{"Items":[{}‸}"#,
            #"{"Items":[{}‸:"#, #"{"Items":[‸}"#, #"{"Items":[{}‸1"#,
            // a record's own members
            #"{"Items":[{‸,"#, #"{"Items":[{"n"‸1"#, #"{"Items":[{"n":‸:"#, #"{"Items":[{"n":1‸"o""#,
            #"{"Items":[{"n":1‸]"#, #"{"Items":[{"n":1,‸}"#, #"{"Items":[{"x"‸}"#, #"{"Items":[{"x":1‸"y""#,
            #"{"Items":[{"x":[]‸"y""#, #"{"Items":[{"x":{}‸{"#, #"{"Items":[{"x":""‸"""#, #"{"Items":[{"x":‸}"#,
            #"{"Items":[{n"#, #"{"Items":[{1"#,
            // wanted objects and arrays inside a record
            #"{"Items":[{"o":{‸1"#, #"{"Items":[{"o":{"m":1‸"x""#, #"{"Items":[{"o":{"m":1}‸"x""#,
            #"{"Items":[{"f":[‸,"#, #"{"Items":[{"f":[{}‸{"#, #"{"Items":[{"f":[1,‸]"#, #"{"Items":[{"f":[1‸}"#,
            #"{"Items":[{"f":[{"m":1‸]"#, #"{"Items":[{"f":[{"m":‸]"#,
            // words
            #"{"Items":[{"n":t‸x"#, #"{"Items":[{"n":tru‸,"#, #"{"Items":[{"n":true‸e"#, #"{"Items":[{"n":fals‸}"#,
            #"{"Items":[{"n":n‸U"#, #"{"Items":[{"n":‸N"#, #"{"Items":[{"n":‸T"#, #"{"Items":[{"x":nul‸}"#,
            #"{"Items":[{"n":‸I"#,
            // numbers
            #"{"Items":[{"n":-‸,"#, #"{"Items":[{"n":0‸1"#, #"{"Items":[{"n":-0‸0"#, #"{"Items":[{"n":‸+1"#,
            #"{"Items":[{"n":‸.5"#, #"{"Items":[{"n":1.‸,"#, #"{"Items":[{"n":1.‸e"#, #"{"Items":[{"n":1e‸,"#,
            #"{"Items":[{"n":1e+‸}"#, #"{"Items":[{"n":1e5‸."#, #"{"Items":[{"n":1.5‸."#, #"{"Items":[{"n":0‸x"#,
            #"{"Items":[{"n":-‸I"#, #"{"Items":[{"x":1.‸,"#, #"{"Items":[{"n":1‸_"#, #"{"a":1.‸}"#,
            // strings
            "{\"Items\":[{\"n\":\"a‸\n", "{\"Items\":[{\"n\":\"‸\u{0}", "{\"Items\":[{\"x\":\"‸\u{1F}",
            #"{"Items":[{"n":"\‸x"#, #"{"Items":[{"n":"\‸U"#, #"{"Items":[{"n":"\u‸x"#, #"{"Items":[{"n":"\u12‸g"#,
            #"{"Items":[{"n":"\u123‸""#, #"{"Items":[{"x":"\‸a"#, #"{"Items":[{"n":"\‸'"#, #"{"Items":[{"\‸q"#,
            "{\"Items\":[{\"n\":\"\\‸\n", "{\"Items\":[{\"n‸\t",
            // skipped containers
            #"{"Items":[{"x":[‸}"#, #"{"Items":[{"x":{‸]"#, #"{"Items":[{"x":[{"a":[1,2]‸]"#, #"{"x":[[]‸}"#,
            "{\"x\":[\"a‸\n", "{\"Items\":[{\"x\":{\"a\":\"\\\\\\\"\",\"b\":\"‸\t",
        ])
    func grammar(marked: String) throws {
        let parts = marked.split(separator: "‸", omittingEmptySubsequences: false)
        let good = Array(parts[0].utf8)
        let all = parts.count > 1 ? good + Array(parts[1].utf8) : good
        var failures: Set<JSONFailure> = []
        for chunk in chunkSizes {
            let outcome = wanted.read(all, chunk: chunk)
            failures.insert(try #require(outcome.failure))
        }
        #expect(failures.count == 1)
        guard case .malformed(let at, _) = failures.first else {
            Issue.record("\(marked): \(failures)")
            return
        }
        if parts.count > 1 { #expect(at == good.count) }
        // The same bytes up to and with the bad one, without an end of input, must fail already.
        var stream = RecordStream(shape: wanted.shape, arrayKey: "Items", totals: ["T"])
        stream.feed(Array(all.prefix(at + 1)))
        #expect(throws: JSONFailure.self) { while case .record = try stream.next() {} }
    }

    @Test(
        "bytes that are not UTF-8 in wanted strings and keys",
        arguments: [
            ([0xC0, 0x80], 0), ([0xC1, 0xBF], 0), ([0xE0, 0x9F, 0xBF], 0), ([0xED, 0xA0, 0x80], 0),
            ([0xED, 0xBF, 0xBF], 0), ([0xF0, 0x8F, 0xBF, 0xBF], 0), ([0xF4, 0x90, 0x80, 0x80], 0), ([0xF5], 0),
            ([0xFF], 0), ([0x80], 0), ([0xC3, 0x28], 0), ([0xE2, 0x82], 0), ([0xF0, 0x9F, 0x98], 0),
            ([0xC3, 0xA9, 0xA9], 2), ([0xE2, 0x82, 0xAC, 0xC3], 3), ([0x61, 0x5C, 0x6E, 0xBF, 0x5C, 0x6E], 3),
        ] as [([UInt8], Int)])
    func encoding(bytes: [UInt8], fault: Int) {
        for prefix in [#"{"Items":[{"n":""#, #"{"Items":[{"o":{"m":""#, #"{"Items":[{""#, #"{""#] {
            let document = Array(prefix.utf8) + bytes + Array(#"":1"#.utf8)
            for chunk in chunkSizes {
                #expect(
                    wanted.read(document, chunk: chunk).failure
                        == .malformed(at: prefix.utf8.count + fault, "a string is not UTF-8"))
            }
        }
    }

    @Test("valid characters at every edge of UTF-8", arguments: chunkSizes)
    func edges(chunk: Int) {
        let text = "\u{7F}\u{80}\u{7FF}\u{800}\u{D7FF}\u{E000}\u{FFFD}\u{FFFF}\u{10000}\u{10FFFF}"
        #expect(wanted.read(#"{"Items":[{"n":"\#(text)"}]}"#, chunk: chunk).records.first?.first == .string(text))
    }

    @Test("input that ends early, as truncated, at every length")
    func truncated() {
        let document = Array(
            #"{"T":1,"s":{"a":[1,{}]},"Items":[{"n":"aé\u00e9","o":{"m":-1.5e+3},"f":[{"m":true},null],"x":[{}]}],"z":""} "#
                .utf8)
        let whole = wanted.read(document)
        #expect(whole.failure == nil)
        for length in 0..<(document.count - 1) {
            for chunk in [1, 5, Int.max] {
                let outcome = wanted.read(Array(document.prefix(length)), chunk: chunk)
                #expect(outcome.failure == .truncated(at: length))
            }
        }
    }

    @Test(
        "JSON of another shape",
        arguments: [
            ("[]", 0), ("3", 0), (#""x""#, 0), ("null", 0), (#"{"Items":{}}"#, 9), (#"{"Items":null}"#, 9),
            (#"{"Items":[1]}"#, 10), (#"{"Items":[null]}"#, 10), (#"{"Items":[{},[]]}"#, 13), ("{}", 2),
            (#"{"items":[]}"#, 12), (#"{"Items":[],"Items":[]}"#, 20),
        ])
    func unexpected(document: String, at: Int) {
        for chunk in chunkSizes {
            guard case .unexpected(at, _) = wanted.read(document, chunk: chunk).failure else {
                Issue.record("\(wanted.read(document, chunk: chunk))")
                continue
            }
        }
    }

    @Test("records above the cap, whole or in pieces", arguments: chunkSizes)
    func recordCap(chunk: Int) {
        var small = wanted
        small.maxRecord = 100
        let fits = #"{"n":"\#(String(repeating: "x", count: 92))"}"#
        #expect(small.read(#"{"Items":[\#(fits),\#(fits)]}"#, chunk: chunk).records.count == 2)
        let outcome = small.read(#"{"Items":[\#(fits),{"n":1,"x":[\#(fits)]}]}"#, chunk: chunk)
        #expect(outcome.failure == .recordTooLarge(at: 111, limit: 100))
        #expect(outcome.records.count == 1)
    }

    @Test("an endless string outside the records")
    func envelopeCap() {
        var small = wanted
        small.maxRecord = 100
        let document = #"{"a":""# + String(repeating: "x", count: 500)
        #expect(small.read(document, chunk: 64).failure == .recordTooLarge(at: 5, limit: 100))
    }

    @Test("nesting above the cap, wanted or skipped", arguments: chunkSizes)
    func depthCap(chunk: Int) {
        var shallow = wanted
        shallow.maxDepth = 5
        #expect(shallow.read(#"{"Items":[{"x":[[1]],"o":{"m":[]}}]}"#, chunk: chunk).failure == nil)
        #expect(
            shallow.read(#"{"Items":[{"x":[[[1]]]}]}"#, chunk: chunk).failure == .tooDeep(at: 17, limit: 5))
        #expect(
            shallow.read(#"{"Items":[{"o":{"m":[[1]]}}]}"#, chunk: chunk).failure == .tooDeep(at: 21, limit: 5))
        let bomb = #"{"Items":[{"x":"# + String(repeating: "[", count: 100_000)
        #expect(wanted.read(bomb, chunk: chunk == 1 ? 7 : chunk).failure == .tooDeep(at: 76, limit: 64))
    }

    @Test("the same failure again when asked again")
    func sticky() {
        var stream = RecordStream(shape: wanted.shape, arrayKey: nil)
        stream.feed(Array("[x".utf8))
        let first = #expect(throws: JSONFailure.self) { try stream.next() }
        stream.feed(Array("[]".utf8))
        let second = #expect(throws: JSONFailure.self) { try stream.next() }
        #expect(first == second)
    }
}
