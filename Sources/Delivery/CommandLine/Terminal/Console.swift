import Glibc
import Synchronization

/// Where the command line writes: results to one output, messages and progress to the other.
///
/// Progress is one line that is drawn over itself, on a terminal only; anything else written clears it first.
public final class Console: Sendable {
    /// What the result output can show.
    public let terminal: Terminal
    private let messageTerminal: Terminal
    private let writeResult: @Sendable (String) -> Void
    private let writeMessage: @Sendable (String) -> Void
    private let progress = Mutex("")

    public init(
        terminal: Terminal, messageTerminal: Terminal, writeResult: @escaping @Sendable (String) -> Void,
        writeMessage: @escaping @Sendable (String) -> Void
    ) {
        self.terminal = terminal
        self.messageTerminal = messageTerminal
        self.writeResult = writeResult
        self.writeMessage = writeMessage
    }

    /// Standard output and standard error of this process.
    public static func standard(environment: [String: String]) -> Console {
        Console(
            terminal: .attached(to: STDOUT_FILENO, environment: environment),
            messageTerminal: .attached(to: STDERR_FILENO, environment: environment),
            writeResult: { writeAll($0, to: STDOUT_FILENO) }, writeMessage: { writeAll($0, to: STDERR_FILENO) })
    }

    /// Writes a result; it must bring its own newline.
    public func write(_ text: String) {
        clearProgress()
        writeResult(text)
    }

    /// Writes one line for the person: a warning, an error, a hint.
    public func say(_ line: String, _ style: TextStyle? = nil) {
        clearProgress()
        writeMessage(messageTerminal.styled(line, style) + "\n")
    }

    /// Draws the progress line anew, cut to the terminal's width; nothing off a terminal.
    public func showProgress(_ line: String) {
        guard messageTerminal.isInteractive else { return }
        let shown = terminalPrefix(of: terminalSafe(line), width: (messageTerminal.columns ?? 80) - 1)
        let isNew = progress.withLock { last in
            defer { last = shown }
            return last != shown
        }
        if isNew { writeMessage("\r" + shown + "\u{1B}[K") }
    }

    /// Ends the progress line, leaving what it last said.
    public func endProgress() {
        let wasShown = progress.withLock { last in
            defer { last = "" }
            return !last.isEmpty
        }
        if wasShown { writeMessage("\n") }
    }

    private func clearProgress() {
        let wasShown = progress.withLock { last in
            defer { last = "" }
            return !last.isEmpty
        }
        if wasShown { writeMessage("\r\u{1B}[K") }
    }
}

/// Writes every byte, also when the system takes them in parts; a reader that went away ends it quietly.
private func writeAll(_ text: String, to descriptor: Int32) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
        let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return }
        rest = rest.dropFirst(count)
    }
}
