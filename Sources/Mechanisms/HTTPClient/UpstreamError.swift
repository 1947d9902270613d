/// A call to an upstream service that did not give what was asked for.
///
/// Safe to log and to show: it holds no query, header or body, where keys travel.
public struct UpstreamError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What went wrong.
    public enum Reason: Sendable, Hashable {
        /// No connection: refused, no such host, TLS not accepted, or closed before an answer.
        case unreachable
        /// No answer, or no further byte of one, within this time.
        case timedOut(after: Duration)
        /// An answer with a status that is no success.
        case status(Int)
        /// Status 401 or 403: the key is wrong or lacks rights.
        case refusedAuth
        /// A value that should be there and is not, or is of another kind.
        case undecodable(field: String)
        /// An HTML page where data was expected: a proxy's error page or login.
        case html
        /// More bytes than the caller allowed.
        case tooLarge(limit: Int)
        /// The connection ended before the announced end of the body.
        case truncated
        /// A redirect to another scheme, host or port (named without its query), or one too many.
        case redirected(to: String)
        /// An address that must never be called (security.md §9).
        case forbiddenAddress(String)
        /// A request that cannot be sent as built; the text names the part, never its value.
        case invalid(String)
        /// The caller's task was cancelled: never a reason to try again.
        case cancelled

        /// Tells 401 and 403 from other statuses.
        public init(status: Int) { self = status == 401 || status == 403 ? .refusedAuth : .status(status) }
    }

    /// Which service, as the request named it.
    public let service: String
    /// Method and path, such as `GET /Items`; never the query.
    public let operation: String
    /// What went wrong.
    public let reason: Reason
    /// What the layer below said, in words.
    public let cause: String?

    /// Describes a failed call.
    public init(service: String, operation: String, reason: Reason, cause: String? = nil) {
        self.service = service
        self.operation = operation
        self.reason = reason
        self.cause = cause
    }

    /// Whether the same call may succeed later without anyone changing anything.
    public var isTransient: Bool {
        switch reason {
        case .unreachable, .timedOut, .truncated: true
        case .status(let code): code == 429 || (500...599).contains(code)
        case .refusedAuth, .undecodable, .html, .tooLarge, .redirected, .forbiddenAddress, .invalid, .cancelled: false
        }
    }

    public var description: String {
        let place = service.isEmpty ? operation : "\(service): \(operation)"
        guard let cause else { return "\(place): \(reason)" }
        return "\(place): \(reason) (\(cause))"
    }
}

extension UpstreamError.Reason: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unreachable: "unreachable"
        case .timedOut(let limit): "no answer within \(limit)"
        case .status(let code): "answered with status \(code)"
        case .refusedAuth: "refused the credentials"
        case .undecodable(let field): "answered with an unreadable \(field)"
        case .html: "answered with a web page instead of data"
        case .tooLarge(let limit): "answered with more than \(limit) bytes"
        case .truncated: "answer broke off"
        case .redirected(let target): "redirected to \(target)"
        case .forbiddenAddress(let address): "address \(address) may not be called"
        case .invalid(let part): "request cannot be sent: \(part)"
        case .cancelled: "cancelled"
        }
    }
}
