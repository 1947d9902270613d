import JSONStream

/// `marquee delete ID…`.
func deleteCommand(_ environment: Environment) -> Command {
    Command(
        "delete", "delete titles in every service, and prove it; the plan comes first",
        example: "marquee delete 17 --delete-files --dry-run",
        operands: [CommandOperand("ID", "the number of a request", repeating: true)],
        options: [
            CommandOption("delete-files", "the files go, too"),
            CommandOption("torrents", .choice(["auto", "keep", "remove"]), "what becomes of the torrents"),
            CommandOption("add-exclusion", "lists of Radarr and Sonarr may not bring it back"),
            CommandOption("season", .integer("N", 0...99_999), "only this season of a series"),
            CommandOption("dry-run", "show the plan; nothing is changed"),
            CommandOption("yes", "do not ask"), .json,
        ]
    ) { try await delete($0, environment) }
}

private func delete(_ arguments: Arguments, _ environment: Environment) async throws -> ExitCode {
    let ids = try arguments.operandList("ID").map { text in
        guard let id = Int64(text), id > 0 else { throw arguments.usageError("\(text) is no request's number.") }
        return id
    }
    return try await Session.run(environment) { session in
        let preview = try await session.client.call(
            "POST", "/api/requests/bulk-delete", body: body(ids, arguments, dryRun: true), timeout: .seconds(300))
        let console = environment.console
        if arguments.flag("dry-run") {
            if arguments.wantsJSON { console.write(preview.text + "\n") } else { printPlan(preview.json, on: console) }
            return .done
        }
        if !arguments.wantsJSON { printPlan(preview.json, on: console) }
        guard !preview.json["items"].array.isEmpty else {
            console.say("There is nothing to delete.")
            return .someFailed
        }
        if !arguments.flag("yes") {
            guard console.isAsked("Delete this? Type yes: ") else {
                console.say("Nothing was deleted. To delete without being asked: --yes.")
                return .usage
            }
        }
        let answer = try await session.client.call(
            "POST", "/api/requests/bulk-delete", body: body(ids, arguments, plan: preview.json), timeout: .seconds(60))
        return try await finish(answer.json["id"].integer ?? 0, session.client, arguments, console)
    }
}

private func body(
    _ ids: [Int64], _ arguments: Arguments, dryRun: Bool = false, plan: JSONValue? = nil
) -> String {
    var json = JSONWriter()
    json.object { json in
        json.array("request_ids") { json in for id in ids { json.value(id) } }
        json.field("delete_files", arguments.flag("delete-files"))
        json.field("add_exclusion", arguments.flag("add-exclusion"))
        json.field("torrents", arguments.value("torrents") ?? "auto")
        if let season = arguments.integer("season") {
            json.object("scope") { json in json.array("seasons") { $0.value(season) } }
        }
        if dryRun { json.field("dry_run", true) }
        if let id = plan?["plan_id"].text { json.field("plan_id", id) }
        if let count = plan?["confirm_count"].integer { json.field("confirm_count", count) }
    }
    return String(decoding: json.bytes, as: UTF8.self)
}

/// Waits for the calls and says what they came to; the proof follows while the service runs.
private func finish(
    _ job: Int64, _ client: Client, _ arguments: Arguments, _ console: Console
) async throws -> ExitCode {
    var record = try await client.call("GET", "/api/jobs/\(job)").json
    while ["queued", "running"].contains(record["state"].text ?? "") {
        try await Task.sleep(for: .milliseconds(200))
        record = try await client.call("GET", "/api/jobs/\(job)").json
        let progress = record["progress"]
        console.showProgress(
            "\(progress["phase"].text ?? "") \(progress["done"].text ?? "0")/\(progress["total"].text ?? "?")")
    }
    console.endProgress()
    var failed = false
    for entry in record["result"]["logs"].array {
        guard let id = entry["deletion_log_id"].integer else { continue }
        let log = try await client.call("GET", "/api/deletion-logs/\(id)")
        if arguments.wantsJSON { console.write(log.text + "\n") } else { printLog(log.json, on: console) }
        failed = failed || (entry["failed"].integer ?? 0) > 0
    }
    let isDone = record["state"].text == "succeeded"
    if !arguments.wantsJSON && isDone {
        console.say("Called everywhere. What proves it follows: marquee deletions")
    }
    return failed || !isDone ? .someFailed : .done
}

private func printPlan(_ plan: JSONValue, on console: Console) {
    if plan["deletion_enabled"].flag == false {
        console.say("Deletion sync is disabled: no service is called, only Marquee's own row goes.", .yellow)
    }
    for item in plan["items"].array {
        let year = item["year"].text.map { " (\($0))" } ?? ""
        console.write(terminalSafe("\(item["title"].text ?? "")\(year)") + "\n")
        var table = Table([
            .init("SERVICE"), .init("INSTANCE"), .init("WHAT", flexible: true), .init("PLAN"),
            .init("WHY", flexible: true),
        ])
        for step in item["services"].array {
            let status = step["status"].text ?? ""
            table.append([
                Table.Cell(step["service"].text ?? ""), Table.Cell(step["instance"].text ?? ""),
                Table.Cell(step["name"].text ?? step["target"].text ?? ""),
                Table.Cell(status == "pending" ? "goes" : status, status == "unknown" ? .red : nil),
                Table.Cell(step["error"].text ?? step["details"].text ?? ""),
            ])
        }
        console.write(table.rendered(for: console.terminal))
        for warning in item["warnings"].array { console.say(terminalSafe(warning["detail"].text ?? ""), .yellow) }
        if let refusal = item["refusal"]["detail"].text { console.say(terminalSafe(refusal), .red) }
    }
    for busy in plan["busy"].array {
        console.say(
            "Request \(busy["request_id"].text ?? "") is under deletion already: log \(busy["deletion_log_id"].text ?? "")."
        )
    }
    for id in plan["unknown_ids"].array { console.say("There is no request \(id.text ?? "").", .red) }
}

/// One log with what became of each service.
func printLog(_ log: JSONValue, on console: Console) {
    let year = log["year"].text.map { " (\($0))" } ?? ""
    console.write(
        terminalSafe("\(log["id"].text ?? ""): \(log["title"].text ?? "")\(year), \(log["status"].text ?? "")") + "\n")
    var table = Table([.init("SERVICE"), .init("INSTANCE"), .init("STATUS"), .init("DETAILS", flexible: true)])
    for service in log["services"].array {
        let status = service["status"].text ?? ""
        table.append([
            Table.Cell(service["service"].text ?? ""), Table.Cell(service["instance"].text ?? ""),
            Table.Cell(status, status == "failed" ? .red : status == "verified" ? .green : nil),
            Table.Cell(service["error"].text ?? service["details"].text ?? ""),
        ])
    }
    console.write(table.rendered(for: console.terminal))
}

extension Console {
    /// Asks the person at the terminal; nobody there means no.
    fileprivate func isAsked(_ question: String) -> Bool {
        say(question)
        return readLine()?.lowercased() == "yes"
    }
}
