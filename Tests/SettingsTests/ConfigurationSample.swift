import Settings

/// Loads a configuration from values alone: no process environment, no disk.
func load(
    _ environment: [String: String] = [:], file: String? = nil, files: [String: String] = [:],
    surroundings: Surroundings = Surroundings()
) throws(ConfigurationError) -> Configuration {
    var content = files
    var environment = environment
    if let file {
        content["/marquee.json"] = file
        environment["MARQUEE_CONFIG"] = "/marquee.json"
    }
    return try Configuration.load(environment: environment, surroundings: surroundings) { path in
        guard let text = content[path] else { throw FileReadError.missing }
        return Array(text.utf8)
    }
}

/// The problems of a configuration that must not load.
func problems(
    _ environment: [String: String] = [:], file: String? = nil, files: [String: String] = [:],
    surroundings: Surroundings = Surroundings()
) -> [String] {
    do throws(ConfigurationError) {
        _ = try load(environment, file: file, files: files, surroundings: surroundings)
        return []
    } catch {
        return error.problems.map(\.description)
    }
}

extension Configuration {
    /// What doctor would show of one setting.
    func shown(_ name: String) -> String? {
        sources.first { $0.name == name }.map { "\($0.source): \($0.display)" }
    }
}
