import JSONStream

/// `marquee requests [list|show|retry|verify|override]`.
func requestsCommand(_ environment: Environment) -> Command {
    let id = CommandOperand("ID", "the request's number")
    return Command(
        "requests", "list requests, look at one, or get one going again",
        example: "marquee requests list --attention true", options: [.json],
        subcommands: [
            Command(
                "list", "what Marquee follows, the latest change first",
                example: "marquee requests list --state downloading", options: [.json] + filters
            ) { arguments in
                let names = filters.map { ($0.name, $0.name.replacing("-", with: "_")) }
                let query = names.compactMap { option, name in arguments.value(option).map { (name, $0) } }
                return try await listRequests(query, arguments, environment)
            },
            Command(
                "show", "one request with its episodes and its timeline", example: "marquee requests show 17",
                operands: [id], options: [.json]
            ) { arguments in
                let answer = try await callRequest("GET", "", arguments, environment)
                if !arguments.wantsJSON { printRequest(answer.json, on: environment.console) }
                return .done
            },
            Command(
                "retry", "search again, or whatever may get it going", example: "marquee requests retry 17",
                operands: [id], options: [.json]
            ) { arguments in
                let answer = try await callRequest("POST", "/retry", arguments, environment)
                if !arguments.wantsJSON { environment.console.write("\(answer.json["action"].text ?? "done")\n") }
                return .done
            },
            Command(
                "verify", "look into Jellyfin now", example: "marquee requests verify 17", operands: [id],
                options: [.json]
            ) { arguments in
                let answer = try await callRequest("POST", "/verify", arguments, environment)
                let result = answer.json["result"].text ?? ""
                if !arguments.wantsJSON { environment.console.write(verified[result] ?? result + "\n") }
                return result == "unknown" ? .upstreamUnreachable : .done
            },
            overrideCommand(id, environment),
        ]
    ) { arguments in try await listRequests([], arguments, environment) }
}

private let filters = [
    CommandOption("state", .text("STAGE"), "only this stage, such as downloading"),
    CommandOption("attention", .text("CODE"), "only what needs somebody: true, or a reason such as import_blocked"),
    CommandOption("media-type", .choice(["movie", "tv"]), "only films, or only series"),
    CommandOption("q", .text("WORDS"), "only titles with these words"),
    CommandOption("requested-by", .text("NAME"), "only what this person asked for"),
    CommandOption("origin", .choice(["request", "library_sync"]), "only what was asked for, or found"),
    CommandOption("sort", .choice(["updated", "created", "title", "state"]), "the order"),
    CommandOption("limit", .integer("N", 1...200), "at most so many"),
]

private let verified = [
    "playable": "Playable in Jellyfin.\n", "not_found": "Jellyfin does not show it.\n",
    "metadata_only": "Jellyfin lists it without anything to play.\n",
    "unknown": "Jellyfin could not be asked; nothing was changed.\n",
]

private func overrideCommand(_ id: CommandOperand, _ environment: Environment) -> Command {
    Command(
        "override", "decide by hand; it holds until it is cleared",
        example: "marquee requests override 17 --state declined --reason \"wrong film\"", operands: [id],
        options: [
            .json, CommandOption("state", .choice(["available", "declined", "failed"]), "the stage it shall have"),
            CommandOption("jellyfin-id", .text("ITEM"), "the item of Jellyfin that it is"),
            CommandOption("anime", .choice(["true", "false"]), "whether Shoko has to match it"),
            CommandOption("clear", "take an earlier decision back"),
            CommandOption("reason", .text("WORDS"), "why, for whoever reads the timeline"),
        ]
    ) { arguments in
        guard let reason = arguments.value("reason") else { throw arguments.usageError("needs --reason.") }
        var json = JSONWriter()
        json.object { json in
            json.field("reason", reason)
            if let state = arguments.value("state") { json.field("state", state) }
            if let item = arguments.value("jellyfin-id") { json.field("jellyfin_id", item) }
            if let anime = arguments.value("anime") { json.field("is_anime", anime == "true") }
            if arguments.flag("clear") { json.field("clear", true) }
        }
        let body = String(decoding: json.bytes, as: UTF8.self)
        let answer = try await callRequest("POST", "/override", arguments, environment, body: body)
        if !arguments.wantsJSON { printRequest(answer.json["request"], on: environment.console) }
        return .done
    }
}

