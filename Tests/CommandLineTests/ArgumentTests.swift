import CommandLine
import Testing

@Suite struct ArgumentTests {
    @Test("options stand anywhere after their command, with a blank or an equals sign") func options() throws {
        let (command, arguments) = try parsed("sync", "library", "--plan", "191", "--mode=full", "--dry-run")
        #expect(command.name == "library")
        #expect(arguments.path == ["demo", "sync", "library"])
        #expect(arguments.flag("dry-run"))
        #expect(arguments.integer("plan") == 191)
        #expect(arguments.value("mode") == "full")
        #expect(!arguments.wantsJSON)
        #expect(try parsed("delete", "7", "--reason=a=b").arguments.value("reason") == "a=b")
    }

    @Test("operands are named by the command; -- ends the options") func operands() throws {
        let several = try parsed("delete", "1", "--reason", "spring", "2", "--", "--3").arguments
        #expect(several.operandList("ID") == ["1", "2", "--3"])
        #expect(several.value("reason") == "spring")
        #expect(try parsed("jobs", "show", "7", "--json").arguments.operand("ID") == "7")
        #expect(try parsed("jobs", "show", "7", "--json").arguments.wantsJSON)
    }

    @Test("a group with an action of its own runs it") func groupAction() async throws {
        let (command, arguments) = try parsed("jobs")
        #expect(try await command.action?(arguments) == .someFailed)
    }

    @Test(
        "what is not understood is named, with the nearest known word",
        arguments: [
            (["sync", "libary"], "demo sync: there is no command libary; the nearest is library."),
            (["wipe"], "demo: there is no command wipe."),
            (["sync", "library", "--dry-rum"], "there is no option --dry-rum; the nearest is --dry-run."),
            (["sync", "library", "-x"], "demo sync library: there is no option -x."),
            (["sync"], "demo sync: needs one of library, metadata."),
            ([], "demo: needs one of sync, jobs, delete, completion."),
            (["sync", "library", "--plan"], "--plan needs a value, JOB."),
            (["sync", "library", "--plan", "seven"], "--plan needs a whole number from 1 to 9223372036854775807."),
            (["sync", "library", "--plan", "0"], "--plan needs a whole number from 1"),
            (["sync", "library", "--mode", "slow"], "--mode is one of fast, full."),
            (["sync", "library", "--dry-run=yes"], "--dry-run takes no value."),
            (["sync", "library", "--dry-run", "--dry-run"], "--dry-run is given twice."),
            (["sync", "library", "extra"], "extra is one word too many."),
            (["jobs", "show"], "demo jobs show: needs ID."),
            (["jobs", "show", "1", "2"], "2 is one word too many."),
            (["delete"], "demo delete: needs ID…."),
            (["delete", "1", "--reason", ""], "--reason needs a value."),
            (["completion", "tcsh"], "SHELL is one of bash, zsh, fish."),
            (["sync", "li\u{1B}[2Jbrary"], "there is no command li\\u{1b}[2Jbrary"),
        ])
    func complaints(words: [String], expected: String) {
        let error = #expect(throws: UsageError.self) { try sampleProgram().parse(words) }
        #expect(error?.description.contains(expected) == true, "\(error?.description ?? "")")
        #expect(error?.description.hasSuffix("--help") == true)
    }

    @Test("--help wins on every level and tells usage and an example")
    func help() throws {
        for (words, line) in [
            (["--help"], "Usage: demo COMMAND"), (["sync", "-h"], "Usage: demo sync COMMAND"),
            (["jobs", "--help"], "Usage: demo jobs [COMMAND] [--json]"),
            (["jobs", "show", "--help"], "Usage: demo jobs show [--json] ID"),
            (["sync", "library", "--nonsense", "--help"], "[--plan JOB] [--mode fast|full] [--json]"),
            (["completion", "--help"], "Usage: demo completion bash|zsh|fish"),
        ] {
            guard case .help(let text) = try sampleProgram().parse(words) else {
                Issue.record("\(words) gave no help")
                continue
            }
            #expect(text.contains(line))
            #expect(text.contains("Example:\n  demo"))
            #expect(text.contains("--help"))
        }
    }

    @Test("help is laid out in aligned columns") func helpLayout() throws {
        let library = try #require(sampleProgram().subcommands.first?.subcommands.first)
        #expect(
            library.help(path: ["demo", "sync", "library"]) == """
                Bring what the library holds into the tracker.

                Usage: demo sync library [--dry-run] [--plan JOB] [--mode fast|full] [--json]

                Options:
                  --dry-run          show the plan and write nothing
                  --plan JOB         apply exactly the plan of this job
                  --mode fast|full   how much to read
                  --json             print the API's JSON instead of text
                  --help             show this help

                Example:
                  demo sync library --dry-run

                """)
    }

    @Test("exit codes are those the API chapter names") func exitCodes() {
        #expect(ExitCode.allCases.map(\.rawValue) == [0, 1, 2, 3, 4, 130])
    }
}
