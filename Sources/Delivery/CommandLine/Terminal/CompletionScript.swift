/// The shells completions are written for.
public enum CompletionShell: String, Sendable, CaseIterable {
    case bash
    case zsh
    case fish
}

extension Command {
    /// A completion script for the whole tree below this command, which must be the program itself.
    public func completionScript(for shell: CompletionShell) -> String {
        let levels = completionLevels(path: [])
        return switch shell {
        case .bash: bashCompletion(program: name, levels)
        case .zsh: zshCompletion(program: name, levels)
        case .fish: fishCompletion(program: name, levels)
        }
    }

    /// Every command of the tree, the program first.
    private func completionLevels(path: [String]) -> [CompletionLevel] {
        let own = CompletionLevel(
            path: path, commands: subcommands.map { ($0.name, $0.summary) },
            words: operands.first?.choices ?? [], options: allOptions)
        return [own] + subcommands.flatMap { $0.completionLevels(path: path + [$0.name]) }
    }
}

/// What may follow one command.
struct CompletionLevel {
    /// The words that lead here, without the program.
    let path: [String]
    let commands: [(name: String, summary: String)]
    /// The words the first operand allows.
    let words: [String]
    let options: [CommandOption]

    /// `sync library`; empty for the program itself.
    var key: String { path.joined(separator: " ") }

    /// Everything that may stand next.
    var candidates: [(word: String, summary: String)] {
        commands.map { (word: $0.name, summary: $0.summary) } + words.map { (word: $0, summary: "") }
            + options.map { (word: "--" + $0.name, summary: $0.summary) }
    }

    /// The options followed by one of a few words.
    var choices: [(option: String, words: [String])] {
        options.compactMap { option in
            guard case .choice(let words) = option.value else { return nil }
            return (option: "--" + option.name, words: words)
        }
    }

    /// The options followed by something only the user knows.
    var openOptions: [String] {
        options.compactMap { option in
            switch option.value {
            case .text, .integer: "--" + option.name
            case .none, .choice: nil
            }
        }
    }
}
