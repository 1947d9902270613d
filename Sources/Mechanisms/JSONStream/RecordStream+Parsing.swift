import CScan

/// The state machine: one loop over the kinds of tokens, each case falling through to what usually follows.
///
/// Every case leaves `state` and `position` so that the next call, with more bytes behind the same ones, goes on there.
extension RecordStream {
    /// Parses until a record is complete; false when the bytes are used up.
    mutating func advance() throws(JSONFailure) -> Bool {
        let bytes = buffer.view
        var at = position
        if state == .separator, frame.target >= 0, table.target(Int(frame.target)).role == .records, takeRecord(bytes) {
            return true
        }
        if state == .skipping {
            at = try skip(from: at, in: bytes)
            if state == .skipping { return try pause(at, in: bytes) }
        }
        while true {
            while Byte.isSpace(bytes[at]) { at &+= 1 }
            if at >= bytes.count { return try pause(at, in: bytes) }
            switch state {
            case .firstKey, .key:
                if state == .firstKey, bytes[at] == Byte.closeObject {
                    at &+= 1
                    if try close(at) { return true }
                    continue
                }
                at = members(from: at, in: bytes)
                if state != .key { continue }
                guard let after = try key(at, in: bytes) else { return try pause(at, in: bytes) }
                at = after
                state = .colon
                if bytes[at] != Byte.colon { continue }
                fallthrough
            case .colon:
                guard bytes[at] == Byte.colon else { throw malformed(at, "a colon must follow a key") }
                at &+= 1
                state = .value
                if bytes[at] <= Byte.space { continue }
                fallthrough
            case .value:
                guard let after = try value(at, in: bytes) else { return try pause(at, in: bytes) }
                at = after
                guard state == .separator else {
                    if state == .skipping { return try pause(at, in: bytes) }
                    continue
                }
                if bytes[at] <= Byte.space { continue }
                fallthrough
            case .separator:
                if bytes[at] == Byte.comma {
                    if isRestUnwanted {
                        at = try skipRest(from: at &+ 1, in: bytes)
                        if state == .skipping { return try pause(at, in: bytes) }
                        continue
                    }
                    beginNext()
                } else if bytes[at] == (frame.isObject ? Byte.closeObject : Byte.closeArray) {
                    if try close(at &+ 1) { return true }
                } else {
                    throw malformed(at, "a comma or the closing bracket must follow a value")
                }
                at &+= 1
            case .firstElement:
                if bytes[at] == Byte.closeArray {
                    at &+= 1
                    if try close(at) { return true }
                } else {
                    beginFirst()
                }
            case .trailer:
                throw malformed(at, "only white space may follow the document")
            case .skipping:
                return try pause(at, in: bytes)
            }
        }
    }

    /// Takes the next record in one go when it follows its comma at once and all of it is written the common way.
    @inline(__always)
    private mutating func takeRecord(_ bytes: ByteView) -> Bool {
        let start = position &+ 1
        guard bytes[position] == Byte.comma, bytes[start] == Byte.openObject else { return false }
        // proof: slots and bytes outlive the call.
        var walk = unsafe table.walk(
            slots: slots.base, record: bytes.pointer(start), end: bytes.pointer(bytes.count))
        let node = table.target(table.record).node
        let levels = UInt32(maxDepth - parents.count)
        guard let end = unsafe bytes.record(from: start, of: node, levels: levels, walk: &walk),
            end &- start <= maxRecord
        else { return false }
        recordStart = start
        position = end
        if unsafe walk.escapes { resolveEscapes() }
        return true
    }

    /// Takes members that are written the common way, and sets `state` for what it left.
    @inline(__always)
    private mutating func members(from at: Int, in bytes: ByteView) -> Int {
        let starts = state == .firstKey
        state = .key
        if token.scanned != 0 || frame.isMap { return at }  // a key that was cut, or that may be any
        // proof: slots and bytes outlive the call; outside a record no slot is written.
        var walk = unsafe table.walk(
            slots: slots.base, record: bytes.pointer(inRecord ? recordStart : 0), end: bytes.pointer(bytes.count))
        let levels = UInt32(maxDepth - parents.count)
        let stop = unsafe bytes.members(from: at, of: frame.node, starts: starts, levels: levels, walk: &walk)
        if unsafe walk.escapes { hasEscapes = true }
        switch unsafe Int(walk.status) {
        case CSCAN_AT_VALUE:
            target = unsafe table.target(Int(walk.found), of: Int(frame.node))
            state = .value
        case CSCAN_AT_SEPARATOR: state = .separator
        default: break
        }
        return stop
    }

    /// Stops for more bytes, to go on at `at`; false for `advance`.
    private mutating func pause(_ at: Int, in bytes: ByteView) throws(JSONFailure) -> Bool {
        position = at
        let start = inRecord ? recordStart : at
        if bytes.count - start > maxRecord { throw .recordTooLarge(at: offset(start), limit: maxRecord) }
        return false
    }

