/// One command of the command line, with everything help, parsing and completion need.
///
/// A command with subcommands and an action of its own runs it when no subcommand follows: `marquee jobs` lists jobs.
public struct Command: Sendable {
    /// What a command does; the exit code is the program's.
    public typealias Action = @Sendable (Arguments) async throws -> ExitCode

    public let name: String
    /// One phrase without a full stop.
    public let summary: String
    /// One whole command line that does something useful.
    public let example: String
    public let operands: [CommandOperand]
    /// Without `--help`, which every command has.
    public let options: [CommandOption]
    public let subcommands: [Command]
    public let action: Action?

    /// A command that does something.
    public init(
        _ name: String, _ summary: String, example: String, operands: [CommandOperand] = [],
        options: [CommandOption] = [], subcommands: [Command] = [], action: @escaping Action
    ) {
        precondition(subcommands.isEmpty || operands.isEmpty, "\(name): a word after it must have one meaning")
        self.name = name
        self.summary = summary
        self.example = example
        self.operands = operands
        self.options = options
        self.subcommands = subcommands
        self.action = action
    }

    /// A group of commands.
    public init(_ name: String, _ summary: String, example: String, subcommands: [Command]) {
        self.name = name
        self.summary = summary
        self.example = example
        self.operands = []
        self.options = []
        self.subcommands = subcommands
        self.action = nil
    }

    /// Every option with `--help`, in the order of the help.
    var allOptions: [CommandOption] { options + [.help] }
}
