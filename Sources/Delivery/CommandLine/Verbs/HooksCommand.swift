/// `marquee hooks [list|secret]`.
func hooksCommand(_ environment: Environment) -> Command {
    let sender = CommandOperand("SERVICE", "the service, as radarr, or with its instance, as radarr/4k")
    return Command(
        "hooks", "how services tell Marquee what happens", example: "marquee hooks secret radarr", options: [.json],
        subcommands: [
            Command(
                "list", "where each service sends its webhooks, and when it was last heard",
                example: "marquee hooks list", options: [.json]
            ) { try await listHooks($0, environment) },
            Command(
                "secret", "make a service's secret, shown this once; the old one is valid until the new one is heard",
                example: "marquee hooks secret radarr", operands: [sender], options: [.json]
            ) { try await makeHookSecret($0, environment) },
        ]
    ) { try await listHooks($0, environment) }
}

private func listHooks(_ arguments: Arguments, _ environment: Environment) async throws -> ExitCode {
    let answer = try await Session.run(environment) { try await $0.client.call("GET", "/hooks") }
    if arguments.wantsJSON {
        environment.console.write(answer.text + "\n")
        return .done
    }
    var table = Table([
        .init("SERVICE"), .init("INSTANCE"), .init("URL", flexible: true), .init("HEADER"), .init("SECRET MADE"),
        .init("LAST HEARD"),
    ])
    for hook in answer.json["hooks"].array {
        table.append([
            Table.Cell(hook["service"].text ?? ""), Table.Cell(hook["instance"].text ?? ""),
            Table.Cell(hook["url"].text ?? ""), Table.Cell(hook["header"]["name"].text ?? ""),
            Table.Cell(hook["secret_made_at"].text ?? ""), Table.Cell(hook["last_heard"].text ?? ""),
        ])
    }
    environment.console.write(table.rendered(for: environment.console.terminal))
    return .done
}

private func makeHookSecret(_ arguments: Arguments, _ environment: Environment) async throws -> ExitCode {
    let named = arguments.operand("SERVICE") ?? ""
    let parts = named.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }) else {
        throw arguments.usageError("\(named) is no service; write radarr, or radarr/4k.")
    }
    let instance = parts.count == 2 ? parts[1] : "default"
    let answer = try await Session.run(environment) { session in
        try await session.client.call("POST", "/hooks/\(parts[0])/\(instance)/secret")
    }
    if arguments.wantsJSON {
        environment.console.write(answer.text + "\n")
        return .done
    }
    let header = answer.json["header"]
    environment.console.write("\(header["name"].text ?? ""): \(header["value"].text ?? "")\n")
    environment.console.say("Set this header in \(named), whose webhooks go to /hooks/\(named). It is not shown again.")
    return .done
}
