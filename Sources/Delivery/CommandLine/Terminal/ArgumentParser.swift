import Settings

/// What a command line asks for.
public enum ParsedCommand: Sendable {
    case run(Command, Arguments)
    /// The help of some level, ready to print.
    case help(String)
}

extension Command {
    /// Understands the words after the program's name.
    ///
    /// Options may stand anywhere after their command, as `--name value` or `--name=value`; `--` ends them. `--help` wins
    /// over everything else that was asked for.
    /// - Throws: a complaint that names the nearest known word.
    public func parse(_ words: [String]) throws(UsageError) -> ParsedCommand {
        var parser = ArgumentParser(root: self)
        return try parser.parse(words)
    }
}

/// The state of understanding one command line, word by word.
private struct ArgumentParser {
    private var command: Command
    private var path: [String]
    private var flags: Set<String> = []
    private var values: [String: String] = [:]
    private var operands: [String] = []

    init(root: Command) {
        command = root
        path = [root.name]
    }

    mutating func parse(_ words: [String]) throws(UsageError) -> ParsedCommand {
        let asksForHelp = words.prefix { $0 != "--" }.contains { $0 == "--help" || $0 == "-h" }
        if asksForHelp { return .help(helpLevel(words)) }
        var rest = words[...]
        var optionsEnded = false
        while let word = rest.popFirst() {
            if !optionsEnded, word == "--" {
                optionsEnded = true
            } else if !optionsEnded, word.hasPrefix("-"), word != "-" {
                try readOption(word, &rest)
            } else {
                try readWord(word)
            }
        }
        guard command.action != nil else {
            throw complaint("needs one of \(command.subcommands.map(\.name).joined(separator: ", "))")
        }
        let named = try namedOperands()
        return .run(
            command, Arguments(path: path, command: command, flags: flags, values: values, operands: named))
    }

    /// The help of the deepest command the words name.
    private func helpLevel(_ words: [String]) -> String {
        var level = command
        var path = path
        for word in words where !word.hasPrefix("-") {
            guard let next = level.subcommands.first(where: { $0.name == word }) else { break }
            level = next
            path.append(word)
        }
        return level.help(path: path)
    }

    private mutating func readWord(_ word: String) throws(UsageError) {
        guard !command.subcommands.isEmpty else {
            operands.append(word)
            return
        }
        guard let next = command.subcommands.first(where: { $0.name == word }) else {
            let nearest = nearestName(to: word, among: command.subcommands.map(\.name))
            throw complaint("there is no command \(word)" + hint(nearest))
        }
        command = next
        path.append(word)
    }

    private mutating func readOption(_ word: String, _ rest: inout ArraySlice<String>) throws(UsageError) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let known = command.allOptions
        guard let option = known.first(where: { "--\($0.name)" == parts[0] }) else {
            let nearest = nearestName(to: parts[0], among: known.map { "--\($0.name)" })
            throw complaint("there is no option \(parts[0])" + hint(nearest))
        }
        guard !flags.contains(option.name), values[option.name] == nil else {
            throw complaint("--\(option.name) is given twice")
        }
        if option.value == .none {
            guard parts.count == 1 else { throw complaint("--\(option.name) takes no value") }
            flags.insert(option.name)
            return
        }
        guard let value = parts.count > 1 ? parts[1] : rest.popFirst() else {
            throw complaint("--\(option.name) needs a value, \(option.value.placeholder ?? "")")
        }
        if let objection = option.value.objection(to: value) { throw complaint("--\(option.name) \(objection)") }
        values[option.name] = value
    }

    /// The operands by the names the command gives them.
    private func namedOperands() throws(UsageError) -> [String: [String]] {
        var rest = operands[...]
        var named: [String: [String]] = [:]
        for operand in command.operands {
            let taken = operand.isRepeating ? Array(rest) : rest.first.map { [$0] } ?? []
            rest = rest.dropFirst(taken.count)
            guard !taken.isEmpty || !operand.isRequired else { throw complaint("needs \(operand.form)") }
            let wrong = operand.choices.isEmpty ? nil : taken.first { !operand.choices.contains($0) }
            if wrong != nil { throw complaint("\(operand.name) is one of \(operand.choices.joined(separator: ", "))") }
            named[operand.name] = taken
        }
        if let extra = rest.first { throw complaint("\(extra) is one word too many") }
        return named
    }

    private func hint(_ nearest: String?) -> String { nearest.map { "; the nearest is \($0)" } ?? "" }

    private func complaint(_ message: String) -> UsageError {
        UsageError(command: path.joined(separator: " "), message: message)
    }
}
