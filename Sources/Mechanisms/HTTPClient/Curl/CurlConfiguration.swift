/// What all transfers of one transport share.
struct CurlConfiguration: Sendable {
    let perHost: Int
    let caFile: String?
    let userAgent: String
    let connectTimeout: Duration
    let rules: OutboundRules
}

extension Duration {
    /// Milliseconds, rounded up, so that a short time is not none.
    package var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        return Int(seconds) * 1000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}
