/// A command line that was not understood: what is wrong, and where help is.
public struct UsageError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The words of the command as far as they were understood: `marquee sync`.
    public let command: String
    /// What is wrong, without a full stop.
    public let message: String

    public init(command: String, message: String) {
        self.command = command
        self.message = message
    }

    public var description: String {
        "\(command): \(terminalSafe(message)).\nTry: \(command) --help"
    }
}
