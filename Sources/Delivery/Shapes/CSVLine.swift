/// One line of comma-separated values (RFC 4180), safe to open in a spreadsheet.
///
/// A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return for a formula, so such a
/// cell gets a leading apostrophe (security.md §8). Control characters become blanks.
public struct CSVLine: Sendable {
    private var text: [UInt8] = []
    private var isFirst = true

    public init() {}

    /// The line in UTF-8, with its end.
    public var bytes: [UInt8] { text + [0x0D, 0x0A] }

    /// Adds a cell; an unknown value is an empty one.
    public mutating func add(_ value: String?) {
        if !isFirst { text.append(UInt8(ascii: ",")) }
        isFirst = false
        guard let value, let first = value.unicodeScalars.first else { return }
        var cell = "=+-@\t\r".unicodeScalars.contains(first) ? "'" : ""
        for scalar in value.unicodeScalars {
            cell.unicodeScalars.append(scalar.properties.generalCategory == .control ? " " : scalar)
        }
        guard cell.utf8.contains(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") }) else {
            text += cell.utf8
            return
        }
        text.append(UInt8(ascii: "\""))
        for byte in cell.utf8 {
            if byte == UInt8(ascii: "\"") { text.append(byte) }
            text.append(byte)
        }
        text.append(UInt8(ascii: "\""))
    }

    /// Adds a number.
    public mutating func add(_ value: Int64?) { add(value.map { String($0) }) }
}
