import FoundationEssentials
public import HTTPClient
public import Media

/// Who a Radarr or Sonarr says it is.
public struct ServarrStatus: Sendable, Decodable {
    public var appName: String?
    public var version: String?
    public var urlBase: String?
    /// The server's clock when it answered, to the second: what its dates are corrected by.
    public var serverTime: Timestamp?

    private enum CodingKeys: CodingKey {
        case appName, version, urlBase
    }
}

extension Servarr {
    /// Asks who the program is; needs a good key.
    ///
    /// - Throws: `UpstreamError`; `.refusedAuth` for a wrong key, `.html` for a proxy's page.
    public func status() async throws(UpstreamError) -> ServarrStatus {
        let call = request("system", "status", timeout: .seconds(10))
        let answer = try await transport.send(call)
        guard (200...299).contains(answer.status) else { throw call.failure(.init(status: answer.status)) }
        if answer.looksLikeHTML { throw call.failure(.html, cause: "a web page came instead; check the URL") }
        guard var status = try? JSONDecoder().decode(ServarrStatus.self, from: Data(answer.body)),
            status.appName?.lowercased() == kind.rawValue
        else { throw call.failure(.undecodable(field: "appName"), cause: "this is not \(kind.rawValue)") }
        status.serverTime = answer.headers.dateMillis.map { Timestamp(milliseconds: $0) }
        return status
    }
}
