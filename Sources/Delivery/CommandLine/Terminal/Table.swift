/// A table of text: a header, columns as wide as their widest cell, two spaces between.
///
/// Cells are made safe for a terminal on entry. Where the terminal is too narrow, flexible columns give way.
public struct Table: Sendable {
    /// One column's heading and behaviour.
    public struct Column: Sendable {
        /// Where cells stand within the column.
        public enum Alignment: Sendable {
            case left
            case right
        }

        let title: String
        let alignment: Alignment
        let isFlexible: Bool

        /// - Parameters:
        ///   - title: the heading; written in capitals by custom.
        ///   - alignment: `.right` for numbers.
        ///   - flexible: whether the column may be cut where the terminal is too narrow.
        public init(_ title: String, _ alignment: Alignment = .left, flexible: Bool = false) {
            self.title = title
            self.alignment = alignment
            self.isFlexible = flexible
        }
    }

    /// A text and its style.
    public struct Cell: Sendable, ExpressibleByStringInterpolation {
        let text: String
        let style: TextStyle?

        public init(_ text: String, _ style: TextStyle? = nil) {
            self.text = terminalSafe(text)
            self.style = style
        }

        public init(stringLiteral value: String) { self.init(value) }
    }

    private let columns: [Column]
    private var rows: [[Cell]] = []

    public init(_ columns: [Column]) { self.columns = columns }

    /// Adds a row; missing cells at its end stay empty.
    public mutating func append(_ cells: [Cell]) {
        precondition(cells.count <= columns.count, "a row has more cells than the table has columns")
        rows.append(cells + Array(repeating: "", count: columns.count - cells.count))
    }

    public var isEmpty: Bool { rows.isEmpty }

    /// The table as lines, each ended by a newline and without blanks at its end.
    public func rendered(for terminal: Terminal = Terminal()) -> String {
        let widths = fittedWidths(terminal.columns)
        let header = columns.map { Cell($0.title, .bold) }
        return ([header] + rows).map { line($0, widths, terminal) + "\n" }.joined()
    }

    private func line(_ cells: [Cell], _ widths: [Int], _ terminal: Terminal) -> String {
        let lastFilled = cells.lastIndex { !$0.text.isEmpty } ?? 0
        var line = ""
        for index in 0...lastFilled {
            let shown = terminalPrefix(of: cells[index].text, width: widths[index])
            let blanks = String(repeating: " ", count: widths[index] - terminalWidth(of: shown))
            let styled = terminal.styled(shown, cells[index].style)
            let isLast = index == lastFilled
            switch columns[index].alignment {
            case .left: line += isLast ? styled : styled + blanks + "  "
            case .right: line += blanks + styled + (isLast ? "" : "  ")
            }
        }
        return line
    }

    /// Natural widths, with flexible columns narrowed, the widest first, until the line fits.
    private func fittedWidths(_ limit: Int?) -> [Int] {
        var widths = columns.indices.map { index in
            rows.reduce(terminalWidth(of: columns[index].title)) { max($0, terminalWidth(of: $1[index].text)) }
        }
        guard let limit else { return widths }
        let least = 8
        var excess = widths.reduce(0, +) + 2 * (widths.count - 1) - limit
        while excess > 0 {
            let candidates = columns.indices.filter { columns[$0].isFlexible && widths[$0] > least }
            guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
            excess -= 1
        }
        return widths
    }
}
