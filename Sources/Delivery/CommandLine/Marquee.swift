import Database
import Lifecycle
import Observability
import Settings
import Store

/// The program `marquee`.
public enum Marquee {
    /// Runs one command line.
    ///
    /// - Returns: the exit code of api.md §5.
    public static func run(_ words: [String], environment variables: [String: String]) async -> Int32 {
        Memory.limitArenas()
        let console = Console.standard(environment: variables)
        let environment = Environment(variables: variables, console: console)
        let program = Command.program(
            "marquee", "tells the truth about a media stack and keeps it in step",
            example: "marquee sync library --dry-run", console: console,
            commands: [
                serveCommand(environment), syncCommand(environment), requestsCommand(environment),
                deleteCommand(environment), deletionsCommand(environment), jobsCommand(environment),
                hooksCommand(environment), apiKeyCommand(environment),
                doctorCommand(environment), backupCommand(environment), importCommand(environment),
                openAPICommand(environment), versionCommand(environment),
            ])
        return await program.run(words, on: console, explain: explain).rawValue
    }

    /// The sentence and the exit code for an error that reached the top.
    static func explain(_ error: any Error) -> (message: String, code: ExitCode) {
        switch error {
        case let refused as Refused: (refused.detail, refused.exitCode)
        case let failure as ConfigurationError: ("\(failure)", .configuration)
        case let failure as DatabaseError: ("\(failure)", .configuration)
        case let failure as BackupError: (failure.message, failure.reason == .notFound ? .usage : .configuration)
        case let failure as LockError: ("\(failure)", .configuration)
        case let failure as AlreadyRunning: ("\(failure)", .configuration)
        case let failure as ServerUnreachable: ("\(failure)", .upstreamUnreachable)
        case is CancellationError: ("Interrupted.", .interrupted)
        default: ("\(error)", .someFailed)
        }
    }
}
