/// One value of a `JSONTree`, or its absence: asking an absent value, or one of another kind, gives nothing.
public struct JSONNode: Sendable {
    let tree: JSONTree
    /// -1 when absent.
    let index: Int

    private var entry: JSONTree.Entry? { index < 0 ? nil : tree.entries[index] }

    /// What kind of value it is.
    public var kind: ValueKind { entry?.kind ?? .absent }

    /// An object's member; of several with one name the last, as in most parsers.
    public subscript(_ key: StaticString) -> JSONNode {
        guard let entry, entry.kind == .object else { return absent }
        // proof: a literal with a pointer representation stays in place for the program's life.
        precondition(key.hasPointerRepresentation, "a key is more than one character")
        let wanted = unsafe UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount)
        var found = -1
        var child = index + 1
        while child < Int(entry.next) {
            let member = tree.entries[child]
            if unsafe isKey(member, wanted) { found = child }
            child = Int(member.next)
        }
        return JSONNode(tree: tree, index: found)
    }

    /// An object's members in the order of the document, with repetitions; none for every other kind.
    public var members: [(key: String, value: JSONNode)] {
        guard let entry, entry.kind == .object else { return [] }
        var found: [(key: String, value: JSONNode)] = []
        var child = index + 1
        while child < Int(entry.next) {
            let member = tree.entries[child]
            let key = string(Int(member.keyStart)..<Int(member.keyEnd), hasEscapes: member.keyHasEscapes)
            found.append((key, JSONNode(tree: tree, index: child)))
            child = Int(member.next)
        }
        return found
    }

    /// An array's elements; none for every other kind.
    public var elements: [JSONNode] {
        guard let entry, entry.kind == .array else { return [] }
        var found: [JSONNode] = []
        var child = index + 1
        while child < Int(entry.next) {
            found.append(JSONNode(tree: tree, index: child))
            child = Int(tree.entries[child].next)
        }
        return found
    }

    /// What a string says.
    public var text: String? {
        guard let entry, entry.kind == .string else { return nil }
        return string(Int(entry.start)..<Int(entry.end), hasEscapes: entry.hasEscapes)
    }

    /// The value of a whole number, or of a string that holds one; `7.0` is 7, 7.5 and what is beyond Int64 is nil.
    public var integer: Int64? {
        guard let scalar else { return nil }
        if let exact = Int64(scalar) { return exact }
        guard kind == .number, let value = Double(scalar) else { return nil }
        return Int64(exactly: value)
    }

    /// The value of a number, or of a string that holds one.
    public var double: Double? { scalar.flatMap { Double($0) }.flatMap { $0.isFinite ? $0 : nil } }

    /// The value of `true` or `false`, also as a string in any case.
    public var bool: Bool? {
        guard kind == .bool || kind == .string, let scalar else { return nil }
        switch scalar.lowercased() {
        case "true": return true
        case "false": return false
        default: return nil
        }
    }

    /// The text of a string without blanks around it, or of a number or literal as it stands.
    public var scalar: String? {
        guard let entry else { return nil }
        switch entry.kind {
        case .string:
            let text = string(Int(entry.start)..<Int(entry.end), hasEscapes: entry.hasEscapes)
            let isBlank: (Unicode.Scalar) -> Bool = { $0.value <= 0x20 }
            guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else { return text }
            if !isBlank(first) && !isBlank(last) { return text }
            let front = text.unicodeScalars.drop(while: isBlank)
            let end = front.lastIndex { !isBlank($0) }.map { front.index(after: $0) } ?? front.startIndex
            return String(front[..<end])
        case .number, .bool: return string(Int(entry.start)..<Int(entry.end), hasEscapes: false)
        case .absent, .null, .object, .array: return nil
        }
    }

    private var absent: JSONNode { JSONNode(tree: tree, index: -1) }

    private func isKey(_ member: JSONTree.Entry, _ wanted: UnsafeBufferPointer<UInt8>) -> Bool {
        let key = Int(member.keyStart)..<Int(member.keyEnd)
        if member.keyHasEscapes { return unsafe string(key, hasEscapes: true).utf8.elementsEqual(wanted) }
        guard key.count == wanted.count else { return false }
        return unsafe tree.bytes[key].elementsEqual(wanted)
    }

    private func string(_ range: Range<Int>, hasEscapes: Bool) -> String {
        guard hasEscapes else { return String(decoding: tree.bytes[range], as: UTF8.self) }
        var buffer = ByteBuffer(capacity: range.count)
        unsafe tree.bytes.withUnsafeBytes { bytes in
            unsafe buffer.append(UnsafeRawBufferPointer(rebasing: bytes[range]))
        }
        let length = Escapes.resolve(0..<range.count, in: buffer.view)
        return unsafe String(decoding: buffer.view.buffer(0..<length), as: UTF8.self)
    }
}
