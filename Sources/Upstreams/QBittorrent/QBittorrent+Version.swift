public import HTTPClient
public import Media

/// Who a qBittorrent says it is.
public struct QBittorrentVersion: Sendable, Hashable {
    /// Such as `v5.1.4`.
    public var version: String
    /// Such as `2.11.4`.
    public var webAPI: String
    /// The server's clock when it answered, to the second.
    public var clock: Timestamp?
}

extension QBittorrent {
    /// Asks who the program is; needs good credentials, and tries them even after they were refused.
    ///
    /// - Throws: `UpstreamError`; `.refusedAuth` for wrong credentials, `.html` for a proxy's page.
    public func version() async throws(UpstreamError) -> QBittorrentVersion {
        await enter()
        defer { leave() }
        let (version, headers) = try await word(request("GET", "app", "version"))
        let (webAPI, _) = try await word(request("GET", "app", "webapiVersion"))
        return QBittorrentVersion(
            version: version, webAPI: webAPI,
            clock: headers.dateMillis.map { Timestamp(milliseconds: $0) })
    }

    /// A short text with a number in it: all else is another program's.
    private func word(_ call: HTTPRequest) async throws(UpstreamError) -> (String, HTTPHeaders) {
        let answer = try await open(call, mayLogIn: true)
        var body: [UInt8] = []
        while body.count <= 64, let bytes = try await answer.next() { body += bytes }
        if HTTPResponse.opensTag(body) {
            throw call.failure(.html, cause: "a web page came instead; check the URL")
        }
        let text = String(decoding: body.filter { $0 > UInt8(ascii: " ") }, as: UTF8.self)
        guard body.count <= 64, text.contains(where: \.isNumber), text.contains(".") else {
            throw call.failure(.undecodable(field: "version"), cause: "this is not qBittorrent")
        }
        return (text, answer.headers)
    }
}
