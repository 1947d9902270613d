import FoundationEssentials
import Jobs
import LibrarySync
import Media
import Settings
import Shapes
import Store

/// `marquee import status-tracker FILE`.
func importCommand(_ environment: Environment) -> Command {
    Command(
        "import", "take over what another program knew", example: "marquee import status-tracker status.db --dry-run",
        subcommands: [
            Command(
                "status-tracker",
                "add the requests of the earlier tracker, with their stories; the service must not run",
                example: "marquee import status-tracker /data/status-tracker.db --dry-run",
                operands: [CommandOperand("FILE", "its SQLite database, which is only read")],
                options: [CommandOption("dry-run", "plan only; nothing is written"), .json]
            ) { try await importTracker($0, environment) }
        ])
}

/// Runs the import in this process: the file is the caller's, so no server is asked to open it.
private func importTracker(_ arguments: Arguments, _ environment: Environment) async throws -> ExitCode {
    let configuration = try environment.configuration()
    guard configuration.serverURL == nil else {
        environment.console.say("An import works on this machine's data directory: unset MARQUEE_URL.")
        return .usage
    }
    let application = try await Application.open(
        configuration, environment: environment.variables, sink: environment.sink(configuration, quiet: true))
    do {
        let job = try await application.turns.current.composition.syncs.importTracker(
            arguments.operand("FILE") ?? "", isDryRun: arguments.flag("dry-run"), by: "cli")
        guard let record = try await application.resources.jobs.wait(for: job) else { throw CancellationError() }
        let code = try await printImport(record, application, arguments, environment.console)
        await application.close()
        return code
    } catch {
        await application.close()
        throw error
    }
}

private func printImport(
    _ record: JobRecord, _ application: Application, _ arguments: Arguments, _ console: Console
) async throws -> ExitCode {
    guard record.state.isDone, let json = record.result else {
        console.say(record.error ?? "The import failed.", .red)
        return .someFailed
    }
    let lines = try await application.resources.store.read { reader in
        var change = PlannedChange()
        var lines: [ChangeShape] = []
        _ = try reader.planLines(of: record.id, after: PlanPosition(raw: 0), limit: 200, into: &change) {
            lines.append(ChangeShape($0, at: $1))
        }
        return lines
    }
    let report = try SyncReport(json: json)
    let shape = SyncResultShape(record, report, joined: false, changes: lines, next: nil)
    if arguments.wantsJSON {
        console.write(String(decoding: shape.jsonBytes, as: UTF8.self) + "\n")
    } else {
        let result = try JSONDecoder().decode(JSONValue.self, from: Data(shape.jsonBytes))
        SyncText(result, again: "To import: the same without --dry-run.").print(on: console)
    }
    return report.isPartial ? .someFailed : .done
}
