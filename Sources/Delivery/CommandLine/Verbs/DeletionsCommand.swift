/// `marquee deletions [list|show|retry|accept]`.
func deletionsCommand(_ environment: Environment) -> Command {
    let log = CommandOperand("LOG", "the deletion log's number")
    let filters = [
        CommandOption(
            "status", .choice(["in_progress", "complete", "incomplete", "accepted", "withdrawn"]), "only this status"),
        CommandOption("source", .text("SOURCE"), "only begun here, such as dashboard or radarr"),
        CommandOption("media-type", .choice(["movie", "tv"]), "only films, or only series"),
        CommandOption("q", .text("WORDS"), "only titles with these words"),
        CommandOption("limit", .integer("N", 1...200), "at most so many"),
    ]
    return Command(
        "deletions", "list deletions, look at one, or finish it", example: "marquee deletions retry 57",
        options: [.json],
        subcommands: [
            Command(
                "list", "the latest deletions", example: "marquee deletions list --status incomplete",
                options: [.json] + filters
            ) { arguments in
                let query = filters.compactMap { option in
                    arguments.value(option.name).map { (option.name.replacing("-", with: "_"), $0) }
                }
                return try await listDeletions(query, arguments, environment)
            },
            Command(
                "show", "one deletion, service by service", example: "marquee deletions show 57", operands: [log],
                options: [.json]
            ) { try await callDeletion("GET", "", nil, $0, environment) },
            Command(
                "retry", "repeat what failed", example: "marquee deletions retry 57", operands: [log],
                options: [CommandOption("include-skipped", "also what was only recorded"), .json]
            ) { arguments in
                let body = arguments.flag("include-skipped") ? "{\"include_skipped\":true}" : "{}"
                return try await callDeletion("POST", "/retry", body, arguments, environment)
            },
            Command(
                "accept", "close one as it stands: what is left stays", example: "marquee deletions accept 57",
                operands: [log], options: [.json]
            ) { try await callDeletion("POST", "/retry", "{\"accept_leftovers\":true}", $0, environment) },
        ]
    ) { arguments in try await listDeletions([], arguments, environment) }
}

private func listDeletions(
    _ query: [(String, String)], _ arguments: Arguments, _ environment: Environment
) async throws -> ExitCode {
    let answer = try await Session.run(environment) {
        try await $0.client.call("GET", "/api/deletion-logs", query: query)
    }
    if arguments.wantsJSON {
        environment.console.write(answer.text + "\n")
        return .done
    }
    var table = Table([
        .init("LOG", .right), .init("TITLE", flexible: true), .init("STATUS"), .init("BY"), .init("BEGUN"),
        .init("FAILED", flexible: true),
    ])
    for log in answer.json["logs"].array {
        let failed = log["services"].array.filter { $0["status"].text == "failed" }.compactMap { $0["service"].text }
        table.append([
            Table.Cell(log["id"].text ?? ""), Table.Cell(log["title"].text ?? ""),
            Table.Cell(log["status"].text ?? "", log["status"].text == "incomplete" ? .yellow : nil),
            Table.Cell(log["deleted_by_username"].text ?? ""), Table.Cell(log["initiated_at"].text ?? ""),
            Table.Cell(failed.joined(separator: ", ")),
        ])
    }
    let console = environment.console
    console.write(table.isEmpty ? "No deletions yet.\n" : table.rendered(for: console.terminal))
    return .done
}

private func callDeletion(
    _ method: String, _ action: String, _ body: String?, _ arguments: Arguments, _ environment: Environment
) async throws -> ExitCode {
    let text = arguments.operand("LOG") ?? ""
    guard let id = Int64(text), id > 0 else { throw arguments.usageError("\(text) is no deletion log's number.") }
    let answer = try await Session.run(environment) { session in
        try await session.client.call(method, "/api/deletion-logs/\(id)\(action)", body: body, timeout: .seconds(120))
    }
    if arguments.wantsJSON {
        environment.console.write(answer.text + "\n")
    } else {
        printLog(answer.json, on: environment.console)
    }
    return answer.json["status"].text == "incomplete" && method == "POST" ? .someFailed : .done
}
