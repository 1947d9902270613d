import HTTPClient
import Observability

extension Configuration {
    /// Reads the configuration, leaving out what is stored and cannot be used.
    ///
    /// What somebody said on the Settings page held then; a variable set or taken away since must not keep Marquee from
    /// starting, or nobody could mend it there. Each setting left out is a warning.
    /// - Throws: the problems of the file and the environment.
    public static func loadLeniently(
        environment: [String: String], stored: [String: String], surroundings: Surroundings? = nil,
        readFile: @escaping (String) throws -> [UInt8] = readSmallFile
    ) throws(ConfigurationError) -> Configuration {
        var kept = stored
        var warnings: [String] = []
        while true {
            do {
                var configuration = try load(
                    environment: environment, stored: kept, surroundings: surroundings, readFile: readFile)
                configuration.warnings += warnings
                return configuration
            } catch {
                let concerned = error.problems.map { ($0, names(behind: $0, among: kept.keys.sorted())) }
                guard concerned.contains(where: { !$0.1.isEmpty }) else { throw error }
                for (problem, names) in concerned where !names.isEmpty {
                    for name in names { kept[name] = nil }
                    warnings.append(
                        "What the Settings page says of \(names.joined(separator: ", ")) is not used: \(problem)")
                }
            }
        }
    }

    /// The stored names that a problem is about: its own, or those of the same service instance.
    static func names(behind problem: ConfigurationError.Problem, among stored: [String]) -> [String] {
        if let source = problem.source, source != .database { return [] }
        if stored.contains(problem.key) { return [problem.key] }
        guard let end = ["_URL", "_API_KEY", "_USERNAME", "_PASSWORD"].first(where: problem.key.hasSuffix) else {
            return []
        }
        let start = problem.key.dropLast(end.count) + "_"
        return stored.filter { $0.hasPrefix(start) && !$0.dropFirst(start.count).hasPrefix("_") }
    }
}
