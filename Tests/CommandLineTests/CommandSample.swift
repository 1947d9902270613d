import CommandLine

/// A small command tree with one of everything.
func sampleProgram() -> Command {
    let dryRun = CommandOption("dry-run", "show the plan and write nothing")
    let plan = CommandOption("plan", .integer("JOB", 1...Int64.max), "apply exactly the plan of this job")
    let mode = CommandOption("mode", .choice(["fast", "full"]), "how much to read")
    let library = Command(
        "library", "bring what the library holds into the tracker", example: "demo sync library --dry-run",
        options: [dryRun, plan, mode, .json]
    ) { _ in .done }
    let sync = Command(
        "sync", "run a sync", example: "demo sync library",
        subcommands: [
            library,
            Command("metadata", "fill what is missing", example: "demo sync metadata") { _ in .done },
        ])
    let show = Command(
        "show", "show one job", example: "demo jobs show 7",
        operands: [CommandOperand("ID", "number of the job")], options: [.json]
    ) { _ in .done }
    let jobs = Command("jobs", "list jobs", example: "demo jobs", options: [.json], subcommands: [show]) { _ in
        .someFailed
    }
    let delete = Command(
        "delete", "delete titles", example: "demo delete 1 2",
        operands: [CommandOperand("ID", "titles", repeating: true)],
        options: [CommandOption("reason", .text("TEXT"), "why it's done: kept in the log")]
    ) { _ in .done }
    let completion = Command(
        "completion", "print a completion script", example: "demo completion bash",
        operands: [CommandOperand("SHELL", "the shell", choices: ["bash", "zsh", "fish"])]
    ) { _ in .done }
    return Command(
        "demo", "a program to try things with", example: "demo jobs", subcommands: [sync, jobs, delete, completion])
}

/// Parses and expects a command to run.
func parsed(_ words: String...) throws -> (command: Command, arguments: Arguments) {
    switch try sampleProgram().parse(words) {
    case .run(let command, let arguments): return (command, arguments)
    case .help(let text): throw UnexpectedHelp(text: text)
    }
}

struct UnexpectedHelp: Error { let text: String }
