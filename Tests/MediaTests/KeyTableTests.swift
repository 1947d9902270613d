import Media
import TestSupport
import Testing

@Suite("KeyTable")
struct KeyTableTests {
    @Test("answers like a dictionary that keeps the first value", arguments: 1...12)
    func model(seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        var table = KeyTable(capacity: random.below(200))
        var model: [UInt64: UInt32] = [:]
        // Few distinct keys collide often; zero and the ends are keys like any other but one another.
        let spread = random.pick([16, 300, 100_000])
        for step in 0..<6_000 {
            if random.chance(1) { table.reserve(random.below(5_000)) }
            let key = 1 + UInt64(random.below(spread)) << UInt64(random.pick([0, 31, 40]))
            if random.chance(60) {
                let (value, isNew) = table.insert(key, UInt32(step))
                #expect(isNew == (model[key] == nil))
                if model[key] == nil { model[key] = UInt32(step) }
                #expect(value == model[key])
            } else {
                #expect(table[key] == model[key])
            }
        }
        #expect(table.count == model.count)
        for (key, value) in model { #expect(table[key] == value) }
    }

    @Test("takes zero as a key")
    func zero() {
        var table = KeyTable()
        #expect(table[0] == nil)
        table.insert(0, 7)
        #expect(table[0] == 7)
        #expect(table[1] == nil)
    }

    @Test("finds every key again after growing from nothing")
    func grows() {
        var table = KeyTable()
        for number in 0..<50_000 { table.insert(UInt64(number) << 20 | 1, UInt32(number)) }
        for number in 0..<50_000 { #expect(table[UInt64(number) << 20 | 1] == UInt32(number)) }
        #expect(table.count == 50_000)
    }
}
