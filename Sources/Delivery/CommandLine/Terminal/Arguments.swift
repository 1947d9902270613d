/// The words of a command line, understood and checked against the command's declaration.
public struct Arguments: Sendable {
    /// The command's words: `["marquee", "sync", "library"]`.
    public let path: [String]
    private let command: Command
    private let flags: Set<String>
    private let values: [String: String]
    private let operands: [String: [String]]

    init(path: [String], command: Command, flags: Set<String>, values: [String: String], operands: [String: [String]]) {
        self.path = path
        self.command = command
        self.flags = flags
        self.values = values
        self.operands = operands
    }

    /// Whether `--name` was given.
    public func flag(_ name: String) -> Bool {
        precondition(command.allOptions.contains { $0.name == name }, "\(path) declares no --\(name)")
        return flags.contains(name)
    }

    /// What followed `--name`, already checked.
    public func value(_ name: String) -> String? {
        precondition(command.allOptions.contains { $0.name == name }, "\(path) declares no --\(name)")
        return values[name]
    }

    /// What followed `--name`, where the option takes a whole number.
    public func integer(_ name: String) -> Int64? { value(name).flatMap { Int64($0) } }

    /// The operand, or the first of a repeating one.
    public func operand(_ name: String) -> String? { operandList(name).first }

    /// Every operand of this name.
    public func operandList(_ name: String) -> [String] {
        precondition(command.operands.contains { $0.name == name }, "\(path) declares no operand \(name)")
        return operands[name] ?? []
    }

    /// Whether `--json` was given; false also where the command has no such option.
    public var wantsJSON: Bool { flags.contains(CommandOption.json.name) }

    /// A complaint about these words, for what only the command itself can check.
    public func usageError(_ message: String) -> UsageError {
        UsageError(command: path.joined(separator: " "), message: message)
    }
}
