import Glibc

/// Why a server cannot listen.
public struct ServerError: Error, Hashable, CustomStringConvertible {
    /// What is in the way.
    public enum Reason: Sendable, Hashable {
        case notAnAddress
        case inUse
        case notAllowed
        case notLocal
        /// The system's error number.
        case system(Int32)
        case alreadyStopped
    }

    /// Host and port as configured, such as `127.0.0.1:8100` or `[::1]:8100`.
    public let address: String
    /// What is in the way.
    public let reason: Reason

    /// One sentence saying what and what to do.
    public var description: String {
        switch reason {
        case .notAnAddress:
            "Cannot listen on \(address): the host must be a numeric IPv4 or IPv6 address, the port 0 to 65535."
        case .inUse: "Cannot listen on \(address): another program is already listening there."
        case .notAllowed: "Cannot listen on \(address): the system does not allow it; ports below 1024 need privileges."
        case .notLocal: "Cannot listen on \(address): this machine does not have that address."
        case .system(let code): "Cannot listen on \(address): \(unsafe String(cString: strerror(code)))."
        case .alreadyStopped: "Cannot listen on \(address): this server has been stopped; make a new one."
        }
    }

    static func refused(_ address: String, _ code: Int32) -> ServerError {
        switch code {
        case EADDRINUSE: ServerError(address: address, reason: .inUse)
        case EACCES, EPERM: ServerError(address: address, reason: .notAllowed)
        case EADDRNOTAVAIL: ServerError(address: address, reason: .notLocal)
        default: ServerError(address: address, reason: .system(code))
        }
    }
}
