import FoundationEssentials
public import HTTPClient
public import Media

/// Who a server says it is.
public struct JellyfinServer: Sendable, Decodable {
    public var id: String?
    public var name: String?
    public var version: String?
    public var product: String?
    /// The server's clock when it answered, to the second.
    public var time: Timestamp?

    private enum CodingKeys: String, CodingKey {
        case id = "Id"
        case name = "ServerName"
        case version = "Version"
        case product = "ProductName"
    }
}

extension Jellyfin {
    /// Asks who the server is, and whether the key is good.
    ///
    /// The public information needs no key, so a call that does follows it.
    /// - Throws: `UpstreamError`; `.refusedAuth` for a wrong key, `.html` for a proxy's page.
    public func identify() async throws(UpstreamError) -> JellyfinServer {
        let call = request(["System", "Info", "Public"], timeout: .seconds(10))
        let answer = try await transport.send(call)
        try check(answer, of: call)
        guard var server = try? JSONDecoder().decode(JellyfinServer.self, from: Data(answer.body)), server.id != nil
        else {
            throw call.failure(.undecodable(field: "Id"), cause: "this does not look like Jellyfin")
        }
        server.time = answer.headers.dateMillis.map { Timestamp(milliseconds: $0) }
        let keyed = request(["Library", "VirtualFolders"], timeout: .seconds(10))
        let verdict = try await transport.send(keyed)
        if verdict.status == 401 || verdict.status == 403 { throw keyed.failure(.init(status: verdict.status)) }
        return server
    }

    func check(_ answer: HTTPResponse, of call: HTTPRequest) throws(UpstreamError) {
        guard (200...299).contains(answer.status) else { throw call.failure(.init(status: answer.status)) }
        if answer.looksLikeHTML { throw call.failure(.html, cause: "a web page came instead; check the URL") }
    }
}
