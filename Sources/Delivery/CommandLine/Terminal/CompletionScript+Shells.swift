/// Bash: the words so far choose a command, the command what may follow.
func bashCompletion(program: String, _ levels: [CompletionLevel]) -> String {
    """
    # bash completion of \(program); load it with: source <(\(program) completion bash)
    _\(program)() {
        local word="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}" path="" index
        for ((index = 1; index < COMP_CWORD; index++)); do
            case "${path:+$path }${COMP_WORDS[index]}" in
                \(alternatives(levels))) path="${path:+$path }${COMP_WORDS[index]}" ;;
            esac
        done
        local candidates=""
        case "$path:$previous" in
    \(lines(levels.flatMap(bashOptionCases), indent: 8))
            *)
                case "$path" in
    \(lines(levels.map { "'\($0.key)') candidates='\($0.candidates.map(\.word).joined(separator: " "))' ;;" }, indent: 16))
                esac ;;
        esac
        COMPREPLY=($(compgen -W "$candidates" -- "$word"))
    }
    complete -F _\(program) \(program)

    """
}

private func bashOptionCases(_ level: CompletionLevel) -> [String] {
    level.choices.map { "'\(level.key):\($0.option)') candidates='\($0.words.joined(separator: " "))' ;;" }
        + level.openOptions.map { "'\(level.key):\($0)') ;;" }
}

/// Zsh: the same walk, with the summaries shown beside the words.
func zshCompletion(program: String, _ levels: [CompletionLevel]) -> String {
    """
    #compdef \(program)
    # zsh completion of \(program); load it with: source <(\(program) completion zsh)
    _\(program)() {
        local known="" index
        for ((index = 2; index < CURRENT; index++)); do
            case "${known:+$known }${words[index]}" in
                \(alternatives(levels))) known="${known:+$known }${words[index]}" ;;
            esac
        done
        local -a candidates
        case "$known:${words[CURRENT-1]}" in
    \(lines(levels.flatMap(zshOptionCases), indent: 8))
            *)
                case "$known" in
    \(lines(levels.map(zshLevelCase), indent: 16))
                esac ;;
        esac
        _describe '\(program)' candidates
    }
    compdef _\(program) \(program)

    """
}

private func zshOptionCases(_ level: CompletionLevel) -> [String] {
    level.choices.map { "'\(level.key):\($0.option)') candidates=(\($0.words.joined(separator: " "))) ;;" }
        + level.openOptions.map { "'\(level.key):\($0)') ;;" }
}

private func zshLevelCase(_ level: CompletionLevel) -> String {
    let words = level.candidates.map { one in
        let summary = one.summary.isEmpty ? "" : ":" + one.summary.replacingColons
        return quoted(one.word + summary)
    }
    return "'\(level.key)') candidates=(\(words.joined(separator: " "))) ;;"
}

/// Fish: one line for each word that may follow, guarded by where it may.
func fishCompletion(program: String, _ levels: [CompletionLevel]) -> String {
    let lines = levels.flatMap { level in
        let guarded = "complete -c \(program) -n 'test (__\(program)_path) = \"\(level.key)\"'"
        let commands = level.commands.map { "\(guarded) -a \($0.name) -d \(quoted($0.summary))" }
        let words = level.words.map { "\(guarded) -a \($0)" }
        let options = level.options.map { option -> String in
            let value: String =
                switch option.value {
                case .none: ""
                case .text, .integer: " -x"
                case .choice(let words): " -x -a \(quoted(words.joined(separator: " ")))"
                }
            return "\(guarded) -l \(option.name)\(value) -d \(quoted(option.summary))"
        }
        return commands + words + options
    }
    return """
        # fish completion of \(program); load it with: \(program) completion fish | source
        function __\(program)_path
            set -l path
            for word in (commandline -opc)[2..]
                switch "$path $word"
                    case \(levels.dropFirst().map { quoted(" " + $0.key) }.joined(separator: " "))
                        set path "$path $word"
                end
            end
            string trim -- "$path"
        end
        complete -c \(program) -f
        \(lines.joined(separator: "\n"))

        """
}

/// The paths of all commands but the program, as alternatives of a shell's `case`.
private func alternatives(_ levels: [CompletionLevel]) -> String {
    levels.dropFirst().map { "'\($0.key)'" }.joined(separator: "|")
}

private func lines(_ lines: [String], indent: Int) -> String {
    lines.map { String(repeating: " ", count: indent) + $0 }.joined(separator: "\n")
}

/// In single quotes, which every shell here takes literally.
private func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
}

extension String {
    /// `_describe` ends a word at its first colon.
    fileprivate var replacingColons: String { String(map { $0 == ":" ? "," : $0 }) }
}
