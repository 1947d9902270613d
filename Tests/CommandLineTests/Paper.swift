import CommandLine
import Synchronization

/// Collects what a console writes, both outputs in one order; results stand in angle brackets.
final class Paper: Sendable {
    private let text = Mutex("")

    func console(_ terminal: Terminal) -> Console {
        Console(
            terminal: terminal, messageTerminal: terminal, writeResult: { self.add("<\($0)>") },
            writeMessage: { self.add($0) })
    }

    var written: String { text.withLock { $0 } }

    private func add(_ more: String) { text.withLock { $0 += more } }
}
