/// A map from 64-bit keys to 32-bit numbers at fourteen bytes an entry.
///
/// A library of half a million titles has one and a half million keys; `Dictionary` rounds its storage up to powers of
/// two and moves through twice of it when it grows. This one grows by half, and is sized at once when the count is known.
public struct KeyTable: Sendable {
    private var keys: [UInt64]
    private var values: [UInt32]
    public private(set) var count = 0

    private static let free: UInt64 = 0

    public init(capacity: Int = 0) {
        let slots = Self.slots(for: capacity)
        keys = Array(repeating: Self.free, count: slots)
        values = Array(repeating: 0, count: slots)
    }

    /// At most seven slots of eight are taken.
    private static func slots(for capacity: Int) -> Int { max(16, capacity + capacity / 7 + 1) }

    /// Makes room for `capacity` entries in all.
    public mutating func reserve(_ capacity: Int) {
        if Self.slots(for: capacity) > keys.count { resize(to: Self.slots(for: capacity)) }
    }

    public subscript(key: UInt64) -> UInt32? {
        let slot = slot(of: key)
        return keys[slot] == Self.free ? nil : values[slot]
    }

    /// Stores `value` unless the key is there already.
    ///
    /// - Returns: the value that stands for the key now, and whether it is new.
    @discardableResult
    public mutating func insert(_ key: UInt64, _ value: UInt32) -> (value: UInt32, isNew: Bool) {
        if count >= keys.count - keys.count / 8 { resize(to: keys.count + keys.count / 2) }
        let slot = slot(of: key)
        if keys[slot] != Self.free { return (values[slot], false) }
        keys[slot] = Self.stored(key)
        values[slot] = value
        count += 1
        return (value, true)
    }

    /// Zero marks a free slot, so a zero key is held as another value no provider key takes.
    private static func stored(_ key: UInt64) -> UInt64 { key == free ? .max : key }

    private func slot(of key: UInt64) -> Int {
        let stored = Self.stored(key)
        let mixed = (stored ^ stored >> 32) &* 0x9e37_79b9_7f4a_7c15
        var slot = Int(mixed.multipliedFullWidth(by: UInt64(keys.count)).high)
        while keys[slot] != Self.free && keys[slot] != stored {
            slot += 1
            if slot == keys.count { slot = 0 }
        }
        return slot
    }

    private mutating func resize(to slots: Int) {
        let oldKeys = keys
        let oldValues = values
        keys = Array(repeating: Self.free, count: slots)
        values = Array(repeating: 0, count: slots)
        for index in oldKeys.indices where oldKeys[index] != Self.free {
            let slot = slot(of: oldKeys[index])
            keys[slot] = oldKeys[index]
            values[slot] = oldValues[index]
        }
    }
}
