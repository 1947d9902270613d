/// Where a wanted value lies: an offset from the start of the record's bytes.
struct Slot {
    /// Set on counts: the number itself is in `offset`.
    static let countMark: Int32 = -1

    var offset: Int32 = 0
    var length: Int32 = 0
    var kind = ValueKind.absent

    static let zero = Slot(offset: 0, length: countMark, kind: .number)
}

/// The slots of the current record in one fixed block.
@safe
struct SlotBlock: ~Copyable {
    private let base: UnsafeMutablePointer<Slot>
    let count: Int

    init(count: Int) {
        self.count = count
        unsafe base = .allocate(capacity: max(count, 1))
        unsafe base.initialize(repeating: Slot(), count: max(count, 1))
    }

    deinit {
        unsafe base.deallocate()
    }

    /// The slot, for callers inside the module; slots come from the shape, so the index is right.
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
    func reset(_ slots: UnsafeBufferPointer<NodeSlot>) {
        var index = 0
        while index < slots.count {
            let below = unsafe slots[index]
            self[below.slot] = below.isCount ? .zero : Slot()
            index &+= 1
        }
    }
}
