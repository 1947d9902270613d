import TestSupport
import Testing

@testable import SignalR

/// Records with random faults, from fixed seeds: the same ones on every run.
@Suite struct RecordFuzzTests {
    private static let whole = [
        #"{"type":1,"target":"ShokoEvent:FileMatched","arguments":[{"FileID":7,"CrossReferences":[{"EpisodeID":null}]}]}"#,
        #"{"type":3,"invocationId":"1","result":null}"#, #"{"type":6}"#,
        #"{"type":7,"error":"gone","allowReconnect":true}"#, "{}", #"{"error":"wrong protocol"}"#,
    ]
    private static let tokens = ["\"", "\\", "{", "}", "[", "]", ",", ":", "1", "-", "1e999", "\0", "\u{1E}", "\\u12"]

    private static func faulty(_ random: inout SeededRandom) -> [UInt8] {
        var bytes = Array(random.pick(whole).utf8)
        for _ in 0..<random.below(4) where !bytes.isEmpty {
            let at = random.below(bytes.count)
            switch random.below(4) {
            case 0: bytes[at] = UInt8(random.below(256))
            case 1: bytes.removeSubrange(at..<min(bytes.count, at + 1 + random.below(8)))
            case 2: bytes.insert(contentsOf: random.pick(tokens).utf8, at: at)
            default: bytes.removeSubrange(at...)
            }
        }
        return bytes
    }

    @Test("are read the same however they are cut, never as more than they are", arguments: 0..<50)
    func faults(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let stream = (0..<30).flatMap { _ in Self.faulty(&random) + [RecordSplitter.end] }
        var splitter = RecordSplitter()
        let records = try splitter.feed(stream)
        var pieces = RecordSplitter()
        var again: [[UInt8]] = []
        var rest = stream[...]
        while !rest.isEmpty {
            let piece = rest.prefix(1 + random.below(40))
            again += try pieces.feed(Array(piece))
            rest = rest.dropFirst(piece.count)
        }
        #expect(records == again)
        for record in records {
            let read = RecordReader.read(record)
            if case .invocation(let invocation) = read { #expect(invocation.json == record) }
            // No record is both news and an answer to the handshake.
            let objection = Result { try RecordReader.readHandshake(record) }
            if case .success = objection { #expect(read == nil) }
        }
    }

    @Test("whole ones are all understood")
    func understood() {
        let read = Self.whole.map { RecordReader.read(Array($0.utf8)) }
        #expect(read[0] != nil && read[1] == .completion && read[2] == .ping)
        #expect(read[3] == .close(error: "gone", allowReconnect: true))
        #expect(read[4] == nil && read[5] == nil)
    }
}
