/// One `--option` of a command.
public struct CommandOption: Sendable, Hashable {
    /// What may follow the name.
    public enum Value: Sendable, Hashable {
        /// Nothing: the option is there or not.
        case none
        /// Any text; the name stands for it in the help.
        case text(String)
        /// A whole number within the range.
        case integer(String, ClosedRange<Int64>)
        case choice([String])

        /// How the help writes the value.
        var placeholder: String? {
            switch self {
            case .none: nil
            case .text(let name), .integer(let name, _): name
            case .choice(let choices): choices.joined(separator: "|")
            }
        }

        /// What is wrong with a value; nil when it is fine.
        func objection(to text: String) -> String? {
            switch self {
            case .none: "takes no value"
            case .text: text.isEmpty ? "needs a value" : nil
            case .integer(_, let range):
                Int64(text).map(range.contains) == true
                    ? nil : "needs a whole number from \(range.lowerBound) to \(range.upperBound)"
            case .choice(let choices):
                choices.contains(text) ? nil : "is one of \(choices.joined(separator: ", "))"
            }
        }
    }

    /// Without the dashes: `dry-run`.
    public let name: String
    public let value: Value
    /// One phrase without a full stop.
    public let summary: String

    /// An option that is there or not.
    public init(_ name: String, _ summary: String) { self.init(name, .none, summary) }

    /// An option with a value.
    public init(_ name: String, _ value: Value, _ summary: String) {
        self.name = name
        self.value = value
        self.summary = summary
    }

    /// `--plan JOB`.
    var form: String { "--\(name)" + (value.placeholder.map { " \($0)" } ?? "") }

    /// Prints the API's shape instead of text for people.
    public static let json = CommandOption("json", "print the API's JSON instead of text")
    /// Every command has it.
    static let help = CommandOption("help", "show this help")
}

/// One operand of a command: a word without dashes.
public struct CommandOperand: Sendable, Hashable {
    /// In capitals: `JOB`.
    public let name: String
    public let isRequired: Bool
    /// Whether several may be given; only the last operand may repeat.
    public let isRepeating: Bool
    /// The words allowed; empty for any.
    public let choices: [String]
    /// One phrase without a full stop.
    public let summary: String

    public init(
        _ name: String, _ summary: String, required isRequired: Bool = true, repeating isRepeating: Bool = false,
        choices: [String] = []
    ) {
        self.name = name
        self.summary = summary
        self.isRequired = isRequired
        self.isRepeating = isRepeating
        self.choices = choices
    }

    /// `JOB`, `[JOB]`, `ID…`, `bash|zsh|fish`.
    var form: String {
        let word = (choices.isEmpty ? name : choices.joined(separator: "|")) + (isRepeating ? "…" : "")
        return isRequired ? word : "[\(word)]"
    }
}
