extension Command {
    /// The help of this command: what it does, how to write it, an example.
    ///
    /// - Parameter path: the words that lead here, this command's name last.
    /// - Returns: lines, each ended by a newline.
    public func help(path: [String]) -> String {
        var sections = ["\(sentence(summary))", "Usage: " + usage(path)]
        if !subcommands.isEmpty {
            sections.append("Commands:\n" + aligned(subcommands.map { ($0.name, $0.summary) }))
        }
        if !operands.isEmpty {
            sections.append("Operands:\n" + aligned(operands.map { ($0.name, $0.summary) }))
        }
        sections.append("Options:\n" + aligned(allOptions.map { ($0.form, $0.summary) }))
        sections.append("Example:\n  " + example)
        return sections.joined(separator: "\n\n") + "\n"
    }

    private func usage(_ path: [String]) -> String {
        let command = action == nil ? "COMMAND" : "[COMMAND]"
        let forms =
            (subcommands.isEmpty ? [] : [command]) + options.map { "[\($0.form)]" } + operands.map(\.form)
        return (path + forms).joined(separator: " ")
    }

    /// Two columns, the second one starting at the same place.
    private func aligned(_ rows: [(name: String, meaning: String)]) -> String {
        let width = rows.map { $0.name.count }.max() ?? 0
        return rows.map { row in
            "  " + row.name + String(repeating: " ", count: width - row.name.count + 3) + row.meaning
        }.joined(separator: "\n")
    }

    private func sentence(_ phrase: String) -> String { phrase.prefix(1).uppercased() + phrase.dropFirst() + "." }
}
