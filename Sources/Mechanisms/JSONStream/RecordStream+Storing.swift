import CScan

/// Where wanted values go.
extension RecordStream {
    /// Forgets what an earlier member of the same name left, and refuses a value that cannot be what must stand here.
    @inline(__always)
    mutating func prepare(_ byte: UInt8, _ at: Int) throws(JSONFailure) {
        let wanted = table.target(target)
        if wanted.role != .plain { return try prepareSpecial(wanted, byte, at) }
        if wanted.node >= 0 { unsafe slots.reset(table.slots(below: Int(wanted.node))) }
        if wanted.element >= 0 { unsafe slots.reset(table.slots(below: Int(table.target(Int(wanted.element)).node))) }
        if wanted.countSlot >= 0 { slots[Int(wanted.countSlot)] = Slot(count: 0) }
    }

    /// The document, the array of records, and its elements must be of one kind.
    @inline(never)
    private mutating func prepareSpecial(_ wanted: Target, _ byte: UInt8, _ at: Int) throws(JSONFailure) {
        guard Byte.startsValue(byte) else { return }  // no value at all: the caller says so
        switch wanted.role {
        case .plain: break
        case .total: totals[Int(wanted.slot)] = nil
        case .envelope:
            if byte != Byte.openObject { throw .unexpected(at: offset(at), "the document is not an object") }
        case .records:
            if byte != Byte.openArray { throw .unexpected(at: offset(at), "the records are not in an array") }
            if arraySeen { throw .unexpected(at: offset(at), "there is a second array of records") }
            arraySeen = true
        case .map:
            if byte != Byte.openObject { throw .unexpected(at: offset(at), "the records are not in an object") }
            if arraySeen { throw .unexpected(at: offset(at), "there is a second object of records") }
            arraySeen = true
        case .list: lists[Int(wanted.slot)] = []
        case .item: break
        case .record:
            if byte != Byte.openObject { throw .unexpected(at: offset(at), "a record is not an object") }
            unsafe slots.reset(table.slots(below: Int(wanted.node)))
            recordStart = at
            inRecord = true
        }
    }

    /// Notes a value for its slot.
    @inline(__always)
    mutating func store(_ kind: ValueKind, _ range: Range<Int>) {
        let wanted = table.target(target)
        guard wanted.slot >= 0 else { return }
        if wanted.role == .plain {
            slots[Int(wanted.slot)] = Slot(offset: range.lowerBound &- recordStart, length: range.count, kind: kind)
        } else {
            storeSpecial(wanted, kind, range)
        }
    }

    @inline(never)
    private mutating func storeSpecial(_ wanted: Target, _ kind: ValueKind, _ range: Range<Int>) {
        switch wanted.role {
        case .total: totals[Int(wanted.slot)] = integer(kind, range)
        case .item where kind == .string:
            lists[Int(wanted.slot)].append(unsafe String(decoding: buffer.view.buffer(range), as: UTF8.self))
        default: break
        }
    }

    /// Notes how many elements a closed array had.
    mutating func storeCount(_ array: Frame) {
        let slot = table.target(Int(array.target)).countSlot
        if slot >= 0 { slots[Int(slot)] = Slot(count: array.count) }
    }

    /// Unescapes in place what the scan in C noted: only now, as nothing of the record will be looked at again.
    mutating func resolveEscapes() {
        hasEscapes = false
        for index in 0..<slots.count where slots[index].escaped {
            var slot = slots[index]
            let start = recordStart + Int(slot.offset)
            slot.length = Int32(Escapes.resolve(start..<start + Int(slot.length), in: buffer.view))
            slot.escaped = false
            slots[index] = slot
        }
    }

    private func integer(_ kind: ValueKind, _ range: Range<Int>) -> Int64? {
        switch kind {
        case .number: Decimal64.integer(range, in: buffer.view)
        case .string: Decimal64.trimmedInteger(range, in: buffer.view)
        case .bool: buffer.view[range.lowerBound] == UInt8(ascii: "t") ? 1 : 0
        default: nil
        }
    }
}
