import CScan
import Testing

/// The walk over members exists twice in C; a machine with AVX2 never takes the other by itself.
@Suite("CScan walks")
struct WalkTests {
    private struct Answer: Equatable {
        var stop: Int
        var status: UInt8
        var found: Int32
        var slots: [[Int32]]
    }

    @Test("members alike on every instruction set, from every quote of hostile documents")
    func implementations() {
        var stops = Set<UInt8>()
        for seed in 0..<60 {
            let bytes = HostileDocument(seed: UInt64(seed)).bytes
            let padded = bytes + [UInt8](repeating: 0, count: Int(CSCAN_PADDING))
            for start in bytes.indices where bytes[start] == UInt8(ascii: "\"") {
                let plain = walk(padded, count: bytes.count, from: start, implementation: 0)
                stops.insert(plain.status)
                if walk(padded, count: bytes.count, from: start, implementation: 2) != plain {
                    Issue.record("seed \(seed) from \(start)")
                }
            }
        }
        #expect(stops.count == 3)
    }

    /// Walks with `Id` and `Year` wanted as they are, and `Total` special.
    private func walk(_ padded: [UInt8], count: Int, from start: Int, implementation: Int32) -> Answer {
        let text = Array("IdYearTotal".utf8) + [UInt8](repeating: 0, count: Int(CSCAN_PADDING))
        var keys = [cscan_key](repeating: cscan_key(), count: 3)
        var cells = [UInt8](repeating: 0, count: 256)
        for (index, span) in [0..<2, 2..<6, 6..<11].enumerated() {
            keys[index] = cscan_key(
                text: UInt32(span.lowerBound), length: UInt32(span.count), slot: Int32(index), count_slot: -1,
                object: -1, element: -1, special: index == 2)
            cells[Int(cscan_cell(text[span.lowerBound], text[span.upperBound - 1], span.count))] = UInt8(index + 1)
        }
        var slots = [cscan_slot](repeating: cscan_slot(), count: 3)
        var object = unsafe cscan_object()
        var answer = Answer(stop: -1, status: 0, found: -1, slots: [])
        // proof: everything a pointer is taken of outlives the call inside these closures.
        unsafe padded.withUnsafeBufferPointer { bytes in
            unsafe text.withUnsafeBufferPointer { text in
                unsafe keys.withUnsafeBufferPointer { keys in
                    unsafe cells.withUnsafeBufferPointer { cells in
                        unsafe slots.withUnsafeMutableBufferPointer { slots in
                            unsafe withUnsafeMutablePointer(to: &object) { object in
                                guard let base = bytes.baseAddress else { return }
                                unsafe object.pointee.cells = cells.baseAddress
                                unsafe object.pointee.keys = keys.baseAddress
                                unsafe object.pointee.step_count = 1
                                var walk = unsafe cscan_walk(
                                    objects: object, text: text.baseAddress, slots: slots.baseAddress, blank: nil,
                                    slot_count: 3, record: base, end: base + count, found: -1, status: 0, escapes: false
                                )
                                let stop = unsafe cscan_members_with(
                                    implementation, base + start, 0, true, 60, &walk)
                                unsafe answer.stop = stop.map { unsafe base.distance(to: $0) } ?? -1
                                unsafe answer.status = walk.status
                                unsafe answer.found = walk.found
                            }
                        }
                    }
                }
            }
        }
        answer.slots = slots.map { [$0.offset, $0.length, Int32($0.kind), $0.escaped ? 1 : 0] }
        return answer
    }
}
