import JSONStream

/// A valid listing made to hurt: odd white space, escapes spelt in every way, brackets and quotes in strings, deep junk.
///
/// It knows what a reader must find (`records`), and which bytes belong to values nobody wants (`skipped`).
struct HostileDocument {
    static let wanted = Wanted(
        shape: RecordShape([
            .value("Id", slot: 0), .value("Name", slot: 1), .value("Year", slot: 2),
            .object("Ids", [.value("Tmdb", slot: 3), .value("Shoko Series", slot: 4)]),
            .firstOf("Files", [.value("Path", slot: 5), .firstOf("Streams", [.value("Width", slot: 6)])]),
            .count("Files", slot: 7),
        ]),
        slots: 8, counts: [7], totals: ["Total"])

    private(set) var bytes: [UInt8] = []
    private(set) var records: [[Held]] = []
    private(set) var skipped: [Range<Int>] = []
    private var random: Random
    private let isPlain: Bool  // without white space and with few escapes, so that the fast walk takes most of it

    init(seed: UInt64) {
        random = Random(seed: seed)
        isPlain = random.chance(50)
        put("{")
        let after = random.chance(50)
        if !after { total() }
        for _ in 0..<random.below(3) {
            junkMember()
            put(",")
        }
        key("Items")
        put("[")
        let count = random.below(5)
        for index in 0..<count {
            if index > 0 { put(",") }
            record()
        }
        put("]")
        for _ in 0..<random.below(3) {
            put(",")
            junkMember()
        }
        if after {
            put(",")
            key("Total")
            put("9")
        }
        put("}")
    }

    private mutating func total() {
        key("Total")
        put("9,")
    }

    // MARK: records

    private mutating func record() {
        records.append([.absent, .absent, .absent, .absent, .absent, .absent, .absent, .count(0)])
        members(
            [
                ("Id", { $0.wantedValue(0) }), ("Name", { $0.wantedValue(1) }), ("Year", { $0.wantedValue(2) }),
                ("Ids", { $0.ids() }), ("Files", { $0.files() }),
            ])
    }

    private mutating func ids() {
        set(3, .absent)
        set(4, .absent)
        if random.chance(15) { return scalar() }
        members([("Tmdb", { $0.wantedValue(3) }), ("Shoko Series", { $0.wantedValue(4) })])
    }

    private mutating func files() {
        set(5, .absent)
        set(6, .absent)
        set(7, .count(0))
        if random.chance(15) { return scalar() }
        let count = random.below(4)
        elements(count) { $0.members([("Path", { $0.wantedValue(5) }), ("Streams", { $0.streams() })]) }
        set(7, .count(Int64(count)))
    }

    private mutating func streams() {
        set(6, .absent)
        elements(random.below(3)) { $0.members([("Width", { $0.wantedValue(6) })]) }
    }

    /// An array whose first element is wanted; sometimes that is not an object.
    private mutating func elements(_ count: Int, first: (inout HostileDocument) -> Void) {
        put("[")
        for index in 0..<count {
            if index > 0 { put(",") }
            if index == 0, random.chance(85) { first(&self) } else { skippedValue() }
        }
        put("]")
    }

    /// An object with some of the members, in any order, some of them twice, between junk.
    private mutating func members(_ wanted: [(String, (inout HostileDocument) -> Void)]) {
        put("{")
        var parts = wanted.filter { _ in random.chance(80) }
        if let twice = parts.randomElement(using: &random), random.chance(15) { parts.append(twice) }
        parts.shuffle(using: &random)
        var isFirst = true
        for part in parts {
            for _ in 0..<random.below(3) {
                if !isFirst { put(",") }
                isFirst = false
                junkMember()
            }
            if !isFirst { put(",") }
            isFirst = false
            key(part.0)
            part.1(&self)
        }
        put("}")
    }

    private mutating func set(_ slot: Int, _ held: Held) {
        records[records.count - 1][slot] = held
    }

