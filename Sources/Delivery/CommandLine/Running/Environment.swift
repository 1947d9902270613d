import Observability
import Settings

/// What a verb gets from outside: variables, and where to write.
struct Environment: Sendable {
    let variables: [String: String]
    let console: Console

    /// Reads what file and environment say; its warnings are for `serve` and `doctor` to say.
    ///
    /// What is stored comes on top of it once the database is open.
    /// - Throws: `ConfigurationError`.
    func configuration() throws -> Configuration { try Configuration.load(environment: variables, isWhole: false) }

    /// Where log lines go; `quiet` verbs show only what went wrong.
    func sink(_ configuration: Configuration, quiet: Bool = false) -> LogSink {
        let isSet = variables["MARQUEE_LOG_LEVEL"]?.isEmpty == false
        let sink = LogSink(
            level: quiet && !isSet ? .error : configuration.logLevel, format: configuration.logFormat)
        for secret in configuration.secrets { sink.redact(secret) }
        return sink
    }
}
