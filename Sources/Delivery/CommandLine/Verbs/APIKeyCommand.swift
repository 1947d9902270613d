import JSONStream

/// `marquee api-key [create|list|revoke]`.
func apiKeyCommand(_ environment: Environment) -> Command {
    Command(
        "api-key", "keys for programs, and the way in while Jellyfin is down", example: "marquee api-key list",
        options: [.json],
        subcommands: [
            Command(
                "create", "make a key, shown this once", example: "marquee api-key create backup-script --scopes read",
                operands: [CommandOperand("NAME", "what the key is for")],
                options: [
                    CommandOption(
                        "scopes", .text("LIST"),
                        "by comma: read, operate, admin, metrics, hook:SERVICE; read unless given"),
                    CommandOption("expires", .text("TIME"), "when it ends, as 2027-01-31T00:00:00Z"), .json,
                ]
            ) { try await createKey($0, environment) },
            Command("list", "every key that was made", example: "marquee api-key list", options: [.json]) {
                try await listKeys($0, environment)
            },
            Command(
                "revoke", "end a key at once", example: "marquee api-key revoke 3",
                operands: [CommandOperand("ID", "the key's number")]
            ) { try await revokeKey($0, environment) },
        ]
    ) { try await listKeys($0, environment) }
}

private func createKey(_ arguments: Arguments, _ environment: Environment) async throws -> ExitCode {
    var body = JSONWriter()
    body.object { json in
        json.field("name", arguments.operand("NAME"))
        json.array("scopes") { json in
            for scope in (arguments.value("scopes") ?? "read").split(separator: ",") { json.value(String(scope)) }
        }
        if let expiry = arguments.value("expires") { json.field("expires_at", expiry) }
    }
    let text = String(decoding: body.bytes, as: UTF8.self)
    let answer = try await Session.run(environment) { session in
        try await session.client.call("POST", "/api/auth/keys", body: text)
    }
    if arguments.wantsJSON {
        environment.console.write(answer.text + "\n")
        return .done
    }
    environment.console.write((answer.json["key"].text ?? "") + "\n")
    environment.console.say("Keep it now: it is not shown again.")
    return .done
}

private func listKeys(_ arguments: Arguments, _ environment: Environment) async throws -> ExitCode {
    let answer = try await Session.run(environment) {
        try await $0.client.call("GET", "/api/auth/keys", query: [("limit", "200")])
    }
    if arguments.wantsJSON {
        environment.console.write(answer.text + "\n")
        return .done
    }
    var table = Table([
        .init("ID", .right), .init("NAME", flexible: true), .init("SCOPES"), .init("MADE"), .init("LAST USED"),
        .init("ENDS"),
    ])
    for key in answer.json["keys"].array {
        let scopes = key["scopes"].array.compactMap(\.text).joined(separator: ",")
        let end = key["revoked_at"].text.map { "revoked \($0)" } ?? key["expires_at"].text ?? ""
        table.append([
            Table.Cell(key["id"].integer.map(String.init) ?? ""), Table.Cell(key["name"].text ?? ""),
            Table.Cell(scopes), Table.Cell(key["created_at"].text ?? ""), Table.Cell(key["last_used_at"].text ?? ""),
            Table.Cell(end),
        ])
    }
    environment.console.write(table.rendered(for: environment.console.terminal))
    return .done
}

private func revokeKey(_ arguments: Arguments, _ environment: Environment) async throws -> ExitCode {
    guard let id = arguments.operand("ID").flatMap(Int64.init) else {
        throw arguments.usageError("The key's number is a whole number; `marquee api-key list` shows it.")
    }
    _ = try await Session.run(environment) { try await $0.client.call("DELETE", "/api/auth/keys/\(id)") }
    environment.console.say("Key \(id) no longer opens anything.")
    return .done
}
