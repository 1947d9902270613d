import Media
import TestSupport
import Testing

@Suite("PackedRecord")
struct PackedRecordTests {
    private enum Field: Equatable {
        case number(Int64)
        case bytes([UInt8])
    }

    private func load(_ bytes: [UInt8], _ slots: Int) -> PackedRecord? {
        var record = PackedRecord(slots: slots)
        let isSound = unsafe bytes.withUnsafeBytes { unsafe record.load($0) }
        return isSound ? record : nil
    }

    @Test("gives back what was put, after encoding and decoding", arguments: 1...40)
    func roundTrip(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let slots = 1 + random.below(40)
        var record = PackedRecord(slots: slots)
        var model: [Int: Field] = [:]
        for slot in (0..<slots).shuffled(using: &random) where random.chance(70) {
            if random.chance(40) {
                let number = random.pick([Int64.min, -1, 0, 1, .max, Int64(bitPattern: random.next())])
                record.put(slot, number)
                model[slot] = .number(number)
            } else {
                let bytes = (0..<random.pick([0, 1, 8, 127, 128, 300, 20_000])).map { _ in UInt8(random.below(256)) }
                record.put(slot, bytes: bytes)
                model[slot] = .bytes(bytes)
            }
        }
        let loaded = try #require(load(record.bytes, slots))
        for slot in 0..<slots {
            #expect(loaded.has(slot) == (model[slot] != nil))
            switch model[slot] {
            case .number(let number): #expect(loaded.integer(slot) == number)
            case .bytes(let bytes):
                #expect(loaded.slice(slot).map(Array.init) == bytes)
                #expect(unsafe loaded.withBytes(slot) { unsafe Array($0) } == bytes)
            case nil: #expect(loaded.slice(slot) == nil && loaded.integer(slot) == nil && loaded.text(slot) == nil)
            }
        }
    }

    @Test("never crashes on bytes from elsewhere, whole, cut or changed")
    func hostile() {
        var random = SeededRandom(seed: 99)
        var sound = PackedRecord(slots: 14)
        sound.put(0, "an item")
        sound.put(3, 2_020)
        sound.put(4, String(repeating: "overview ", count: 40))
        for _ in 0..<20_000 {
            var bytes = sound.bytes
            switch random.below(3) {
            case 0: bytes = (0..<random.below(60)).map { _ in UInt8(random.below(256)) }
            case 1: bytes.removeLast(random.below(bytes.count))
            default: for _ in 0..<3 { bytes[random.below(bytes.count)] = UInt8(random.below(256)) }
            }
            guard let record = load(bytes, 14) else { continue }
            for slot in 0..<14 {
                _ = record.integer(slot)
                _ = record.text(slot)
            }
        }
    }

    @Test("refuses lengths and slots that are not there")
    func refuses() {
        #expect(load([0], 4) == nil)
        #expect(load([0, 5, 1], 4) == nil)
        #expect(load([9, 0], 4) == nil)
        #expect(load([0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], 4) == nil)
        #expect(load([], 4) != nil)
    }

    @Test("carries another record's fields, and the later of two values counts")
    func append() {
        var item = PackedRecord(slots: 4)
        item.put(0, "first")
        item.put(1, 5)
        var change = PackedRecord(slots: 8)
        change.put(7, 9)
        change.append(item)
        change.put(1, 6)
        #expect(change.text(0) == "first")
        #expect(change.integer(1) == 6)
        #expect(change.integer(7) == 9)
        #expect(load(change.bytes, 8)?.integer(1) == 6)
        change.removeAll()
        #expect(!change.has(0) && change.bytes.isEmpty)
    }
}
