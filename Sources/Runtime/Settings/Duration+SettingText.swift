extension Duration {
    /// Reads `500ms`, `30s`, `5m`, `12h` or `7d`: a whole number and one unit.
    public init?(settingText text: String) {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty, let count = Int64(digits) else { return nil }
        let milliseconds: Int64
        switch text[digits.endIndex...] {
        case "ms": milliseconds = 1
        case "s": milliseconds = 1_000
        case "m": milliseconds = 60_000
        case "h": milliseconds = 3_600_000
        case "d": milliseconds = 86_400_000
        default: return nil
        }
        let (total, overflow) = count.multipliedReportingOverflow(by: milliseconds)
        guard !overflow else { return nil }
        self = .milliseconds(total)
    }

    /// The shortest text that reads back as this duration, whole milliseconds assumed: `15m`, `90s`, `7d`.
    public var settingText: String {
        let (seconds, attoseconds) = components
        let milliseconds = attoseconds / 1_000_000_000_000_000
        if milliseconds != 0 { return "\(seconds * 1_000 + milliseconds)ms" }
        let units: [(name: String, length: Int64)] = [("d", 86_400), ("h", 3_600), ("m", 60)]
        let unit = units.first { seconds != 0 && seconds % $0.length == 0 }
        return unit.map { "\(seconds / $0.length)\($0.name)" } ?? "\(seconds)s"
    }
}
