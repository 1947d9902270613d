import Database
import Settings
import Store

/// `marquee backup create|list|verify|restore`.
func backupCommand(_ environment: Environment) -> Command {
    let id = CommandOperand("BACKUP", "the backup's name, as `marquee backup list` shows it")
    return Command(
        "backup", "make, list, verify and restore backups", example: "marquee backup create",
        subcommands: [
            Command("create", "make a backup while everything runs", example: "marquee backup create", options: [.json])
            {
                try await createBackup($0, environment)
            },
            Command("list", "the backups, newest first", example: "marquee backup list", options: [.json]) {
                try await listBackups($0, environment)
            },
            Command(
                "verify", "check sums, open the copy, compare counts", example: "marquee backup verify BACKUP",
                operands: [id], options: [.json]
            ) { try await verifyBackup($0, environment) },
            Command(
                "restore", "put a backup in the place of the present state; the service must not run",
                example: "marquee backup restore BACKUP", operands: [id]
            ) { try await restoreBackup($0, environment) },
        ])
}

private func createBackup(_ arguments: Arguments, _ environment: Environment) async throws -> ExitCode {
    let answer = try await Session.run(environment) { session in
        try await session.client.call("POST", "/api/admin/backups", timeout: .seconds(3_600))
    }
    if arguments.wantsJSON {
        environment.console.write(answer.text + "\n")
    } else {
        environment.console.write(
            "Backup \(answer.json["id"].text ?? "") made: \(answer.json["rows"].text ?? "0") rows in "
                + "\(answer.json["path"].text ?? "").\n")
        environment.console.say("The key file of the data directory is not part of a backup; keep it apart.")
    }
    return .done
}

private func listBackups(_ arguments: Arguments, _ environment: Environment) async throws -> ExitCode {
    let answer = try await Session.run(environment) {
        try await $0.client.call("GET", "/api/admin/backups", query: [("limit", "200")])
    }
    if arguments.wantsJSON {
        environment.console.write(answer.text + "\n")
        return .done
    }
    var table = Table([
        .init("BACKUP", flexible: true), .init("MADE"), .init("WHY"), .init("ROWS", .right), .init("BYTES", .right),
        .init("STATE"),
    ])
    for backup in answer.json["backups"].array {
        table.append([
            Table.Cell(backup["id"].text ?? ""), Table.Cell(backup["created_at"].text ?? ""),
            Table.Cell(backup["reason"].text ?? ""), Table.Cell(backup["rows"].text ?? ""),
            Table.Cell(backup["bytes"].text ?? ""),
            backup["damage"].text.map { Table.Cell("damaged: \($0)", .red) } ?? Table.Cell("whole", .green),
        ])
    }
    environment.console.write(table.isEmpty ? "No backups yet.\n" : table.rendered(for: environment.console.terminal))
    return .done
}

private func verifyBackup(_ arguments: Arguments, _ environment: Environment) async throws -> ExitCode {
    let id = arguments.operand("BACKUP") ?? ""
    let answer = try await Session.run(environment) { session in
        try await session.client.call("POST", "/api/admin/backups/\(id)/verify", timeout: .seconds(3_600))
    }
    let isSound = answer.json["sound"].flag
    if arguments.wantsJSON {
        environment.console.write(answer.text + "\n")
    } else if isSound {
        environment.console.write("Backup \(id) is sound: \(answer.json["backup"]["rows"].text ?? "0") rows.\n")
    } else {
        for problem in answer.json["problems"].array { environment.console.say(problem.text ?? "", .red) }
    }
    return isSound ? .done : .someFailed
}

/// Works on the database itself, so no server may.
private func restoreBackup(_ arguments: Arguments, _ environment: Environment) async throws -> ExitCode {
    let configuration = try environment.configuration()
    guard let lock = try InstanceLock.take(in: configuration.dataDirectory) else {
        environment.console.say("Marquee is running; stop it, then restore.", .red)
        return .configuration
    }
    defer { lock.release() }
    let restore = Restore(
        into: try DatabaseLocation(url: configuration.databaseURL.text), from: configuration.backupDirectory,
        version: Application.version, now: Application.now)
    let report = try await restore.run(arguments.operand("BACKUP") ?? "")
    let kept =
        switch report.kept {
        case .backup(let backup): "The state before is backup \(backup.id)."
        case .file(let path): "The state before could not be read; it is kept as \(path)."
        case .nothing: "There was nothing to keep."
        }
    environment.console.write("Restored \(report.backup.id): \(report.backup.rows) rows. \(kept)\n")
    return .done
}
