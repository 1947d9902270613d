import Administration
import Database
import Glibc
import HTTPClient
import JSONStream
import Settings
import Store

/// `marquee doctor`: one line per check, with what to do about it.
func doctorCommand(_ environment: Environment) -> Command {
    Command(
        "doctor", "check configuration, data directory, database and services", example: "marquee doctor",
        options: [.json, CommandOption("ready", "only ask the running service whether it is ready")]
    ) { arguments in
        if arguments.flag("ready") { return try await askReadiness(environment) }
        let configuration: Configuration
        do {
            configuration = try await storedToo(environment)
        } catch let error as ConfigurationError {
            environment.console.say("fail  configuration  \(error)", .red)
            return .configuration
        }
        let checks = await Doctor(configuration).examine()
        if arguments.wantsJSON {
            environment.console.write(json(checks) + "\n")
        } else {
            print(checks, on: environment.console)
        }
        if checks.contains(where: { $0.outcome == .fail && !$0.isUpstream }) { return .configuration }
        return checks.contains { $0.outcome == .fail } ? .upstreamUnreachable : .done
    }
}

/// What file, database and environment say together; without a database that can be read, what the others say.
private func storedToo(_ environment: Environment) async throws -> Configuration {
    let start = try environment.configuration()
    guard let records = try? await storedSettings(start), !records.isEmpty else {
        return try Configuration.load(environment: environment.variables)
    }
    let key = try KeyFile.key(at: start.keyFile)
    return try SettingsDesk.configuration(of: records, key: key, environment: environment.variables)
}

/// Read without making a database that is not there; nil where no Marquee has started yet.
private func storedSettings(_ configuration: Configuration) async throws -> [StoredSetting]? {
    let location = try DatabaseLocation(url: configuration.databaseURL.text)
    if case .sqlite(let path) = location, unsafe access(path, F_OK) != 0 { return nil }
    let database = try await Database.open(location)
    let records = try? await database.read { try $0.settings() }
    await database.close()
    return records
}

private func askReadiness(_ environment: Environment) async throws -> ExitCode {
    let configuration = try environment.configuration()
    guard let holder = InstanceLock.holder(of: configuration.dataDirectory) else {
        environment.console.say("No Marquee runs on \(configuration.dataDirectory).", .red)
        return .someFailed
    }
    let client = Client(base: try .init(holder.url), token: holder.token)
    do {
        _ = try await client.call("GET", "/readyz", timeout: .seconds(5))
    } catch {
        environment.console.say("Not ready: \(error)", .red)
        return .someFailed
    }
    environment.console.write("ready\n")
    return .done
}

private func print(_ checks: [Doctor.Check], on console: Console) {
    var table = Table([.init(""), .init("CHECK"), .init("FINDING", flexible: true)])
    for check in checks {
        let style: TextStyle =
            switch check.outcome {
            case .ok: .green
            case .warn: .yellow
            case .fail: .red
            }
        table.append([Table.Cell(check.outcome.rawValue, style), Table.Cell(check.name), Table.Cell(check.text)])
    }
    console.write(table.rendered(for: console.terminal))
}

private func json(_ checks: [Doctor.Check]) -> String {
    var writer = JSONWriter()
    writer.object { writer in
        writer.array("checks") { writer in
            for check in checks {
                writer.object { writer in
                    writer.field("outcome", check.outcome.rawValue)
                    writer.field("name", check.name)
                    writer.field("sentence", check.sentence)
                    writer.field("fix", check.fix)
                }
            }
        }
    }
    return String(decoding: writer.bytes, as: UTF8.self)
}
