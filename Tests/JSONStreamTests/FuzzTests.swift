import JSONStream
import Testing

/// Thousands of documents from fixed seeds: the same ones on every run.
@Suite("RecordStream agrees with an independent parser")
struct FuzzTests {
    private let wanted = HostileDocument.wanted

    @Test("on valid hostile documents, for every size of pieces", arguments: 0..<4)
    func valid(part: Int) {
        for seed in (part * 75)..<(part * 75 + 75) {
            let document = HostileDocument(seed: UInt64(seed))
            let whole = wanted.read(document.bytes)
            #expect(whole == Outcome(records: document.records, totals: [9], failure: nil), "seed \(seed)")
            #expect(
                Reference.read(document.bytes) == .records(Reference.comparable(document.records)), "seed \(seed)")
            for chunk in chunkSizes { #expect(wanted.read(document.bytes, chunk: chunk) == whole, "seed \(seed)") }
        }
    }

    @Test("on documents with one change, except for faults inside skipped values", arguments: 0..<8)
    func mutated(part: Int) {
        var random = Random(seed: UInt64(1000 + part))
        var verdicts: [String: Int] = [:]
        for _ in 0..<600 {
            let document = HostileDocument(seed: random.next())
            let change = Change(document.bytes, &random)
            let outcome = wanted.read(change.bytes)
            verdicts[judge(outcome, change, document), default: 0] += 1
            // However it is cut, the answer is the same, with the failure's kind and byte.
            let isSame = wanted.read(change.bytes, chunk: random.pick([1, 2, 3, 7, 64, 333])) == outcome
            if !isSame { Issue.record("another answer in pieces: \(change)") }
        }
        // The changes must have been of every sort, or this proved little.
        for verdict in ["both accept", "both refuse", "passed in a skipped value"] {
            #expect(verdicts[verdict, default: 0] > 20, "\(verdicts)")
        }
    }

    private func judge(_ outcome: Outcome, _ change: Change, _ document: HostileDocument) -> String {
        let ours = Reference.comparable(outcome.records)
        switch (Reference.read(change.bytes), outcome.failure) {
        case (.records(let records), nil):
            if ours != records { Issue.record("other records: \(change)") }
            return "both accept"
        case (.records, .unexpected(_, "there is a second array of records")):
            return "second array"
        case (.records, .malformed(let at, _)) where change.isTrailingComma(before: at):
            return "trailing comma"
        case (.records, .some(let failure)):
            Issue.record("refused a valid document: \(failure), \(change)")
        case (.otherShape, .unexpected):
            return "both find another shape"
        case (.otherShape, let failure):
            Issue.record("another shape: \(String(describing: failure)), \(change)")
        case (.invalid, .some):
            return "both refuse"
        case (.invalid, nil):
            if change.hasHugeExponent { return "beyond Double" }
            #expect(document.skipped.contains { change.isInside($0) }, "fault in a wanted part passed: \(change)")
            if outcome.records != document.records { Issue.record("a skipped fault changed a record: \(change)") }
            return "passed in a skipped value"
        }
        return "wrong"
    }
}

/// One change to a document: bytes flipped, dropped, put in, or the end cut off.
private struct Change: CustomStringConvertible {
    var bytes: [UInt8]
    private let range: Range<Int>  // of the original that is gone
    private let isInsertion: Bool
    private let kind: String

    init(_ original: [UInt8], _ random: inout Random) {
        bytes = original
        let at = random.below(original.count)
        let few = min(1 + random.below(random.pick([1, 1, 4])), original.count - at)
        let tokens = [
            "\"", "\\", "{", "}", "[", "]", ",", ":", " ", "0", "-", "e", "\n", "\0", "x", "\\u", "[]", "\"\"",
        ]
        switch random.below(8) {
        case 0, 1:
            (kind, range) = ("bit", at..<at + 1)
            bytes[at] ^= 1 << UInt8(random.below(8))
        case 2:
            (kind, range) = ("byte", at..<at + 1)
            bytes[at] = UInt8(truncatingIfNeeded: random.next())
        case 3:
            (kind, range) = ("token", at..<at + 1)
            bytes.replaceSubrange(range, with: random.pick(tokens).utf8)
        case 4, 5:
            (kind, range) = ("drop", at..<at + few)
            bytes.removeSubrange(range)
        case 6:
            (kind, range) = ("insert", at..<at)
            bytes.insert(contentsOf: random.pick(tokens).utf8, at: at)
        default:
            (kind, range) = ("cut", at..<original.count)
            bytes.removeSubrange(range)
        }
        isInsertion = kind == "insert"
    }

    func isInside(_ span: Range<Int>) -> Bool {
        isInsertion
            ? span.lowerBound < range.lowerBound && range.lowerBound < span.upperBound
            : span.lowerBound <= range.lowerBound && range.upperBound <= span.upperBound
    }

    /// Foundation lets a comma before `}` pass; RFC 8259 does not.
    func isTrailingComma(before at: Int) -> Bool {
        let before = bytes[..<at].last { ![0x20, 0x0A, 0x0D, 0x09].contains($0) }
        return bytes[at] == UInt8(ascii: "}") && before == UInt8(ascii: ",")
    }

    /// Foundation refuses numbers that `Double` cannot hold; JSON does not.
    var hasHugeExponent: Bool {
        String(decoding: bytes, as: UTF8.self).contains(#/[0-9][eE][+-]?[0-9]{3,}/#)
    }

    var description: String {
        "\(kind) at \(range): \(String(reflecting: String(decoding: bytes, as: UTF8.self)))"
    }
}
