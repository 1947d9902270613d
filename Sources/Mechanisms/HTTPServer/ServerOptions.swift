/// How a server listens and what it puts up with.
public struct ServerOptions: Sendable {
    /// What one client may cost; the defaults are those of spec/security.md §7.
    public struct Limits: Sendable {
        /// Bytes of request line and header fields together; more is 431.
        public var headerBytes = 16 << 10
        /// Header fields; more is 431.
        public var headerFields = 100
        /// From the first byte of a connection, or the request line of a later request, to the end of the header.
        public var headerTime = Duration.seconds(10)
        /// From the end of the header to the end of the body.
        public var bodyTime = Duration.seconds(30)
        /// Slower bodies are cut off, measured from a sixth of `bodyTime` on.
        public var bodyBytesPerSecond = 1 << 10
        /// Open connections in all; further ones wait in the kernel's queue.
        public var connections = 2000
        /// Open connections of one address; further ones are closed.
        public var connectionsPerAddress = 1000
        /// How long a connection may be silent between requests, or take nothing of an answer; whole seconds.
        public var idleTime = Duration.seconds(75)
        /// Bytes of a streamed body that may wait for a slow reader before its writer is suspended.
        public var streamBuffer = 64 << 10

        /// The defaults.
        public init() {}
    }

    /// A numeric IPv4 or IPv6 address, or `localhost`.
    public var host: String
    /// 0 lets the system choose.
    public var port: Int
    /// Prefix of every path, such as `/marquee`; empty for none.
    public var basePath: String
    /// Paths that answer without the prefix too, such as `/healthz`.
    public var unprefixed: [String]
    /// Limits per client.
    public var limits = Limits()
    /// Addresses that may open any number of connections: trusted proxies.
    public var isTrustedAddress: @Sendable (String) -> Bool = { _ in false }
    /// Threads that read and write sockets; handlers run on Swift's own.
    public var threads: Int
    /// How long running requests may take to finish after the stop, before they are cut off.
    public var drainTime = Duration.seconds(4)
    /// Bodies shorter than this are not worth compressing.
    public var compressFrom = 1024

    /// Options with the usual limits.
    ///
    /// - Parameters:
    ///   - host: a numeric address, or `localhost` for 127.0.0.1.
    ///   - port: 0 lets the system choose.
    ///   - basePath: with or without slashes at its ends.
    ///   - unprefixed: paths that answer without the base path too.
    public init(host: String = "127.0.0.1", port: Int = 0, basePath: String = "", unprefixed: [String] = []) {
        self.host = host == "localhost" ? "127.0.0.1" : host
        self.port = port
        let parts = basePath.split(separator: "/")
        self.basePath = parts.isEmpty ? "" : "/" + parts.joined(separator: "/")
        self.unprefixed = unprefixed
        threads = max(4, Processors.count)
    }
}
