public import HTTPClient
import JSONStream
public import Media

/// Who a Seerr says it is.
public struct SeerrStatus: Sendable, Hashable {
    public var version: String
    public var commit: String?
    /// The server's clock when it answered, to the second.
    public var clock: Timestamp?
}

extension Seerr {
    /// Asks who the program is; needs a good key.
    ///
    /// The status call itself works without a key, so the smallest listing that needs one is asked besides.
    /// - Throws: `UpstreamError`; `.refusedAuth` for a wrong key, `.html` for a proxy's page.
    public func status() async throws(UpstreamError) -> SeerrStatus {
        let call = request("GET", "status")
        let (value, answer) = try await object(call)
        guard let version = value["version"].word else {
            throw call.failure(.undecodable(field: "version"), cause: "this is not Seerr")
        }
        _ = try await object(request("GET", "media", query: [("take", "1"), ("skip", "0")]))
        return SeerrStatus(
            version: version, commit: value["commitTag"].word,
            clock: answer.headers.dateMillis.map { Timestamp(milliseconds: $0) })
    }
}
