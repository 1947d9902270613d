import Cryptography
import FoundationEssentials
import HTTPClient

/// The opening handshake (RFC 6455 §4): one question, one answer.
struct Upgrade {
    /// Bytes that the head of the answer may have.
    static let headLimit = 64 << 10

    /// The request as it goes on the wire.
    let question: [UInt8]
    private let request: HTTPRequest
    private let url: URLParts
    private let accept: String

    init(_ request: HTTPRequest, _ url: URLParts, userAgent: String, nonce: [UInt8] = randomBytes(16)) {
        self.request = request
        self.url = url
        let key = Data(nonce).base64EncodedString()
        accept = Self.accept(key)
        var lines = [
            "GET \(Self.target(of: url)) HTTP/1.1", "Host: \(url.host)" + (url.isDefaultPort ? "" : ":\(url.port)"),
            "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: \(key)",
        ]
        if !request.headers.contains(where: { $0.0.lowercased() == "user-agent" }) {
            lines.append("User-Agent: \(userAgent)")
        }
        lines += request.headers.map { "\($0.0): \($0.1)" }
        question = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    /// What a server that speaks WebSocket makes of our key.
    static func accept(_ key: String) -> String {
        Data(sha1(Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8))).base64EncodedString()
    }

    /// Path and query.
    private static func target(of url: URLParts) -> String {
        let whole = url.text.prefix { $0 != "#" }
        guard url.hasQuery, let question = whole.firstIndex(of: "?") else { return url.path }
        return url.path + whole[question...]
    }

    /// Judges the answer once its head is whole.
    ///
    /// - Returns: the bytes behind the head, or nil while it is not whole.
    func check(_ answer: [UInt8]) throws(UpstreamError) -> ArraySlice<UInt8>? {
        guard let end = answer.firstRange(of: Array("\r\n\r\n".utf8)) else {
            guard answer.count <= Self.headLimit else { throw request.failure(.tooLarge(limit: Self.headLimit)) }
            return nil
        }
        let lines = String(decoding: answer[..<end.lowerBound], as: UTF8.self).split(
            separator: "\r\n", omittingEmptySubsequences: false)
        let words = lines[0].split(separator: " ")
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else {
            throw request.failure(.undecodable(field: "HTTP head"))
        }
        let headers = HTTPHeaders(lines.dropFirst().compactMap(Self.field))
        guard status == 101 else { throw refusal(status, headers) }
        try checkSwitch(headers)
        return answer[end.upperBound...]
    }

    private func refusal(_ status: Int, _ headers: HTTPHeaders) -> UpstreamError {
        if (300...399).contains(status), let location = headers["Location"] {
            let target = URLParts(location, relativeTo: url.text)
            return request.failure(.redirected(to: target.map { $0.origin + $0.path } ?? "an unreadable address"))
        }
        guard (200...299).contains(status) else { return request.failure(.init(status: status)) }
        return request.failure(
            headers.saysHTML ? .html : .undecodable(field: "WebSocket upgrade"),
            cause: "the server, or a proxy before it, does not speak WebSocket here")
    }

    private func checkSwitch(_ headers: HTTPHeaders) throws(UpstreamError) {
        let connection = headers.all("Connection").flatMap { $0.split(separator: ",") }.map { Self.trimmed($0) }
        guard headers["Upgrade"]?.lowercased() == "websocket",
            connection.contains(where: { $0.lowercased() == "upgrade" }),
            headers.all("Sec-WebSocket-Accept") == [accept]
        else { throw request.failure(.undecodable(field: "WebSocket upgrade")) }
        // We offered neither, so a server that picks one would talk past us.
        guard headers["Sec-WebSocket-Extensions"] == nil, headers["Sec-WebSocket-Protocol"] == nil else {
            throw request.failure(.undecodable(field: "WebSocket extension"))
        }
    }

    private static func field(_ line: Substring) -> (String, String)? {
        guard let colon = line.firstIndex(of: ":") else { return nil }
        return (String(line[..<colon]), trimmed(line[line.index(after: colon)...]))
    }

    private static func trimmed(_ text: Substring) -> String {
        let isBlank = { (character: Character) in character == " " || character == "\t" }
        return String(text.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }
}
