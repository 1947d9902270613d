public import JSONStream

extension HTTPTransport {
    /// Streams the records of one JSON answer through `records`, without ever holding the answer whole.
    ///
    /// `each` is called for every record, which is valid only during the call.
    /// - Throws: `UpstreamError` for no answer, a status other than 2xx, an HTML page, a body cut short, or malformed
    ///   JSON; else what `each` throws. Records before the fault have been delivered then.
    public func records(
        of request: HTTPRequest, _ records: inout RecordStream, _ each: (borrowing RecordStream) throws -> Void
    ) async throws {
        try await stream(request).records(of: request, &records, each)
    }
}

extension HTTPStream {
    /// Streams the records of this answer, whose head the caller has looked at, through `records`.
    ///
    /// `request`, for errors, is what was asked.
    /// - Throws: what `HTTPTransport.records(of:_:_:)` throws.
    public func records(
        of request: HTTPRequest, _ records: inout RecordStream, _ each: (borrowing RecordStream) throws -> Void
    ) async throws {
        do {
            try check(request)
            while true {
                switch try records.next() {
                case .record: try each(records)
                case .needMore:
                    if let bytes = try await next() { records.feed(bytes) } else { records.finish() }
                case .end: return
                }
            }
        } catch let failure as JSONFailure {
            cancel()
            throw UpstreamError(failure, in: request)
        } catch {
            cancel()
            throw error
        }
    }

    private func check(_ request: HTTPRequest) throws(UpstreamError) {
        guard (200...299).contains(status) else {
            throw UpstreamError(service: request.service, operation: request.operation, reason: .init(status: status))
        }
        if looksLikeHTML {
            throw UpstreamError(
                service: request.service, operation: request.operation, reason: .html,
                cause: "a web page came where JSON was expected; check the URL and its path")
        }
    }
}

extension UpstreamError {
    fileprivate init(_ failure: JSONFailure, in request: HTTPRequest) {
        let reason: Reason
        switch failure {
        case .truncated: reason = .truncated
        default: reason = .undecodable(field: "JSON")
        }
        self.init(service: request.service, operation: request.operation, reason: reason, cause: "\(failure)")
    }
}
