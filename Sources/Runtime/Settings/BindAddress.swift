import HTTPClient

/// The address and port the server listens on.
public struct BindAddress: Sendable, Hashable, CustomStringConvertible {
    /// An IP address without brackets, or `localhost`.
    public let host: String
    /// 0 asks the system for a free port.
    public let port: Int

    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Reads `127.0.0.1:8100`, `[::1]:8100` or `localhost:8100`.
    public init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let digits = text[text.index(after: colon)...]
        let isNumber = digits.allSatisfy { $0.isASCII && $0.isNumber }
        guard isNumber, let port = Int(digits), port <= 65_535 else { return nil }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
            guard host.contains(":") else { return nil }
        } else if host.contains(":") {
            return nil
        }
        guard host == "localhost" || IPAddress(host) != nil else { return nil }
        self.init(host: host, port: port)
    }

    /// Whether only this machine can reach it.
    public var isLoopback: Bool {
        guard host != "localhost", let bytes = IPAddress(host)?.bytes else { return host == "localhost" }
        return bytes.count == 4 ? bytes[0] == 127 : bytes == Array(repeating: 0, count: 15) + [1]
    }

    /// The text it was read from.
    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