private func listRequests(
    _ query: [(String, String)], _ arguments: Arguments, _ environment: Environment
) async throws -> ExitCode {
    let answer = try await Session.run(environment) { session in
        try await session.client.call("GET", "/api/requests", query: query)
    }
    if arguments.wantsJSON {
        environment.console.write(answer.text + "\n")
        return .done
    }
    var table = Table([
        .init("ID", .right), .init("TITLE", flexible: true), .init("YEAR"), .init("STAGE"), .init("EPISODES", .right),
        .init("BY"), .init("ATTENTION", flexible: true),
    ])
    for request in answer.json["requests"].array {
        let attention = request["attention"]["reason"].text
        table.append([
            Table.Cell(request["id"].text ?? ""), Table.Cell(request["title"].text ?? ""),
            Table.Cell(request["year"].text ?? ""),
            Table.Cell(request["state"].text ?? "", style(of: request["state"].text)),
            Table.Cell(episodes(of: request)),
            Table.Cell(request["requested_by"].text ?? ""),
            Table.Cell(attention ?? "", attention == nil ? nil : .yellow),
        ])
    }
    guard !table.isEmpty else {
        environment.console.write("No requests match.\n")
        return .done
    }
    environment.console.write(table.rendered(for: environment.console.terminal))
    let total = (answer.json["total"].text ?? "") + (answer.json["total_is_minimum"].flag ? "+" : "")
    environment.console.write("\(answer.json["requests"].array.count) of \(total)\n")
    return .done
}

private func callRequest(
    _ method: String, _ action: String, _ arguments: Arguments, _ environment: Environment, body: String? = nil
) async throws -> Client.Answer {
    let id = arguments.operand("ID") ?? ""
    guard let number = Int64(id), number > 0 else { throw arguments.usageError("\(id) is no request's number.") }
    let answer = try await Session.run(environment) { session in
        try await session.client.call(
            method, "/api/requests/\(number)\(action)", body: body, timeout: .seconds(120))
    }
    if arguments.wantsJSON { environment.console.write(answer.text + "\n") }
    return answer
}

private func episodes(of request: JSONValue) -> String {
    guard request["media_type"].text == "tv", let aired = request["episodes_aired"].integer, aired > 0 else {
        return ""
    }
    return "\(request["episodes_available"].text ?? "0")/\(aired)"
}

private func style(of stage: String?) -> TextStyle? {
    switch stage {
    case "available": .green
    case "failed": .red
    default: nil
    }
}

private func printRequest(_ request: JSONValue, on console: Console) {
    func line(_ name: String, _ text: String?) {
        if let text, !text.isEmpty { console.write(terminalSafe("\(name): \(text)") + "\n") }
    }
    let year = request["year"].text.map { " (\($0))" } ?? ""
    line("title", (request["title"].text ?? "") + year)
    line("stage", request["state"].text)
    line("attention", request["attention"]["reason"].text)
    line("episodes", episodes(of: request))
    for name in ["requested_by", "quality", "indexer", "jellyfin_id", "created_at", "state_changed_at", "available_at"]
    {
        line(name, request[name].text)
    }
    let timeline = request["timeline"].array
    guard !timeline.isEmpty else { return }
    console.write("\n")
    var table = Table([.init("WHEN"), .init("SERVICE"), .init("WHAT", flexible: true)])
    for entry in timeline {
        table.append([
            Table.Cell(entry["at"].text ?? ""), Table.Cell(entry["service"].text ?? ""),
            Table.Cell(entry["text"].text ?? ""),
        ])
    }
    console.write(table.rendered(for: console.terminal))
}
