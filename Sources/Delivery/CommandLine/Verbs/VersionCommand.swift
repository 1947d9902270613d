/// `marquee version`.
func versionCommand(_ environment: Environment) -> Command {
    Command("version", "say which Marquee this is", example: "marquee version --json", options: [.json]) { arguments in
        let version = Application.version
        environment.console.write(arguments.wantsJSON ? "{\"version\":\"\(version)\"}\n" : "marquee \(version)\n")
        return .done
    }
}
