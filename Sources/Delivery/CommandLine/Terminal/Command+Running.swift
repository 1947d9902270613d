extension Command {
    /// The program itself: the given commands, and `completion` for the whole tree.
    ///
    /// - Parameters:
    ///   - name: what the user types.
    ///   - summary: one phrase without a full stop.
    ///   - example: one whole command line that does something useful.
    ///   - console: where the completion script is printed.
    ///   - commands: everything below the program.
    /// - Returns: the root of the tree.
    public static func program(
        _ name: String, _ summary: String, example: String, console: Console, commands: [Command]
    ) -> Command {
        // The script must name `completion` too, so it is made from a tree that has it, with an action nobody calls.
        let tree = Command(
            name, summary, example: example, subcommands: commands + [completion(of: name) { _ in .done }])
        let completion = completion(of: name) { arguments in
            guard let shell = arguments.operand("SHELL").flatMap({ CompletionShell(rawValue: $0) }) else {
                throw arguments.usageError("needs SHELL")
            }
            console.write(tree.completionScript(for: shell))
            return .done
        }
        return Command(name, summary, example: example, subcommands: commands + [completion])
    }

    /// Understands the words after the program's name and does what they say.
    ///
    /// - Parameters:
    ///   - words: without the program's name.
    ///   - console: where help and complaints go.
    ///   - explain: the sentence and the exit code for an error of an action.
    /// - Returns: what to tell the shell.
    public func run(
        _ words: [String], on console: Console, explain: (any Error) -> (message: String, code: ExitCode)
    ) async -> ExitCode {
        do {
            switch try parse(words) {
            case .help(let text):
                console.write(text)
                return .done
            case .run(let command, let arguments):
                return try await command.action?(arguments) ?? .usage
            }
        } catch let error as UsageError {
            console.say(error.description)
            return .usage
        } catch let code as ExitCode {
            return code
        } catch {
            let (message, code) = explain(error)
            console.say(terminalSafe(message), .red)
            return code
        }
    }

    private static func completion(of program: String, action: @escaping Action) -> Command {
        Command(
            "completion", "print a completion script for a shell", example: "source <(\(program) completion bash)",
            operands: [
                CommandOperand(
                    "SHELL", "the shell to complete in", choices: CompletionShell.allCases.map(\.rawValue))
            ], action: action)
    }
}
