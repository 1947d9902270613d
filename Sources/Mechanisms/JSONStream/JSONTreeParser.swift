/// Fills the entries of a `JSONTree` in one pass.
struct JSONTreeParser {
    private(set) var bytes: [UInt8]
    private(set) var entries: [JSONTree.Entry] = []
    private let maxDepth: Int
    private var at = 0
    /// Indexes of the containers that are open.
    private var open: [Int] = []

    init(_ document: [UInt8], maxDepth: Int) {
        bytes = document
        self.maxDepth = maxDepth
        entries.reserveCapacity(document.count / 16 + 8)
        open.reserveCapacity(8)
    }

    mutating func parse() throws(JSONFailure) {
        guard bytes.count <= 1 << 30 else { throw .recordTooLarge(at: 0, limit: 1 << 30) }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
        var entry = JSONTree.Entry(kind: .absent)
        repeat {
            skipSpace()
            try value(&entry)
        } while try next(&entry)
        skipSpace()
        if at < bytes.count { throw .malformed(at: at, "only white space may follow the document") }
    }

    /// Goes to where the next value begins, closing what ends before it; false at the end of the document.
    private mutating func next(_ entry: inout JSONTree.Entry) throws(JSONFailure) -> Bool {
        while let container = open.last {
            skipSpace()
            let isObject = entries[container].kind == .object
            let isEmpty = container == entries.count - 1
            if byte == (isObject ? Byte.closeObject : Byte.closeArray) {
                at += 1
                open.removeLast()
                entries[container].next = UInt32(entries.count)
                continue
            }
            if !isEmpty {
                guard byte == Byte.comma else { throw fault("a comma or the closing bracket must follow a value") }
                at += 1
            }
            if isObject { try key(&entry) }
            return true
        }
        return false
    }

    private mutating func key(_ entry: inout JSONTree.Entry) throws(JSONFailure) {
        skipSpace()
        guard byte == Byte.quote else { throw fault("a key in quotes must stand here") }
        let start = at + 1
        entry.keyHasEscapes = try string()
        entry.keyStart = UInt32(start)
        entry.keyEnd = UInt32(at - 1)
        skipSpace()
        guard byte == Byte.colon else { throw fault("a colon must follow a key") }
        at += 1
    }

    /// Reads a value, or the opening of one; the key that belongs to it stands in `entry`.
    private mutating func value(_ entry: inout JSONTree.Entry) throws(JSONFailure) {
        let first = byte
        entry.hasEscapes = false
        var start = at
        switch first {
        case Byte.quote:
            start += 1
            entry.kind = .string
            entry.hasEscapes = try string()
            entry.end = UInt32(at - 1)
        case Byte.openObject, Byte.openArray:
            guard open.count < maxDepth else { throw .tooDeep(at: at, limit: maxDepth) }
            entry.kind = first == Byte.openObject ? .object : .array
            entry.end = UInt32(at)
            open.append(entries.count)
            at += 1
        default:
            entry.kind = try scalar(first)
            entry.end = UInt32(at)
        }
        entry.start = UInt32(start)
        entry.next = UInt32(entries.count + 1)
        entries.append(entry)
        entry.keyEnd = entry.keyStart
    }

    /// Passes over a string whose opening quote is here.
    ///
    /// - Returns: whether it holds escapes.
    private mutating func string() throws(JSONFailure) -> Bool {
        at += 1
        var hasEscapes = false
        while true {
            guard at < bytes.count else { throw .truncated(at: at) }
            switch bytes[at] {
            case Byte.quote:
                at += 1
                return hasEscapes
            case Byte.backslash:
                hasEscapes = true
                try escape()
            case 0..<Byte.space:
                bytes[at] = Byte.space
                at += 1
            default: at += 1
            }
        }
    }

    private mutating func escape() throws(JSONFailure) {
        at += 1
        guard at < bytes.count else { throw .truncated(at: at) }
        switch bytes[at] {
        case Byte.quote, Byte.backslash, Byte.slash, UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
            UInt8(ascii: "r"), UInt8(ascii: "t"):
            at += 1
        case UInt8(ascii: "u"):
            for _ in 0..<4 {
                at += 1
                guard at < bytes.count else { throw .truncated(at: at) }
                guard Byte.hexValue(bytes[at]) != nil else { throw fault("no such escape in a string") }
            }
            at += 1
        default: throw fault("no such escape in a string")
        }
    }

    private mutating func scalar(_ first: UInt8) throws(JSONFailure) -> ValueKind {
        switch first {
        case UInt8(ascii: "t"): return try literal("true", .bool)
        case UInt8(ascii: "f"): return try literal("false", .bool)
        case UInt8(ascii: "n"): return try literal("null", .null)
        case Byte.minus, Byte.zero...Byte.nine:
            try number()
            return .number
        default: throw fault("no value starts like this")
        }
    }

    private mutating func literal(_ word: String, _ kind: ValueKind) throws(JSONFailure) -> ValueKind {
        for letter in word.utf8 {
            guard byte == letter else { throw fault("only true, false, and null are words") }
            at += 1
        }
        return kind
    }

    private mutating func number() throws(JSONFailure) {
        if byte == Byte.minus { at += 1 }
        if byte == Byte.zero { at += 1 } else { try digits() }
        if byte == UInt8(ascii: ".") {
            at += 1
            try digits()
        }
        if byte | 0x20 == UInt8(ascii: "e") {
            at += 1
            if byte == UInt8(ascii: "+") || byte == Byte.minus { at += 1 }
            try digits()
        }
    }

    private mutating func digits() throws(JSONFailure) {
        guard case Byte.zero...Byte.nine = byte else { throw fault("a number stops in the middle") }
        while case Byte.zero...Byte.nine = byte { at += 1 }
    }

    /// The byte here; 0 behind the end.
    private var byte: UInt8 { at < bytes.count ? bytes[at] : 0 }

    private mutating func skipSpace() {
        while Byte.isSpace(byte), at < bytes.count { at += 1 }
    }

    private func fault(_ what: String) -> JSONFailure {
        at < bytes.count ? .malformed(at: at, what) : .truncated(at: at)
    }
}
