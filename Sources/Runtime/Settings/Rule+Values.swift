public import Media
public import Observability

extension Rule where Value == Bool {
    /// `true|false|1|0|yes|no|on|off`, in any case.
    public static var boolean: Rule {
        .text("true or false (also 1/0, yes/no, on/off)", schema: .boolean) { text in
            switch text.lowercased() {
            case "true", "1", "yes", "on": true
            case "false", "0", "no", "off": false
            default: nil
            }
        }
    }
}

extension Rule where Value == Int {
    /// A whole number within `range`.
    public static func integer(_ range: ClosedRange<Int>) -> Rule {
        .text("a whole number from \(range.lowerBound) to \(range.upperBound)", schema: .integer) { text in
            Int(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }
}

extension Rule where Value == Duration {
    /// A length of time within `range`.
    public static func duration(_ range: ClosedRange<Duration>) -> Rule {
        let ends = "from \(range.lowerBound.settingText) to \(range.upperBound.settingText)"
        return .text("a duration such as 500ms, 30s, 5m, 12h or 7d, \(ends)") { text in
            Duration(settingText: text).flatMap { range.contains($0) ? $0 : nil }
        }
    }
}

extension Rule where Value == Schedule {
    /// `off`, or the time between two runs.
    public static func schedule(atLeast least: Duration) -> Rule {
        .text("off, or a duration of at least \(least.settingText), such as 6h or 1d") { text in
            if text.lowercased() == "off" { return .off }
            guard let interval = Duration(settingText: text), interval >= least else { return nil }
            return .every(interval)
        }
    }
}

extension Rule where Value == String {
    /// A file or folder.
    public static var path: Rule {
        .text("a path without control characters") { text in
            text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F } ? text : nil
        }
    }

    /// A name or password: any text on one line.
    public static var words: Rule {
        .text("a text without control characters") { text in
            text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F } ? text : nil
        }
    }

    /// A key or token: visible ASCII only, since it travels in HTTP headers.
    public static func secret(atLeast length: Int = 1) -> Rule {
        let size = length > 1 ? "at least \(length) characters, " : ""
        return .text("\(size)visible ASCII characters without spaces") { text in
            text.utf8.count >= length && text.utf8.allSatisfy { (0x21...0x7E).contains($0) } ? text : nil
        }
    }

    /// The path prefix under which Marquee answers, `/marquee`; `/` alone is none.
    public static var basePath: Rule {
        .text("a path such as /marquee, of letters, digits and . _ ~ - between slashes") { text in
            guard text.first == "/" else { return nil }
            let segments = text.split(separator: "/", omittingEmptySubsequences: true)
            let isPlain = segments.allSatisfy { segment in
                segment != "." && segment != ".."
                    && segment.utf8.allSatisfy { isLetterOrDigit($0) || Array("._~-".utf8).contains($0) }
            }
            guard isPlain, !text.utf8.elementsEqual("//".utf8) else { return nil }
            return segments.map { "/" + $0 }.joined()
        }
    }
}

extension Rule where Value == LibraryScan {
    /// `auto` or `off`.
    public static var libraryScan: Rule {
        .text("auto or off", schema: .choice(LibraryScan.allCases.map(\.rawValue))) {
            LibraryScan(rawValue: $0.lowercased())
        }
    }
}

extension Rule where Value == [String] {
    /// Names of path components, by comma.
    public static var pathComponents: Rule {
        Rule("a comma list of folder names without slashes", schema: .stringList) { raw in
            raw.elements.contains { $0.contains("/") || $0.contains("\\") } ? nil : raw.elements
        }
    }
}

extension Rule where Value == [String] {
    /// Ids of Jellyfin, by comma: 32 hexadecimal digits, with or without dashes.
    public static var jellyfinIDs: Rule {
        Rule("a comma list of Jellyfin ids, 32 hexadecimal digits each", schema: .stringList) { raw in
            let isGood = raw.elements.allSatisfy { id in
                let digits = id.filter { $0 != "-" }
                return digits.utf8.count == 32 && digits.allSatisfy(\.isHexDigit)
            }
            return isGood ? raw.elements : nil
        }
    }
}

extension Rule where Value == LogLevel {
    /// One of the log levels.
    public static var logLevel: Rule {
        let names = LogLevel.allCases.map(\.name)
        return .text("one of \(names.joined(separator: ", "))", schema: .choice(names)) {
            LogLevel(name: $0.lowercased())
        }
    }
}

extension Rule where Value == LogSink.Format {
    /// `json` or `text`.
    public static var logFormat: Rule {
        .text("json or text", schema: .choice(LogSink.Format.allCases.map(\.rawValue))) {
            LogSink.Format(rawValue: $0.lowercased())
        }
    }
}

extension Rule where Value == Variant {
    /// `hd` or `4k`.
    public static var variant: Rule {
        .text("hd or 4k", schema: .choice(Variant.allCases.map(\.rawValue))) { Variant(rawValue: $0.lowercased()) }
    }
}

private func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: false
    }
}
