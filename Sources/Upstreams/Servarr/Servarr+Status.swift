import FoundationEssentials
public import HTTPClient

/// Who a Radarr or Sonarr says it is.
public struct ServarrStatus: Sendable, Decodable {
    public var appName: String?
    public var version: String?
    public var urlBase: String?
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
        guard let status = try? JSONDecoder().decode(ServarrStatus.self, from: Data(answer.body)),
            status.appName?.lowercased() == kind.rawValue
        else { throw call.failure(.undecodable(field: "appName"), cause: "this is not \(kind.rawValue)") }
        return status
    }
}
