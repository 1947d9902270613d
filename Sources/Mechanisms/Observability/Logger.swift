/// Writes lines for one component.
///
/// A value: copy it, extend it with fields, hand it down. Messages and fields are built only when their level is wanted.
public struct Logger: Sendable {
    /// Where the lines go.
    public let sink: LogSink
    /// Which part of the program speaks.
    public let component: String
    private var fields: LogFields = [:]

    /// Makes a logger for a component, a short lower-case word.
    public init(_ component: String, sink: LogSink) {
        self.component = component
        self.sink = sink
    }

    /// Returns a logger whose lines all carry these fields.
    public func with(_ fields: LogFields) -> Logger {
        var logger = self
        logger.fields = self.fields.merging(fields)
        return logger
    }

    /// Logs the finest detail: wire-level steps.
    public func trace(
        _ event: StaticString, _ message: @autoclosure () -> String, _ fields: @autoclosure () -> LogFields = [:]
    ) {
        log(.trace, event, message, fields)
    }

    /// Logs what helps to find a fault.
    public func debug(
        _ event: StaticString, _ message: @autoclosure () -> String, _ fields: @autoclosure () -> LogFields = [:]
    ) {
        log(.debug, event, message, fields)
    }

    /// Logs a start, an end, a change of stage, a login.
    public func info(
        _ event: StaticString, _ message: @autoclosure () -> String, _ fields: @autoclosure () -> LogFields = [:]
    ) {
        log(.info, event, message, fields)
    }

    /// Logs something degraded that will be tried again.
    public func warn(
        _ event: StaticString, _ message: @autoclosure () -> String, _ fields: @autoclosure () -> LogFields = [:]
    ) {
        log(.warn, event, message, fields)
    }

    /// Logs work that was lost or refused.
    public func error(
        _ event: StaticString, _ message: @autoclosure () -> String, _ fields: @autoclosure () -> LogFields = [:]
    ) {
        log(.error, event, message, fields)
    }

    /// Logs at a level chosen at run time; `event` is the stable snake_case name of what happened.
    public func log(_ level: LogLevel, _ event: StaticString, _ message: () -> String, _ fields: () -> LogFields) {
        guard sink.accepts(level, from: component) else { return }
        sink.write(
            LogEntry(
                level: level, event: "\(event)", component: component, message: message(),
                fields: self.fields.merging(fields())))
    }
}
