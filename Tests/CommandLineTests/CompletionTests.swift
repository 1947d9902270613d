import CommandLine
import Foundation
import Testing

@Suite struct CompletionTests {
    @Test(
        "bash completes commands, options and their choices",
        arguments: [
            (["demo", ""], ["sync", "jobs", "delete", "completion", "--help"]),
            (["demo", "s"], ["sync"]),
            (["demo", "sync", ""], ["library", "metadata", "--help"]),
            (["demo", "sync", "library", "--d"], ["--dry-run"]),
            (["demo", "sync", "library", "--dry-run", "--m"], ["--mode"]),
            (["demo", "sync", "library", "--mode", ""], ["fast", "full"]),
            (["demo", "sync", "library", "--plan", ""], []),
            (["demo", "jobs", "sh"], ["show"]),
            (["demo", "completion", ""], ["bash", "zsh", "fish", "--help"]),
        ])
    func bash(words: [String], expected: [String]) throws {
        let quoted = words.map { "'\($0)'" }.joined(separator: " ")
        let script =
            sampleProgram().completionScript(for: .bash)
            + "\nCOMP_WORDS=(\(quoted)); COMP_CWORD=\(words.count - 1); _demo; printf '%s\\n' \"${COMPREPLY[@]}\"\n"
        #expect(try run("bash", script).split(separator: "\n").map(String.init) == expected)
    }

    @Test("zsh and fish get a line for every command and option, with its summary") func otherShells() {
        let zsh = sampleProgram().completionScript(for: .zsh)
        #expect(zsh.hasPrefix("#compdef demo\n"))
        #expect(zsh.contains("'sync library') candidates=('--dry-run:show the plan and write nothing'"))
        #expect(zsh.contains("'sync library:--mode') candidates=(fast full) ;;"))
        #expect(zsh.contains(#"'--reason:why it'\''s done, kept in the log'"#))
        let fish = sampleProgram().completionScript(for: .fish)
        #expect(
            fish.contains(
                #"complete -c demo -n 'test (__demo_path) = "sync"' -a library -d 'bring what the library holds"#))
        #expect(
            fish.contains(
                #"complete -c demo -n 'test (__demo_path) = "sync library"' -l mode -x -a 'fast full' -d 'how much to read'"#
            ))
        #expect(fish.contains(#"-l plan -x -d 'apply exactly"#))
    }

    @Test("every script is one its shell can read, where that shell is installed", arguments: CompletionShell.allCases)
    func syntax(shell: CompletionShell) throws {
        guard try run("sh", "command -v \(shell.rawValue) || true").isEmpty == false else { return }
        let script = sampleProgram().completionScript(for: shell)
        #expect(try run(shell.rawValue, script, arguments: ["-n"]).isEmpty)
    }

    /// Runs a shell with a script on its standard input and returns what it printed.
    private func run(_ shell: String, _ script: String, arguments: [String] = []) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [shell] + arguments
        let input = Pipe()
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        process.standardError = output
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(script.utf8))
        try input.fileHandleForWriting.close()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: text, as: UTF8.self)
    }
}
