import TestSupport
import Testing

@testable import SignalR

@Suite struct RecordSplitterTests {
    @Test("any cutting of any records gives the same records", arguments: 0..<200)
    func anyCut(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let records = (0..<Int.random(in: 0...20, using: &random)).map { _ in
            (0..<Int.random(in: 0...40, using: &random)).map { _ in
                let byte = UInt8.random(in: 0...255, using: &random)
                return byte == RecordSplitter.end ? 0 : byte
            }
        }
        let tail = [UInt8](repeating: 65, count: Int.random(in: 0...5, using: &random))
        let stream = records.flatMap { $0 + [RecordSplitter.end] } + tail
        var splitter = RecordSplitter()
        var found: [[UInt8]] = []
        var rest = stream[...]
        while !rest.isEmpty {
            let piece = rest.prefix(Int.random(in: 1...30, using: &random))
            found += try splitter.feed(Array(piece))
            rest = rest.dropFirst(piece.count)
            if Int.random(in: 0..<5, using: &random) == 0 { found += try splitter.feed([]) }
        }
        #expect(found == records)
        #expect(try splitter.feed([RecordSplitter.end]) == [tail])
    }

    @Test("a record may have the limit's size and no more, in one piece or in many", arguments: [1, 7, 100])
    func limit(piece: Int) throws {
        func feed(_ count: Int) throws -> [[UInt8]] {
            var splitter = RecordSplitter(limit: 50)
            var rest = ([UInt8](repeating: 1, count: count) + [RecordSplitter.end])[...]
            var found: [[UInt8]] = []
            while !rest.isEmpty {
                found += try splitter.feed(Array(rest.prefix(piece)))
                rest = rest.dropFirst(piece)
            }
            return found
        }
        #expect(try feed(50).map(\.count) == [50])
        #expect(throws: RecordSplitter.Overflow(limit: 50)) { try feed(51) }
    }
}
