import Glibc

/// What the far end of an output can show.
public struct Terminal: Sendable, Hashable {
    /// Whether a person watches: progress is drawn only then.
    public let isInteractive: Bool
    public let usesColour: Bool
    /// The width in cells; nil where nothing limits a line.
    public let columns: Int?

    public init(isInteractive: Bool = false, usesColour: Bool = false, columns: Int? = nil) {
        self.isInteractive = isInteractive
        self.usesColour = usesColour
        self.columns = columns
    }

    /// Asks the system about a file descriptor.
    ///
    /// `NO_COLOR` (https://no-color.org: present and not empty) and `TERM=dumb` switch colours off; a dumb terminal also
    /// cannot redraw a line.
    public static func attached(to descriptor: Int32, environment: [String: String]) -> Terminal {
        guard isatty(descriptor) == 1 else { return Terminal() }
        let isDumb = environment["TERM"] == "dumb"
        let wantsNoColour = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        return Terminal(
            isInteractive: !isDumb, usesColour: !isDumb && !wantsNoColour, columns: width(of: descriptor) ?? 80)
    }

    /// The text in a style, if colours are shown at all.
    public func styled(_ text: String, _ style: TextStyle?) -> String {
        guard let style, usesColour else { return text }
        return "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m"
    }

    private static func width(of descriptor: Int32) -> Int? {
        var size = winsize()
        guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }
}

/// The few styles the command line uses: the raw value is the ANSI code.
public enum TextStyle: Int, Sendable, CaseIterable {
    case bold = 1
    case dim = 2
    case red = 31
    case green = 32
    case yellow = 33
    case cyan = 36
}
