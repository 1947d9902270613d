/// One request to an upstream service.
///
/// Its description shows method and path only: headers and query may hold keys.
public struct HTTPRequest: Sendable {
    /// Method, in capitals.
    public var method: String
    /// Whole URL with query.
    public var url: String
    /// Headers in order; may hold secrets, so never log them.
    public var headers: [(String, String)]
    /// Body, if there is one; its `Content-Type` is for the caller to set.
    public var body: [UInt8]?
    /// For `send` the whole exchange, for `stream` the time until the response head; waiting for a free connection is not
    /// counted.
    public var timeout: Duration
    /// For `stream`: the longest silence within the body while the consumer keeps up.
    public var stallTimeout: Duration
    /// For `send`: most bytes accepted after decompression.
    public var maxBody: Int
    /// Name of the service for errors, such as `sonarr`.
    public var service: String
    /// Whether `RetryingTransport` may send it again after a failure; false for what is dear, such as a search of all
    /// indexers.
    public var isRetried = true

    /// Makes a request; nothing is checked before it is sent.
    public init(
        _ method: String = "GET", _ url: String, headers: [(String, String)] = [], body: [UInt8]? = nil,
        timeout: Duration = .seconds(10), stallTimeout: Duration = .seconds(30), maxBody: Int = 4 << 20,
        service: String = ""
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.stallTimeout = stallTimeout
        self.maxBody = maxBody
        self.service = service
    }

    /// Method and path without the query, as errors and logs show it.
    public var operation: String { "\(method) \(path)" }

    /// Whether sending it twice does no more than sending it once: GET and HEAD.
    public var isRepeatable: Bool { method == "GET" || method == "HEAD" }

    /// Describes this request's failure.
    public func failure(_ reason: UpstreamError.Reason, cause: String? = nil) -> UpstreamError {
        UpstreamError(service: service, operation: operation, reason: reason, cause: cause)
    }

    private var path: Substring {
        var rest = url[...]
        if let scheme = url.firstRange(of: "://") {
            rest = rest[scheme.upperBound...]
            guard let slash = rest.firstIndex(where: { "/?#".contains($0) }) else { return "/" }
            rest = rest[slash...]
        }
        let path = rest.prefix { $0 != "?" && $0 != "#" }
        return path.isEmpty ? "/" : path
    }
}

extension HTTPRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { operation }
    public var debugDescription: String { operation }
    public var customMirror: Mirror { Mirror(self, children: ["operation": operation]) }
}
