import Synchronization

/// The one place log lines pass: level, redaction, format, output.
public final class LogSink: Sendable {
    /// How a line looks.
    public enum Format: String, Sendable, CaseIterable {
        /// One JSON object for each line.
        case json
        /// Time, level, component, event and message, then `name=value`.
        case text
    }

    private struct State {
        var level: LogLevel
        var componentLevels: [String: LogLevel] = [:]
        var redactor = Redactor()
    }

    private let state: Mutex<State>
    private let format: Format
    private let now: @Sendable () -> Int64
    private let output: @Sendable ([UInt8]) -> Void

    /// Makes a sink.
    ///
    /// - Parameters:
    ///   - level: lines below it are dropped, unless their component has a level of its own.
    ///   - format: how a line looks.
    ///   - now: milliseconds since 1970, by default the system's clock.
    ///   - write: takes one whole line with its line feed, perhaps from several threads at once.
    public init(
        level: LogLevel = .info, format: Format = .json, now: (@Sendable () -> Int64)? = nil,
        write: @escaping @Sendable ([UInt8]) -> Void = LogSink.standardError
    ) {
        self.state = Mutex(State(level: level))
        self.format = format
        self.now = now ?? { Timestamp.now() }
        self.output = write
    }

    /// The lowest level written, changeable at run time.
    public var level: LogLevel {
        get { state.withLock { $0.level } }
        set { state.withLock { $0.level = newValue } }
    }

    /// Gives one component a level of its own; nil takes it away.
    public func setLevel(_ level: LogLevel?, for component: String) {
        state.withLock { $0.componentLevels[component] = level }
    }

    /// Hides a secret in every later line; one shorter than four bytes is ignored.
    public func redact(_ secret: String) {
        state.withLock { $0.redactor.add(secret) }
    }

    /// Returns a text as a line would show it: for errors and stored payloads that leave by another way.
    public func redacted(_ text: String) -> String {
        let redactor = state.withLock { $0.redactor }
        return String(decoding: redactor.scrubbed(text), as: UTF8.self)
    }

    /// Returns a JSON document without secrets, as it may be stored; it stays JSON.
    ///
    /// Registered secrets of twelve bytes or more go, and the texts under tell-tale names.
    public func redacted(json: [UInt8]) -> [UInt8] {
        let redactor = state.withLock { $0.redactor }
        return redactor.scrubbed(json: json)
    }

    /// Tells whether a line would be written.
    public func accepts(_ level: LogLevel, from component: String) -> Bool {
        state.withLock { state in level >= (state.componentLevels[component] ?? state.level) }
    }

    func write(_ entry: LogEntry) {
        let redactor = state.withLock { $0.redactor }
        output(entry.line(at: now(), format, redactor))
    }
}
