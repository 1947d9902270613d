public import HTML

/// A message set apart: what happened, and what to do.
public struct Notice: Component, Sendable {
    /// How grave it is.
    public enum Level: String, Sendable { case info, attention, bad, good }

    /// Sets colour and icon.
    public var level: Level
    /// The sentence in front, in bold.
    public var title: String
    /// More, where there is more.
    public var text: String?

    public init(_ level: Level, title: String, text: String? = nil) {
        self.level = level
        self.title = title
        self.text = text
    }

    public var body: Markup {
        div(.class("notice \(level.rawValue)"), .role(level == .bad ? "alert" : "status")) {
            icon.markup
            div {
                strong { title }
                if let text { p { text } }
            }
        }
    }

    private var icon: Icon {
        switch level {
        case .info: .clock
        case .good: .check
        case .attention, .bad: .alert
        }
    }
}