    private mutating func wantedValue(_ slot: Int) {
        switch random.below(10) {
        case 0:
            put("null")
            set(slot, .null)
        case 1:
            let flag = random.chance(50)
            put(flag ? "true" : "false")
            set(slot, .bool(flag))
        case 2:
            container(slot)
        case 3, 4:
            let text = number()
            put(text)
            set(slot, .number(text))
        default:
            let text = text()
            string(text)
            set(slot, .string(text.replacing("\0", with: "\u{FFFD}")))
        }
    }

    /// An object or array where a plain value is wanted: noted by kind, its inside skipped.
    private mutating func container(_ slot: Int) {
        let isObject = random.chance(50)
        space()
        let start = bytes.count
        bytes.append(UInt8(ascii: isObject ? "{" : "["))
        if isObject { key("Id") }
        junk(depth: 2)
        bytes.append(UInt8(ascii: isObject ? "}" : "]"))
        skipped.append(start..<bytes.count)
        set(slot, isObject ? .object : .array)
    }

    // MARK: junk

    private mutating func junkMember() {
        key("j" + text())
        skippedValue()
    }

    private mutating func skippedValue() {
        space()
        let start = bytes.count
        junk(depth: 0)
        skipped.append(start..<bytes.count)
    }

    private mutating func scalar() {
        put(random.pick(["null", "true", "17", #""{""#]))
    }

    private mutating func junk(depth: Int) {
        switch depth > 4 ? random.below(5) : random.below(10) {
        case 0...2: string(text())
        case 3: bytes += number().utf8
        case 4: bytes += random.pick(["true", "false", "null"]).utf8
        case 5...7:
            bytes.append(UInt8(ascii: "["))
            for index in 0..<random.below(4) {
                if index > 0 { put(",") }
                junk(depth: depth + 1)
            }
            bytes += "]".utf8
        default:
            bytes.append(UInt8(ascii: "{"))
            for index in 0..<random.below(4) {
                if index > 0 { put(",") }
                key(text())
                junk(depth: depth + 1)
            }
            bytes += "}".utf8
        }
    }

    private mutating func number() -> String {
        let whole = random.pick(["0", "-0", "7", "-12", "1999", "9007199254740991", "123456789012"])
        return whole + random.pick(["", "", ".5", ".0250"]) + random.pick(["", "", "", "e1", "E+2", "e-3"])
    }

    private mutating func text() -> String {
        let parts = [
            "a", "\"", "\\", "{", "}", "[", "]", ",", ":", "\n", "\t", "é", "千", "😀", "\u{7F}", "/", "\\\"", "}}]]",
            "\0",
            "Id", "\"Id\":", "\u{FFFD}", "\u{10FFFF}", "e\u{301}", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        ]
        return (0..<random.below(random.pick([2, 2, 4, 4, 12, 30]))).map { _ in random.pick(parts) }.joined()
    }

    // MARK: bytes

    private mutating func key(_ name: String) {
        space()
        string(name)
        put(":")
    }

    /// Writes a string, escaping what must be and, at whim, what need not be.
    private mutating func string(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for scalar in text.unicodeScalars {
            let must = scalar.value < 0x20 || scalar == "\"" || scalar == "\\"
            if must || random.chance(isPlain ? 1 : 5) {
                escape(scalar)
            } else {
                bytes += String(Character(scalar)).utf8
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func escape(_ scalar: Unicode.Scalar) {
        let short: [Unicode.Scalar: String] = [
            "\"": "\\\"", "\\": "\\\\", "/": "\\/", "\n": "\\n", "\t": "\\t",
        ]
        if let short = short[scalar], isPlain || random.chance(70) {
            bytes += short.utf8
            return
        }
        for unit in String(Character(scalar)).utf16 {
            let hex = String(unit, radix: 16, uppercase: random.chance(50))
            bytes += ("\\u" + String(repeating: "0", count: 4 - hex.utf8.count) + hex).utf8
        }
    }

    private mutating func put(_ text: String) {
        space()
        bytes += text.utf8
        space()
    }

    private mutating func space() {
        if !isPlain, random.chance(12) { bytes += random.pick([" ", "\n", "\r\n", "\t", "    "]).utf8 }
    }
}