    /// Reads a value or its opening bracket; nil when the bytes end inside it.
    @inline(__always)
    private mutating func value(_ at: Int, in bytes: ByteView) throws(JSONFailure) -> Int? {
        let byte = bytes[at]
        if target >= 0 { try prepare(byte, at) }
        switch byte {
        case Byte.quote:
            guard let string = try string(at, in: bytes, wanted: target >= 0) else { return nil }
            if target >= 0 { store(.string, string.text) }
            state = .separator
            return string.end
        case Byte.openObject, Byte.openArray:
            return try open(byte, at, in: bytes)
        default:
            guard let (kind, end) = try scalar(byte, at, in: bytes) else { return nil }
            if target >= 0 { store(kind, at..<end) }
            state = .separator
            return end
        }
    }

    /// Enters a wanted container, or skips an unwanted one as far as the bytes go.
    private mutating func open(_ byte: UInt8, _ at: Int, in bytes: ByteView) throws(JSONFailure) -> Int {
        guard parents.count < maxDepth else { throw .tooDeep(at: offset(at), limit: maxDepth) }
        let isObject = byte == Byte.openObject
        if target >= 0 {
            let wanted = table.target(target)
            if wanted.slot >= 0, wanted.role == .plain { store(isObject ? .object : .array, at..<at) }
            if isObject, wanted.role == .map {
                parents.append(frame)
                frame = Frame(isObject: true, isMap: true)
                state = .firstKey
                return at &+ 1
            }
            if isObject, wanted.node >= 0 {
                parents.append(frame)
                frame = Frame(isObject: true, isRecord: wanted.role == .record, node: wanted.node)
                state = .firstKey
                return at &+ 1
            }
            if !isObject, wanted.role == .records || wanted.element >= 0 || wanted.countSlot >= 0 {
                parents.append(frame)
                frame = Frame(target: Int32(target))
                state = .firstElement
                return at &+ 1
            }
        }
        skipped = cscan_skip_state(
            kinds: isObject ? 1 : 0, depth: 1, limit: UInt32(maxDepth - parents.count), in_string: 0, escaped: 0,
            status: 0)
        state = .skipping
        return try skip(from: at &+ 1, in: bytes)
    }

    /// Whether the innermost container is an array of which only the first element is wanted.
    private var isRestUnwanted: Bool {
        guard frame.target >= 0 else { return false }
        let array = table.target(Int(frame.target))
        return array.role == .plain && array.countSlot < 0
    }

    /// Skips the innermost array from behind its first comma, as far as the bytes go.
    private mutating func skipRest(from at: Int, in bytes: ByteView) throws(JSONFailure) -> Int {
        frame = parents.removeLast()
        skipped = cscan_skip_state(
            kinds: 0, depth: 1, limit: UInt32(maxDepth - parents.count), in_string: 0, escaped: 0, status: 0)
        state = .skipping
        return try skip(from: at, in: bytes)
    }

    /// Goes on skipping; `state` tells whether the container closed.
    private mutating func skip(from at: Int, in bytes: ByteView) throws(JSONFailure) -> Int {
        let stop = bytes.skip(from: at, state: &skipped)
        switch Int(skipped.status) {
        case CSCAN_CLOSED: state = .separator
        case CSCAN_MORE: break
        case CSCAN_CONTROL: throw malformed(stop, "a control byte stands in a string")
        case CSCAN_TOO_DEEP: throw .tooDeep(at: offset(stop), limit: maxDepth)
        default: throw malformed(stop, "the closing bracket is of the other kind")
        }
        return stop
    }

    /// Leaves the innermost container, whose bracket ends before `at`; true when it was a record.
    private mutating func close(_ at: Int) throws(JSONFailure) -> Bool {
        let closed = frame
        frame = parents.removeLast()
        state = parents.isEmpty ? .trailer : .separator
        if closed.target >= 0 { storeCount(closed) }
        guard closed.isRecord else { return false }
        inRecord = false
        position = at
        if hasEscapes { resolveEscapes() }
        if at - recordStart > maxRecord { throw .recordTooLarge(at: offset(recordStart), limit: maxRecord) }
        return true
    }

    /// After a comma.
    @inline(__always)
    private mutating func beginNext() {
        if frame.isObject {
            state = .key
        } else {
            frame.count &+= 1
            state = .value
            let array = table.target(Int(frame.target))
            target = array.role == .records ? table.record : array.role == .list ? Int(array.element) : -1
        }
    }

    /// Before an array's first element.
    private mutating func beginFirst() {
        let array = table.target(Int(frame.target))
        frame.count = 1
        state = .value
        target = array.role == .records ? table.record : Int(array.element)
    }

    /// The error for a byte that the grammar does not allow.
    @inline(never)
    func malformed(_ at: Int, _ what: String) -> JSONFailure {
        .malformed(at: offset(at), what)
    }
}
