import Testing

@testable import HTTPClient

@Suite struct WidthLimiterTests {
    @Test("items beyond the width wait in order, for each key alone")
    func order() {
        var lanes = WidthLimiter<String, Int>(width: 2)
        let admitted = [1, 2, 3, 4].map { lanes.admit($0, "a") } + [lanes.admit(5, "b")]
        #expect(admitted == [true, true, false, false, true])
        let released = (0..<4).map { _ in lanes.release("a") }
        #expect(released == [3, 4, nil, nil])
        let again = lanes.admit(6, "a")
        #expect(again)
    }

    @Test("an item that gave up waiting gets no place")
    func removed() {
        var lanes = WidthLimiter<String, Int>(width: 0)
        let admitted = [1, 2, 3].map { lanes.admit($0, "a") }
        #expect(admitted == [true, false, false])
        let removed = lanes.removeWaiting("a") { $0 == 2 } + lanes.removeWaiting("b") { _ in true }
        #expect(removed == [2])
        let next = lanes.release("a")
        #expect(next == 3)
        _ = lanes.admit(4, "a")
        let rest = lanes.removeAllWaiting()
        #expect(rest == [4])
    }
}

@Suite struct BodyPipeTests {
    /// Feeds blocks of 16 KiB until the pipe wants a pause; returns the bytes it took.
    private static func fill(_ pipe: BodyPipe) -> Int {
        let block = [UInt8](repeating: 7, count: 16_384)
        var taken = 0
        while taken < 10 << 20 {
            guard case .taken = unsafe block.withUnsafeBytes({ unsafe pipe.receive($0) }) else { return taken }
            taken += block.count
        }
        return taken
    }

    @Test("a pipe nobody reads asks for a pause below 512 KiB, and goes on once the reader catches up")
    func highWater() throws {
        let pipe = BodyPipe()
        var resumes = 0
        let taken = Self.fill(pipe)
        #expect(taken <= 512 << 10)
        #expect(taken > 128 << 10)
        var read = 0
        while let piece = try pipe.takeNow(resume: { resumes += 1 })?.get() {
            #expect(piece.count <= 128 << 10)
            read += piece.count
        }
        #expect(read == taken)
        #expect(resumes == 1)
        #expect(Self.fill(pipe) == taken)
    }

    @Test("what arrived before a failure is still read, what arrived before a cancellation is not")
    func endings() throws {
        let request = HTTPRequest("GET", "/")
        for (reason, expected) in [(UpstreamError.Reason.truncated, 16_384), (.cancelled, nil)] {
            let pipe = BodyPipe()
            _ = unsafe [UInt8](repeating: 7, count: 16_384).withUnsafeBytes { unsafe pipe.receive($0) }
            pipe.finish(request.failure(reason))
            pipe.finish(nil)
            if let expected { #expect(try pipe.takeNow {}?.get()?.count == expected) }
            #expect(throws: request.failure(reason)) { try pipe.takeNow {}?.get() }
        }
    }

    @Test("blocks larger than a piece stay whole and in order")
    func pieces() {
        var queue = PieceQueue(pieceSize: 4)
        for block in [[1], [2, 3], [4, 5], [6, 7, 8, 9, 10, 11], [12]] as [[UInt8]] {
            unsafe block.withUnsafeBytes { unsafe queue.append($0) }
        }
        #expect(queue.byteCount == 12)
        #expect(queue.popFirst() == [1, 2, 3])
        #expect(queue.popFirst() == [4, 5])
        #expect(queue.popFirst() == [6, 7, 8, 9, 10, 11])
        #expect(queue.popFirst() == [12])
        #expect(queue.popFirst() == nil)
        #expect(queue.byteCount == 0)
    }
}

@Suite struct HeadParserTests {
    private static func parse(_ lines: [String]) -> HeadParser {
        var parser = HeadParser()
        for line in lines { _ = unsafe Array(line.utf8).withUnsafeBytes { unsafe parser.feed($0) } }
        return parser
    }

    @Test("folded lines, odd spaces and lines without a colon do no harm")
    func odd() {
        let head = Self.parse([
            "HTTP/1.1 200\r\n", "A:  one \t\r\n", " two\r\n", "nonsense\r\n", "B:\r\n", ": x\r\n", "C: é:\n", "\r\n",
        ])
        #expect(head.isComplete)
        #expect(head.status == 200)
        #expect(head.headers["a"] == "one two")
        #expect(head.headers["B"] == "")
        #expect(head.headers["c"] == "é:")
    }

    @Test("an interim head is forgotten")
    func interim() {
        let head = Self.parse(["HTTP/1.1 100 Continue\r\n", "A: 1\r\n", "\r\n", "HTTP/1.1 204 No\r\n", "\r\n"])
        #expect(head.isComplete)
        #expect(head.status == 204)
        #expect(head.headers["A"] == nil)
    }

    @Test("a head beyond its limit is given up")
    func long() {
        var parser = HeadParser()
        let line = [UInt8](repeating: 65, count: HeadParser.limit + 1)
        let verdict = unsafe line.withUnsafeBytes { unsafe parser.feed($0) }
        #expect(verdict == nil)
    }

    @Test("a duration is never rounded down to nothing")
    func milliseconds() {
        #expect(Duration.microseconds(1).wholeMilliseconds == 1)
        #expect(Duration.milliseconds(1500).wholeMilliseconds == 1500)
        #expect(Duration.zero.wholeMilliseconds == 0)
    }
}
