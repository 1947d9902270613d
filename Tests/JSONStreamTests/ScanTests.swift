import CScan
import Testing

@Suite("CScan")
struct ScanTests {
    private struct Answer: Equatable {
        var stop: Int
        var status: UInt8
        var depth: UInt32
    }

    @Test("skips alike on every instruction set and for every cut")
    func implementations() {
        var random = Random(seed: 77)
        for _ in 0..<800 {
            let tokens = [
                "\"", "\"", "\\", "{", "}", "[", "]", ",", "a", " ", "\n", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            ]
            let text = (0..<random.below(random.pick([5, 40, 150]))).map { _ in random.pick(tokens) }.joined()
            let bytes = Array(text.utf8)
            let expected = skip(bytes, implementation: 0, chunk: 1)
            for implementation in Int32(0)..<3 {
                for chunk in [1, 5, 63, 64, 65, 10_000] {
                    #expect(skip(bytes, implementation: implementation, chunk: chunk) == expected, "\(text)")
                }
            }
        }
    }

    /// Skips through exactly sized copies, so that the address sanitizer sees any read behind the padding.
    private func skip(_ bytes: [UInt8], implementation: Int32, chunk: Int) -> Answer {
        var state = cscan_skip_state()
        state.depth = 1
        state.limit = 8
        state.kinds = 1
        state.status = UInt8(CSCAN_MORE)
        var at = 0
        while at < bytes.count, state.status == CSCAN_MORE {
            let piece = Array(bytes[at..<min(at + chunk, bytes.count)])
            let padded = piece + [UInt8](repeating: 0, count: Int(CSCAN_PADDING))
            unsafe padded.withUnsafeBufferPointer { buffer in
                guard let start = buffer.baseAddress else { return }
                let stop = unsafe cscan_skip_with(implementation, start, start + piece.count, &state)
                unsafe at += start.distance(to: stop ?? start)
            }
        }
        return Answer(stop: at, status: state.status, depth: state.depth)
    }
}
