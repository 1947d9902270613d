import Lifecycle

/// `marquee sync library|metadata|pending`.
func syncCommand(_ environment: Environment) -> Command {
    let planning = [
        CommandOption("dry-run", "plan only; nothing is written"),
        CommandOption("plan", .integer("JOB", 1...Int64.max), "apply exactly the plan of this dry run"),
    ]
    let options =
        planning + [
            CommandOption("adopt-replaced-ids", "take over the ids of items that Jellyfin re-keyed"),
            CommandOption("timeline", "let fills enter the timelines"), .json,
        ]
    return Command(
        "sync", "bring the tracker and the library into step", example: "marquee sync library --dry-run",
        subcommands: [
            Command(
                "library", "add what Jellyfin holds and fill what known rows lack",
                example: "marquee sync library --dry-run",
                options: options + [
                    CommandOption("no-update-existing", "only add; leave known rows alone"),
                    CommandOption("include-deleted", "add again what was deleted by choice"),
                ]
            ) { arguments in
                var query = syncQuery(arguments)
                if arguments.flag("no-update-existing") { query.append(("update_existing", "false")) }
                if arguments.flag("include-deleted") { query.append(("include_deleted", "true")) }
                return try await runSync("library", "library_sync", query, arguments, environment)
            },
            Command(
                "metadata", "fill what known rows lack, in any stage; never adds",
                example: "marquee sync metadata --dry-run", options: options
            ) { arguments in
                try await runSync("update-metadata", "metadata_update", syncQuery(arguments), arguments, environment)
            },
            Command(
                "pending", "add Seerr's requests that are not tracked yet, each as far as it has come",
                example: "marquee sync pending --dry-run", options: planning + [.json]
            ) { arguments in
                var query: [(String, String)] = []
                if arguments.flag("dry-run") { query.append(("dry_run", "true")) }
                if let plan = arguments.integer("plan") { query.append(("plan", String(plan))) }
                return try await runSync("pending", "pending_sync", query, arguments, environment)
            },
        ])
}

private func syncQuery(_ arguments: Arguments) -> [(String, String)] {
    var query: [(String, String)] = []
    if arguments.flag("dry-run") { query.append(("dry_run", "true")) }
    if arguments.flag("adopt-replaced-ids") { query.append(("adopt_replaced_ids", "true")) }
    if arguments.flag("timeline") { query.append(("timeline", "true")) }
    if let plan = arguments.integer("plan") { query.append(("plan", String(plan))) }
    return query
}

/// Starts a sync, draws its progress, and prints what it came to.
private func runSync(
    _ path: String, _ kind: String, _ query: [(String, String)], _ arguments: Arguments, _ environment: Environment
) async throws -> ExitCode {
    try await Session.run(environment) { session in
        let interrupt = ShutdownSignal()
        let trap = SignalTrap(interrupt)
        defer { withExtendedLifetime(trap) {} }
        let answer: Client.Answer? = try await withThrowingTaskGroup(of: Client.Answer?.self) { group in
            group.addTask {
                try await session.client.call(
                    "POST", "/api/admin/sync/\(path)", query: query, headers: [("Prefer", "wait=3600")],
                    timeout: .seconds(3_700))
            }
            group.addTask { try await watchJob(kind, session.client, environment.console, until: interrupt) }
            defer { group.cancelAll() }
            while let answer = try await group.next() {
                if let answer { return answer }
                if interrupt.isTriggered { return nil }
            }
            return nil
        }
        environment.console.endProgress()
        guard let answer else {
            environment.console.say("Interrupted: the job was asked to stop; nothing it had not finished is written.")
            return .interrupted
        }
        let again =
            "To apply exactly this plan: marquee sync \(path == "update-metadata" ? "metadata" : path) --plan {job}"
        return printSync(answer, again: again, arguments, environment)
    }
}

/// Draws the running job until the caller has its answer; on Ctrl-C asks the job to stop.
private func watchJob(
    _ kind: String, _ client: Client, _ console: Console, until interrupt: ShutdownSignal
) async throws -> Client.Answer? {
    while !Task.isCancelled {
        await interrupt.wait(atMost: .milliseconds(250), clock: ContinuousClock())
        let list = try? await client.call("GET", "/api/jobs", query: [("state", "running"), ("kind", kind)])
        guard let job = list?.json["jobs"].array.first else {
            if interrupt.isTriggered { return nil }
            continue
        }
        if interrupt.isTriggered, let id = job["id"].integer {
            _ = try? await client.call("POST", "/api/jobs/\(id)/cancel")
            return nil
        }
        let progress = job["progress"]
        let bar = ProgressBar(
            done: progress["done"].integer ?? 0, total: progress["total"].integer, rate: progress["rate"].double,
            remaining: progress["eta_seconds"].integer.map { .seconds($0) })
        console.showProgress("\(progress["phase"].text ?? "")  \(bar.text())")
    }
    return nil
}

/// Prints a SyncResult, or the job when it goes on longer than anybody waits.
private func printSync(
    _ answer: Client.Answer, again: String, _ arguments: Arguments, _ environment: Environment
) -> ExitCode {
    if arguments.wantsJSON {
        environment.console.write(answer.text + "\n")
    } else if answer.status == 202 {
        environment.console.say("Job \(answer.json["id"].text ?? "") is still running; see: marquee jobs")
    } else {
        SyncText(answer.json, again: again).print(on: environment.console)
    }
    let isPartial =
        (answer.json["errors"].integer ?? 0) > 0
        || answer.json["warnings"].array.contains { $0["code"].text == "upstream_unreachable" }
    return isPartial ? .someFailed : .done
}
