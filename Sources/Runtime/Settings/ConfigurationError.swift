/// Why the configuration cannot be used: every problem found, not only the first.
///
/// Safe to print: problems name key, source and rule, never a value.
public struct ConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// One thing to mend.
    public struct Problem: Sendable, Hashable, CustomStringConvertible {
        /// The environment variable, or the path of the configuration file.
        public let key: String
        /// Nil where the problem is that nothing sets the key.
        public let source: SettingSource?
        /// What is wrong and what to do, without the key and without a full stop.
        public let sentence: String

        public var description: String {
            source.map { "\(key) (\($0)): \(sentence)." } ?? "\(key): \(sentence)."
        }
    }

    public let problems: [Problem]

    public var description: String {
        guard problems.count > 1 else { return "Configuration: \(problems.first?.description ?? "unusable.")" }
        return "Configuration: \(problems.count) problems:\n" + problems.map { "  \($0)" }.joined(separator: "\n")
    }
}
