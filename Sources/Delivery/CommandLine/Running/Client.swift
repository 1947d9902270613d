import FoundationEssentials
import HTTPClient
import Settings

/// Speaks to a running Marquee the way any other program does.
struct Client: Sendable {
    let base: BaseURL
    private let token: String?
    private let transport = CurlTransport(perHost: 2, userAgent: "marquee/\(Application.version)")

    init(base: BaseURL, token: String?) {
        self.base = base
        self.token = token
    }

    /// An answer with its body understood as JSON.
    struct Answer: Sendable {
        var status: Int
        var text: String
        var json: JSONValue
    }

    /// - Throws: `ServerUnreachable`, or `Refused` for every status from 400 on.
    func call(
        _ method: String, _ path: String, query: [(String, String)] = [], body: String? = nil,
        headers: [(String, String)] = [], timeout: Duration = .seconds(30)
    ) async throws -> Answer {
        let parts = path.split(separator: "/").map(String.init)
        var all = headers + [("Accept", "application/json")]
        if let token { all.append(("Authorization", "Bearer \(token)")) }
        if body != nil { all.append(("Content-Type", "application/json")) }
        let request = HTTPRequest(
            method, base.appending(parts, query: query), headers: all, body: body.map { Array($0.utf8) },
            timeout: timeout, maxBody: 64 << 20, service: "marquee")
        let response: HTTPResponse
        do {
            response = try await transport.send(request)
        } catch {
            throw ServerUnreachable(url: base.text, cause: error)
        }
        let text = String(decoding: response.body, as: UTF8.self)
        let json = (try? JSONDecoder().decode(JSONValue.self, from: Data(response.body))) ?? .null
        let answer = Answer(status: response.status, text: text, json: json)
        if response.status >= 400 { throw Refused(answer) }
        return answer
    }
}

/// The server refused, with a problem that says why.
struct Refused: Error, CustomStringConvertible {
    let status: Int
    let code: String
    let detail: String

    init(_ answer: Client.Answer) {
        status = answer.status
        code = (answer.json["type"].text ?? "").split(separator: "/").last.map(String.init) ?? ""
        detail = answer.json["detail"].text ?? "The server answered \(answer.status)."
    }

    var description: String { detail }

    /// What the refusal means to the shell.
    var exitCode: ExitCode {
        switch code {
        case "upstream_unreachable", "listing_incomplete": .upstreamUnreachable
        case "not_configured", "unauthenticated": .configuration
        case "invalid": .usage
        case "interrupted": .interrupted
        default: .someFailed
        }
    }
}

/// No Marquee answers where one was expected.
struct ServerUnreachable: Error, CustomStringConvertible {
    let url: String
    let cause: UpstreamError

    var description: String { "No Marquee answers at \(url) (\(cause.reason))." }
}
