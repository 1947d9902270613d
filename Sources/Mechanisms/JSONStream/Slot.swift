import CScan

/// Where a wanted value lies, shared with the scans in C.
typealias Slot = cscan_slot

extension cscan_slot {
    /// The length that marks a count: the number itself is in `offset`.
    static let countMark = Int32(CSCAN_COUNT)

    init(offset: Int, length: Int, kind: ValueKind) {
        self.init(
            offset: Int32(truncatingIfNeeded: offset), length: Int32(truncatingIfNeeded: length), kind: kind.rawValue,
            escaped: false)
    }

    init(count: Int32) {
        self.init(offset: count, length: Self.countMark, kind: ValueKind.number.rawValue, escaped: false)
    }

    var isCount: Bool { length == Self.countMark }
}

/// The slots of the current record in one fixed block.
@safe
struct SlotBlock: ~Copyable {
    let base: UnsafeMutablePointer<Slot>
    let count: Int

    init(count: Int) {
        self.count = count
        unsafe base = .allocate(capacity: max(count, 1))
        unsafe base.initialize(repeating: Slot(), count: max(count, 1))
    }

    deinit {
        unsafe base.deallocate()
    }

    /// The slot; one that is not in the shape stops the program.
    @inline(__always)
    subscript(_ index: Int) -> Slot {
        get {
            precondition(index >= 0 && index < count, "no such slot in the shape")
            return unsafe base[index]
        }
        nonmutating set {
            assert(index >= 0 && index < count)
            unsafe base[index] = newValue
        }
    }

    /// Forgets everything below a node.
    @inline(__always)
    func reset(_ slots: UnsafeBufferPointer<cscan_reset>) {
        var index = 0
        while index < slots.count {
            let below = unsafe slots[index]
            self[Int(below.slot)] = below.is_count ? Slot(count: 0) : Slot()
            index &+= 1
        }
    }
}
