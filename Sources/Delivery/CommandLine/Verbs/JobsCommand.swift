/// `marquee jobs [list|show|cancel|undo]`.
func jobsCommand(_ environment: Environment) -> Command {
    let job = CommandOperand("JOB", "the job's number")
    return Command(
        "jobs", "list jobs, look at one, cancel or undo it", example: "marquee jobs undo 191", options: [.json],
        subcommands: [
            Command(
                "list", "the latest jobs", example: "marquee jobs list --json",
                options: [
                    .json, CommandOption("kind", .text("KIND"), "only this kind, such as library_sync"),
                    CommandOption("state", .text("STATE"), "only this state, such as running"),
                ]
            ) { arguments in
                var query: [(String, String)] = []
                for name in ["kind", "state"] {
                    if let value = arguments.value(name) { query.append((name, value)) }
                }
                return try await listJobs(query, arguments, environment)
            },
            Command("show", "one job", example: "marquee jobs show 191", operands: [job], options: [.json]) {
                try await callJob("GET", "", $0, environment)
            },
            Command(
                "cancel", "stop a running job", example: "marquee jobs cancel 191", operands: [job], options: [.json]
            ) {
                try await callJob("POST", "/cancel", $0, environment)
            },
            Command(
                "undo", "take back what a job wrote, where nobody has touched it since",
                example: "marquee jobs undo 191", operands: [job], options: [.json]
            ) { try await callJob("POST", "/undo", $0, environment) },
        ]
    ) { arguments in try await listJobs([], arguments, environment) }
}

private func listJobs(
    _ query: [(String, String)], _ arguments: Arguments, _ environment: Environment
) async throws -> ExitCode {
    let answer = try await Session.run(environment) { try await $0.client.call("GET", "/api/jobs", query: query) }
    if arguments.wantsJSON {
        environment.console.write(answer.text + "\n")
        return .done
    }
    var table = Table([
        .init("JOB", .right), .init("KIND"), .init("STATE"), .init("BY"), .init("STARTED"),
        .init("RESULT", flexible: true),
    ])
    for job in answer.json["jobs"].array {
        table.append([
            Table.Cell(job["id"].text ?? ""),
            Table.Cell((job["kind"].text ?? "") + (job["dry_run"].flag ? " (preview)" : "")),
            Table.Cell(job["state"].text ?? "", style(of: job["state"].text)), Table.Cell(job["started_by"].text ?? ""),
            Table.Cell(job["started_at"].text ?? ""), Table.Cell(summary(of: job)),
        ])
    }
    environment.console.write(table.isEmpty ? "No jobs yet.\n" : table.rendered(for: environment.console.terminal))
    return .done
}

private func style(of state: String?) -> TextStyle? {
    switch state {
    case "succeeded": .green
    case "partial", "interrupted": .yellow
    case "failed": .red
    default: nil
    }
}

private func summary(of job: JSONValue) -> String {
    if let error = job["error"].text { return error }
    let result = job["result"]
    if let reverted = result["reverted"].integer { return "\(reverted) reverted, \(result["kept"].text ?? "0") kept" }
    guard let added = result["added"].integer else { return "" }
    return "\(added) added, \(result["updated"].text ?? "0") updated, \(result["skipped"].text ?? "0") skipped"
}

private func callJob(
    _ method: String, _ action: String, _ arguments: Arguments, _ environment: Environment
) async throws -> ExitCode {
    let id = arguments.operand("JOB") ?? ""
    let answer = try await Session.run(environment) { session in
        try await session.client.call(method, "/api/jobs/\(id)\(action)", timeout: .seconds(330))
    }
    if arguments.wantsJSON {
        environment.console.write(answer.text + "\n")
        return .done
    }
    printJob(answer.json, on: environment.console)
    return .done
}

private func printJob(_ job: JSONValue, on console: Console) {
    if let reverted = job["reverted"].integer {
        console.write("\(reverted) values taken back, \(job["kept"].text ?? "0") kept.\n")
        for kept in job["kept_details"].array {
            console.write(
                "  kept request \(kept["request_id"].text ?? "") \(kept["field"].text ?? ""): \(kept["reason"].text ?? "")\n"
            )
        }
        return
    }
    for name in ["id", "kind", "state", "dry_run", "started_by", "created_at", "finished_at", "error", "resume"] {
        if let text = job[name].text { console.write("\(name): \(text)\n") }
    }
    let outcome = summary(of: job)
    if !outcome.isEmpty { console.write("result: \(outcome)\n") }
}
