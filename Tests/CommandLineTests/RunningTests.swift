import CommandLine
import Testing

@Suite struct RunningTests {
    struct Broken: Error {}

    /// Runs a small program and returns its exit code with everything it wrote.
    func run(_ words: String...) async -> (code: ExitCode, written: String) {
        let paper = Paper()
        let console = paper.console(Terminal())
        let work = Command("work", "do the work", example: "demo work", options: [.json]) { arguments in
            console.write(arguments.wantsJSON ? "{}\n" : "worked\n")
            return .someFailed
        }
        let fail = Command("fail", "do not", example: "demo fail") { _ in throw Broken() }
        let stop = Command("stop", "stop midway", example: "demo stop") { _ in throw ExitCode.interrupted }
        let program = Command.program(
            "demo", "try things", example: "demo work", console: console, commands: [work, fail, stop])
        let code = await program.run(words, on: console) { _ in ("the server\u{1B} is away", .upstreamUnreachable) }
        return (code, paper.written)
    }

    @Test("the action's exit code is the program's") func action() async {
        #expect(await run("work") == (.someFailed, "<worked\n>"))
        #expect(await run("work", "--json") == (.someFailed, "<{}\n>"))
        #expect(await run("stop") == (.interrupted, ""))
    }

    @Test("an error is explained on the message output, with control characters shown") func failure() async {
        #expect(await run("fail") == (.upstreamUnreachable, "the server\\u{1b} is away\n"))
    }

    @Test("help is a result; a misunderstanding is a message and exit 2") func helpAndUsage() async {
        let help = await run("--help")
        #expect(help.code == .done)
        #expect(help.written.hasPrefix("<Try things."))
        let misunderstood = await run("wrok")
        #expect(misunderstood.code == .usage)
        #expect(misunderstood.written == "demo: there is no command wrok; the nearest is work.\nTry: demo --help\n")
    }

    @Test("every program can print its completions, which name that command too") func completion() async {
        let (code, written) = await run("completion", "bash")
        #expect(code == .done)
        #expect(written.contains("'completion') candidates='bash zsh fish --help'"))
    }
}
